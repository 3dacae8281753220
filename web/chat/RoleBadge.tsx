// What an author is in this room.
import { BadgeCheck, Crown, Gem, Shield } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ChatAuthor } from '../../server/contract/chat.ts'
import styles from './ChatRow.module.css'

const icons = { host: Crown, moderator: Shield, operator: BadgeCheck, admin: BadgeCheck } as const

export function RoleBadge({ role, guard }: Pick<ChatAuthor, 'role' | 'guard'>) {
  const { t } = useTranslation()
  const shown = role === 'visitor' || role === 'viewer' ? null : role
  const Icon = shown === null ? null : icons[shown]
  return (
    <>
      {shown === null || Icon === null ? null : (
        <span className={`${styles.badge} ${styles[shown]}`} data-testid="role-badge" data-role={shown}>
          <Icon size={11} aria-hidden="true" />
          {t(`chat.${shown}`)}
        </span>
      )}
      {guard === null ? null : (
        <span className={`${styles.badge} ${styles.guard}`} title={t(`guard.term.${guard}`)} data-testid="role-badge" data-role="guard" data-term={guard}>
          <Gem size={11} aria-hidden="true" />
          {t('chat.guard')}
        </span>
      )}
    </>
  )
}
