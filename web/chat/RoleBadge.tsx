// What an author is in this room.
import { BadgeCheck, Crown, Gem, Shield } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ChatAuthor } from '../../server/contract/chat.ts'
import styles from './ChatRow.module.css'

const icons = { host: Crown, moderator: Shield, operator: BadgeCheck, admin: BadgeCheck } as const

export function RoleBadge({ role, guard }: Pick<ChatAuthor, 'role' | 'guard'>) {
  const { t } = useTranslation()
  const shown = role === 'visitor' || role === 'viewer' ? (guard ? 'guard' : null) : role
  if (shown === null) return null
  const Icon = shown === 'guard' ? Gem : icons[shown]
  return (
    <span className={`${styles.badge} ${styles[shown]}`} data-testid="role-badge" data-role={shown}>
      <Icon size={11} aria-hidden="true" />
      {t(`chat.${shown}`)}
    </span>
  )
}
