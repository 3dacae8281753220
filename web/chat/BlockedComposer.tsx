// In the composer's place when one cannot write: why, until when, and what helps.
import { Ban, Gem, Heart, Hourglass, LogIn, MessageSquareOff, MicOff, UserPlus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { formatDuration } from '../i18n/formatDuration.ts'
import { formatWhen } from '../i18n/formatWhen.ts'
import { ButtonLink } from '../ui/Button.tsx'
import type { ChatFeed } from './ChatFeed.ts'
import composer from './Composer.module.css'
import styles from './ChatPanel.module.css'
import type { WriteBlock } from './writeBlock.ts'

const icons = { muted: MicOff, off: MessageSquareOff, 'kept-out': Ban, guards: Gem, followers: UserPlus, 'followed-lately': Hourglass } as const

function useBlockText(block: WriteBlock): string {
  const { t, i18n } = useTranslation()
  switch (block.reason) {
    case 'log-in':
      return t('chat.blockLogIn')
    case 'off':
      return t('chat.blockOff')
    case 'kept-out':
      return t('chat.blockKeptOut')
    case 'guards':
      return t('chat.blockGuards')
    case 'followers':
      return t('chat.blockFollowers')
    case 'followed-lately':
      return t('chat.blockFollowedLately', { minutes: block.minutes, left: formatDuration(block.seconds * 1_000) })
    case 'muted':
      return [block.until === null ? t('chat.blockMutedForever') : t('chat.blockMuted', { until: formatWhen(block.until, i18n.language) }), block.why === '' ? '' : t('chat.blockReason', { reason: block.why })].join(' ').trim()
  }
}

export function BlockedComposer({ block, feed }: { readonly block: WriteBlock; readonly feed: ChatFeed }) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const text = useBlockText(block)
  const Icon = block.reason === 'log-in' ? null : icons[block.reason]
  return (
    <div className={styles.blocked} data-testid="chat-blocked" data-reason={block.reason}>
      {Icon === null ? (
        <ButtonLink kind="plain" wide to={`/login?next=${encodeURIComponent(pathname)}`} icon={<LogIn aria-hidden="true" />} data-testid="chat-log-in">
          {text}
        </ButtonLink>
      ) : (
        <p>
          <Icon size={18} aria-hidden="true" />
          {text}
          {block.reason === 'guards' ? (
            <Link to={`/guard/${encodeURIComponent(feed.channel)}`} data-testid="chat-become-guard">
              {t('chat.becomeGuard')}
            </Link>
          ) : null}
        </p>
      )}
      {block.reason === 'kept-out' ? null : (
        <button type="button" className={`${composer.tool} ${composer.heart}`} onClick={() => feed.likes.like()} aria-label={t('chat.like')} title={t('chat.like')} data-testid="chat-like">
          <Heart size={20} aria-hidden="true" />
        </button>
      )}
    </div>
  )
}
