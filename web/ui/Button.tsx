// The pages' buttons: one look for each weight, also for links that act like buttons.
import type { ComponentProps, ReactNode } from 'react'
import { Link } from 'react-router'
import styles from './Button.module.css'
import { Spinner } from './Spinner.tsx'

type Kind = 'primary' | 'plain' | 'quiet' | 'danger'
type Look = { readonly kind?: Kind; readonly icon?: ReactNode; readonly wide?: boolean }

const classOf = ({ kind = 'plain', wide = false }: Look) => [styles.button, styles[kind], wide ? styles.wide : ''].join(' ')

export function Button({ kind, icon, wide, busy = false, children, ...rest }: Look & { readonly busy?: boolean } & ComponentProps<'button'>) {
  return (
    <button type="button" aria-busy={busy || undefined} {...rest} disabled={rest.disabled === true || busy} className={classOf({ kind, wide })}>
      {busy ? <Spinner /> : icon}
      <span>{children}</span>
    </button>
  )
}

export function ButtonLink({ kind, icon, wide, children, ...rest }: Look & ComponentProps<typeof Link>) {
  return (
    <Link {...rest} className={classOf({ kind, wide })}>
      {icon}
      <span>{children}</span>
    </Link>
  )
}

export function ButtonAnchor({ kind, icon, wide, children, ...rest }: Look & ComponentProps<'a'>) {
  return (
    <a {...rest} className={classOf({ kind, wide })}>
      {icon}
      <span>{children}</span>
    </a>
  )
}
