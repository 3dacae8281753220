// The studio's head line: the broadcast's state, from where it comes, how long, and who watches.
import { Eye, ExternalLink } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { BroadcastView } from '../../server/contract/broadcast.ts'
import { formatCount } from '../i18n/formatCount.ts'
import { formatDuration } from '../i18n/formatDuration.ts'
import { useNow } from '../i18n/useNow.ts'
import { LiveBadge } from '../ui/LiveBadge.tsx'
import styles from './StudioPage.module.css'

type Props = { readonly channel: string; readonly title: string; /** Whether the server has told of the broadcast yet. */ readonly known: boolean; readonly broadcast: BroadcastView | null; readonly viewers: number }

const lines = { starting: 'studio.stateStarting', live: 'studio.stateLive', interrupted: 'studio.stateInterrupted', ended: 'studio.stateEnded' } as const

export function StudioStatus({ channel, title, known, broadcast, viewers }: Props) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const onAir = broadcast !== null && broadcast.state !== 'ended'
  return (
    <div className={styles.status}>
      <div className={styles.statusWords}>
        <h1>{title}</h1>
        {known || broadcast !== null ? (
          <p className={styles.statusLine} role="status" data-testid="studio-state" data-state={broadcast?.state ?? 'offline'}>
            <LiveBadge state={broadcast?.state ?? 'offline'} />
            <span>
              {t(broadcast === null ? 'studio.stateOffline' : lines[broadcast.state])}
              {onAir ? ` · ${t('studio.fromSource', { source: t(`studio.sourceName.${broadcast.source}`) })}` : ''}
            </span>
          </p>
        ) : (
          <p className={`skeleton ${styles.statusWait}`} role="status" aria-label={t('app.loading')} />
        )}
      </div>
      <div className={styles.statusFacts}>
        {onAir ? (
          <>
            <span className={styles.fact} data-testid="viewers" data-viewers={viewers}>
              <Eye size={16} aria-hidden="true" />
              {t('viewers', { count: viewers, shown: formatCount(viewers, i18n.language) })}
            </span>
            {broadcast.liveAt === null ? null : <span className={styles.fact}>{t('liveFor', { time: formatDuration(now - Date.parse(broadcast.liveAt)) })}</span>}
          </>
        ) : null}
        <Link to={`/c/${channel}`} target="_blank" className={styles.watchLink}>
          {t('studio.watchPage')}
          <ExternalLink size={15} aria-hidden="true" />
        </Link>
      </div>
    </div>
  )
}
