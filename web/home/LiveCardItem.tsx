// One channel on air, as a card of the home page.
import { Link } from 'react-router'
import { Eye } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { LiveCard } from '../../server/contract/http.ts'
import { formatCount } from '../i18n/formatCount.ts'
import { formatDuration } from '../i18n/formatDuration.ts'
import { Cover } from '../ui/Cover.tsx'
import { LiveBadge } from '../ui/LiveBadge.tsx'
import styles from './LiveCardItem.module.css'

export function LiveCardItem({ card, now }: { readonly card: LiveCard; readonly now: number }) {
  const { t, i18n } = useTranslation()
  return (
    <Link to={`/c/${card.channel}`} className={styles.card} data-testid="live-card" data-channel={card.channel} aria-label={t('home.watch', { title: card.title, owner: card.owner })}>
      <Cover url={card.coverUrl}>
        <span className={styles.top}>
          <LiveBadge state={card.state} />
        </span>
        <span className={styles.bottom}>
          <span className={styles.pill}>
            <Eye size={14} aria-hidden="true" />
            {t('viewers', { count: card.viewers, shown: formatCount(card.viewers, i18n.language) })}
          </span>
          <span className={styles.pill} title={t('liveFor', { time: formatDuration(now - Date.parse(card.liveAt)) })}>
            {formatDuration(now - Date.parse(card.liveAt))}
          </span>
        </span>
      </Cover>
      <span className={styles.words}>
        <span className={styles.avatar} aria-hidden="true">
          {card.owner.slice(0, 1).toUpperCase()}
        </span>
        <span className={styles.lines}>
          <span className={styles.title}>{card.title}</span>
          <span className={styles.owner}>
            {card.owner} · {t(`category.${card.category}`)}
          </span>
        </span>
      </span>
    </Link>
  )
}

export function LiveCardSkeleton() {
  return (
    <div className={styles.card} aria-hidden="true">
      <span className={`skeleton ${styles.coverWait}`} />
      <span className={styles.words}>
        <span className={`skeleton ${styles.avatar}`} />
        <span className={styles.lines}>
          <span className={`skeleton ${styles.lineWait}`} />
          <span className={`skeleton ${styles.lineWait} ${styles.short}`} />
        </span>
      </span>
    </div>
  )
}
