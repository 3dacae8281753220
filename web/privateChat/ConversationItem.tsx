// One conversation in the list: who, when, the last words, and how much is unread.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import type { ConversationView } from '../../server/contract/privateChat.ts'
import { Avatar } from '../ui/Avatar.tsx'
import styles from './ConversationList.module.css'
import { formatBrief } from './formatMoment.ts'
import { usePreviewText } from './usePreviewText.ts'

type Props = {
  readonly conversation: ConversationView
  /** Another message than the last one: what a search found. */
  readonly found?: { readonly at: string; readonly seq: number; readonly text: ReactNode }
}

export function ConversationItem({ conversation, found }: Props) {
  const { t, i18n } = useTranslation()
  const preview = usePreviewText()
  const { person, unread, key, last, waiting } = conversation
  const name = person?.displayName ?? t('privateChat.deleted')
  return (
    <NavLink to={`/messages/${key}${found === undefined ? '' : `?at=${found.seq}`}`} className={styles.item} data-testid="conversation" data-key={key} data-unread={unread}>
      <Avatar name={name} url={person?.avatarUrl ?? null} size={44} />
      <span className={styles.words}>
        <span className={styles.line}>
          <span className={person === null ? `${styles.name} ${styles.gone}` : styles.name}>{name}</span>
          <time className={styles.when} dateTime={found?.at ?? conversation.at}>
            {formatBrief(found?.at ?? conversation.at, i18n.language)}
          </time>
        </span>
        <span className={styles.line}>
          <span className={unread > 0 && found === undefined ? `${styles.preview} ${styles.fresh}` : styles.preview}>
            {waiting && found === undefined ? <em>{t('privateChat.waiting')} · </em> : null}
            {found?.text ?? preview(last)}
          </span>
          {unread > 0 && found === undefined ? (
            <span className={styles.badge} aria-label={t('privateChat.unread', { count: unread })}>
              {unread > 99 ? '99+' : unread}
            </span>
          ) : null}
        </span>
      </span>
    </NavLink>
  )
}
