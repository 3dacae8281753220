// Who is logged in, and what belongs to them: profile, channel, wallet, settings, the desks of operators, log-out.
import { useEffect, useId, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { Building2, ChevronDown, Flag, Heart, LogOut, Radio, Settings, ShoppingBag, UserRound, Wallet } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { may } from '../../server/contract/permissions.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { useSession } from './SessionProvider.tsx'
import styles from './UserMenu.module.css'

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }

export function UserMenu() {
  const { t } = useTranslation()
  const { me, logOut } = useSession()
  const { key } = useLocation()
  const [openAt, setOpenAt] = useState<string | null>(null)
  const root = useRef<HTMLDivElement>(null)
  const id = useId()
  // Whoever goes to another page leaves the menu behind.
  const open = openAt === key

  useEffect(() => {
    if (!open) return
    root.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus()
    const outside = (event: Event) => {
      if (root.current?.contains(event.target as Node) !== true) setOpenAt(null)
    }
    document.addEventListener('pointerdown', outside)
    document.addEventListener('focusin', outside)
    return () => {
      document.removeEventListener('pointerdown', outside)
      document.removeEventListener('focusin', outside)
    }
  }, [open])

  if (me === null || me.user === null) return null
  const { user, channel } = me

  const keyDown = (event: KeyboardEvent) => {
    if (!open) {
      if (event.key === 'ArrowDown') setOpenAt(key)
      else return
    } else {
      const items = [...(root.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])]
      const step = steps[event.key]
      if (event.key === 'Escape') {
        setOpenAt(null)
        root.current?.querySelector<HTMLElement>('button')?.focus()
      } else if (step !== undefined) items[(items.indexOf(document.activeElement as HTMLElement) + step + items.length) % items.length]?.focus()
      else if (event.key === 'Home') items[0]?.focus()
      else if (event.key === 'End') items.at(-1)?.focus()
      else return
    }
    event.preventDefault()
  }
  const links = [
    { to: `/u/${user.name}`, label: t('settings.menu.profile'), icon: UserRound },
    channel === null ? { to: '/studio', label: t('settings.menu.studio'), icon: Radio } : { to: `/c/${channel.name}`, label: t('settings.menu.channel'), icon: Radio },
    { to: '/wallet', label: t('wallet.title'), icon: Wallet },
    { to: '/shop', label: t('shop.title'), icon: ShoppingBag },
    { to: '/following', label: t('settings.menu.following'), icon: Heart },
    { to: '/settings', label: t('settings.menu.settings'), icon: Settings },
    ...(user.role !== 'user' && may(user.role, 'reports:handle') ? [{ to: '/operator/reports', label: t('settings.menu.reports'), icon: Flag }] : []),
    ...(user.role !== 'user' && may(user.role, 'ledger:read') ? [{ to: '/admin', label: t('admin.title'), icon: Building2 }] : []),
  ]
  return (
    <div className={styles.root} ref={root} onKeyDown={keyDown}>
      <button type="button" className={styles.button} aria-haspopup="menu" aria-expanded={open} aria-controls={id} aria-label={`${t('settings.menu.label')}: ${user.displayName}`} onClick={() => setOpenAt(open ? null : key)} data-testid="user-menu">
        <Avatar name={user.displayName} url={user.avatarUrl} size={30} />
        <span className={styles.name} data-testid="user-name">
          {user.displayName}
        </span>
        <ChevronDown size={16} aria-hidden="true" className={styles.arrow} />
      </button>
      {open ? (
        <div className={styles.menu} role="menu" id={id} aria-label={t('settings.menu.label')}>
          <p className={styles.who} aria-hidden="true">
            <strong>{user.displayName}</strong>
            <span>@{user.name}</span>
          </p>
          {links.map(({ to, label, icon: Icon }) => (
            <Link key={to} to={to} role="menuitem" tabIndex={-1} className={styles.item}>
              <Icon size={18} aria-hidden="true" />
              {label}
            </Link>
          ))}
          <button
            type="button"
            role="menuitem"
            tabIndex={-1}
            className={`${styles.item} ${styles.last}`}
            onClick={() => {
              setOpenAt(null)
              void logOut().catch(() => undefined)
            }}
            data-testid="log-out"
          >
            <LogOut size={18} aria-hidden="true" />
            {t('app.logOut')}
          </button>
        </div>
      ) : null}
    </div>
  )
}
