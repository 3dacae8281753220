// A round button over the picture, named for screen readers and by a tooltip.
import type { ComponentProps, ReactNode } from 'react'
import styles from './controls.module.css'

export function ControlButton({ label, shortcut, children, ...rest }: { readonly label: string; readonly shortcut?: string; readonly children: ReactNode } & ComponentProps<'button'>) {
  const hint = shortcut === undefined ? label : `${label} (${shortcut})`
  return (
    <button type="button" aria-label={label} title={hint} aria-keyshortcuts={shortcut} {...rest} className={styles.button}>
      {children}
    </button>
  )
}
