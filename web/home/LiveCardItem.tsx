// One channel as a card: its picture, who hosts it, and where more of the kind is.
import { Link } from 'react-router'
import { Eye, Ticket } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ChannelCard, Reason } from '../../server/contract/discovery.ts'
import { formatCount } from '../i18n/formatCount.ts'
import { formatDuration } from '../i18n/formatDuration.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Cover } from '../ui/Cover.tsx'
import { LiveBadge } from '../ui/LiveBadge.tsx'
import styles from './LiveCardItem.module.css'

const TAGS_SHOWN = 3

function Why({ reason }: { readonly reason: Reason }) {
  const { t } = useTranslation()
  const text = reason.kind === 'co-follow' ? t('discovery.because', { name: reason.person.displayName }) : t('discovery.popularIn', { category: t(`category.${reason.category}`) })
  return (
    <span className={styles.reason} data-testid="reason">
      {text}
    </span>
  )
}

export function LiveCardItem({ card, now, reason }: { readonly card: ChannelCard; readonly now: number; readonly reason?: Reason }) {
  const { t, i18n } = useTranslation()
  const { live, owner } = card
  return (
    <article className={styles.card} data-testid={live === null ? 'channel-card' : 'live-card'} data-channel={card.channel}>
      <Cover url={card.coverUrl}>
        <span className={styles.top}>
          <LiveBadge state={live?.state ?? 'offline'} />
          {live?.paid === true ? (
            <span className={styles.pill}>
              <Ticket size={14} aria-hidden="true" />
              {t('tickets.mark')}
            </span>
          ) : null}
        </span>
        {live === null ? null : (
          <span className={styles.bottom}>
            <span className={styles.pill} aria-label={t('viewers', { count: live.viewers, shown: formatCount(live.viewers, i18n.language) })}>
              <Eye size={14} aria-hidden="true" />
              {formatCount(live.viewers, i18n.language)}
            </span>
            <span className={styles.pill} title={t('liveFor', { time: formatDuration(now - Date.parse(live.liveAt)) })}>
              {formatDuration(now - Date.parse(live.liveAt))}
            </span>
          </span>
        )}
      </Cover>
      <div className={styles.words}>
        <span className={styles.avatar}>
          <Avatar name={owner.displayName} url={owner.avatarUrl} />
        </span>
        <div className={styles.lines}>
          {/* The link's own box covers the whole card; the small links lie above it. */}
          <Link to={`/c/${card.channel}`} className={styles.title} aria-label={t('home.watch', { title: card.title, owner: owner.displayName })} title={card.title}>
            {card.title}
          </Link>
          <span className={styles.owner}>{owner.displayName}</span>
          {reason === undefined ? null : <Why reason={reason} />}
          <span className={styles.tags}>
            <Link to={`/?category=${card.category}`} className={styles.category}>
              {t(`category.${card.category}`)}
            </Link>
            {card.tags.slice(0, TAGS_SHOWN).map((tag) => (
              <Link key={tag} to={`/?tag=${encodeURIComponent(tag)}`} className={styles.tag}>
                {tag}
              </Link>
            ))}
          </span>
        </div>
      </div>
    </article>
  )
}

export function LiveCardSkeleton() {
  return (
    <div className={styles.card} aria-hidden="true">
      <span className={`skeleton ${styles.coverWait}`} />
      <div className={styles.words}>
        <span className={`skeleton ${styles.avatarWait}`} />
        <span className={styles.lines}>
          <span className={`skeleton ${styles.lineWait}`} />
          <span className={`skeleton ${styles.lineWait} ${styles.short}`} />
        </span>
      </div>
    </div>
  )
}
