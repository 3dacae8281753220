// The way to private chat in the header, with how much is unread.
import { MessageCircle } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import styles from './PrivateChatLink.module.css'
import { usePrivateCounts } from './usePrivateCounts.ts'

const MOST = 99

export function PrivateChatLink() {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const { unread } = usePrivateCounts()
  const label = unread === 0 ? t('privateChat.link') : t('privateChat.linkUnread', { count: unread })
  return (
    <Link to="/messages" className={styles.link} title={label} aria-label={label} aria-current={pathname.startsWith('/messages') ? 'page' : undefined} data-testid="private-chat-link" data-unread={unread}>
      <MessageCircle size={20} aria-hidden="true" />
      {unread === 0 ? null : (
        <span className={styles.badge} aria-hidden="true">
          {unread > MOST ? `${MOST}+` : unread}
        </span>
      )}
    </Link>
  )
}
