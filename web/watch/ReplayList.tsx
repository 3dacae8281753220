// A channel's kept broadcasts, as a small grid of posters.
import { Link } from 'react-router'
import { useTranslation } from 'react-i18next'
import type { ReplayView } from '../../server/contract/http.ts'
import { formatDuration } from '../i18n/formatDuration.ts'
import { formatWhen } from '../i18n/formatWhen.ts'
import { Cover } from '../ui/Cover.tsx'
import styles from './ReplayList.module.css'

/** @param firstLabelled says of the newest one that it is: there is nothing live to see before it. */
export function ReplayList({ replays, firstLabelled }: { readonly replays: readonly ReplayView[]; readonly firstLabelled: boolean }) {
  const { t, i18n } = useTranslation()
  return (
    <section className={styles.section} aria-labelledby="replays-title">
      <h2 id="replays-title">{t('watch.replays')}</h2>
      {replays.length === 0 ? (
        <p className={styles.none}>{t('watch.noReplays')}</p>
      ) : (
        <ul className={styles.grid}>
          {replays.map((replay, at) => (
            <li key={replay.broadcastId}>
              <Link to={`/r/${replay.broadcastId}`} className={styles.card}>
                <Cover url={replay.state === 'recording' ? null : replay.posterUrl}>
                  <span className={styles.length}>{replay.state === 'ready' ? formatDuration(replay.durationMs) : t(`replay.${replay.state}`)}</span>
                  {at === 0 && firstLabelled ? <span className={styles.latest}>{t('chat.lastReplay')}</span> : null}
                </Cover>
                <span className={styles.title}>{replay.title}</span>
                <span className={styles.when}>{formatWhen(replay.startedAt, i18n.language)}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
