// In the composer's place when one cannot write: why, and what helps.
import { Ban, Heart, LogIn, MessageSquareOff, MicOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { formatWhen } from '../i18n/formatWhen.ts'
import { ButtonLink } from '../ui/Button.tsx'
import type { ChatFeed } from './ChatFeed.ts'
import composer from './Composer.module.css'
import styles from './ChatPanel.module.css'
import type { WriteBlock } from './writeBlock.ts'

export function BlockedComposer({ block, feed }: { readonly block: WriteBlock; readonly feed: ChatFeed }) {
  const { t, i18n } = useTranslation()
  const { pathname } = useLocation()
  return (
    <div className={styles.blocked} data-testid="chat-blocked" data-reason={block.reason}>
      {block.reason === 'log-in' ? (
        <ButtonLink kind="plain" wide to={`/login?next=${encodeURIComponent(pathname)}`} icon={<LogIn aria-hidden="true" />} data-testid="chat-log-in">
          {t('chat.blockLogIn')}
        </ButtonLink>
      ) : (
        <p>
          {block.reason === 'muted' ? <MicOff size={18} aria-hidden="true" /> : block.reason === 'off' ? <MessageSquareOff size={18} aria-hidden="true" /> : <Ban size={18} aria-hidden="true" />}
          {block.reason === 'muted' ? (block.until === null ? t('chat.blockMutedForever') : t('chat.blockMuted', { until: formatWhen(block.until, i18n.language) })) : block.reason === 'off' ? t('chat.blockOff') : t('chat.blockKeptOut')}
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
