// The bell in the header: how many notifications are unread, and the latest of them.
import { Suspense, useEffect, useRef, useState } from 'react'
import { Bell } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import header from '../app/Header.module.css'
import { lazyPart } from '../client/lazyPart.ts'
import styles from './NotificationBell.module.css'
import { useUnread } from './useUnread.ts'

const LatestNotifications = lazyPart(() => import('./LatestNotifications.tsx').then((part) => ({ default: part.LatestNotifications })))
const MOST = 99

export function NotificationBell() {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const { unread, news } = useUnread()
  const [openAt, setOpenAt] = useState<string | null>(null)
  const box = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  // Another page closes it.
  const open = openAt === pathname

  useEffect(() => {
    if (!open) return
    const press = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) setOpenAt(null)
    }
    const key = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      setOpenAt(null)
      button.current?.focus()
    }
    document.addEventListener('pointerdown', press)
    document.addEventListener('keydown', key)
    return () => {
      document.removeEventListener('pointerdown', press)
      document.removeEventListener('keydown', key)
    }
  }, [open])

  return (
    <div ref={box} className={styles.box}>
      <button
        ref={button}
        type="button"
        className={header.item}
        aria-expanded={open}
        aria-haspopup="dialog"
        aria-label={unread > 0 ? t('notify.bellUnread', { count: unread }) : t('notify.bell')}
        title={t('notify.bell')}
        onClick={() => setOpenAt(open ? null : pathname)}
        data-testid="bell"
        data-unread={unread}
      >
        <Bell size={18} aria-hidden="true" />
      </button>
      {unread > 0 ? (
        <span className={styles.badge} aria-hidden="true">
          {unread > MOST ? `${MOST}+` : unread}
        </span>
      ) : null}
      <span className="visually-hidden" role="status">
        {news > 0 && unread > 0 ? t('notify.bellUnread', { count: unread }) : ''}
      </span>
      {open ? (
        <div className={styles.panel} role="dialog" aria-label={t('notify.title')} data-testid="bell-panel">
          <Suspense fallback={null}>
            <LatestNotifications key={news} onLeave={() => setOpenAt(null)} />
          </Suspense>
        </div>
      ) : null}
    </div>
  )
}
