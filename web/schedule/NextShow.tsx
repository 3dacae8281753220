// The channel's next announced show: a countdown, and a reminder to set.
import { useEffect } from 'react'
import { CalendarClock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ShowView } from '../../server/contract/schedule.ts'
import { useResource } from '../client/useResource.ts'
import { formatDuration } from '../i18n/formatDuration.ts'
import { formatWhen } from '../i18n/formatWhen.ts'
import { useNow } from '../i18n/useNow.ts'
import { ReminderButton } from './ReminderButton.tsx'
import styles from './Schedule.module.css'
import { scheduleApi } from './scheduleApi.ts'

export type NextShowProps = { readonly channel: string; /** A show is announced. */ readonly onFound?: () => void }

const REFRESH_MS = 60_000
const DAY_MS = 86_400_000

function Countdown({ startsAt }: { readonly startsAt: string }) {
  const { t } = useTranslation()
  const left = Date.parse(startsAt) - useNow()
  const days = Math.floor(left / DAY_MS)
  return (
    <span className={styles.countdown} role="timer" data-testid="countdown" data-left={Math.max(0, Math.floor(left / 1000))}>
      {left <= 0 ? t('schedule.soon') : `${days > 0 ? `${t('schedule.inDays', { count: days })} ` : ''}${formatDuration(days > 0 ? left % DAY_MS : left)}`}
    </span>
  )
}

export function NextShow({ channel, onFound }: NextShowProps) {
  const { t, i18n } = useTranslation()
  const { data: shows, replace } = useResource(`shows:${channel}`, (signal) => scheduleApi.shows(channel, signal), { everyMs: REFRESH_MS })
  const [next, ...later] = shows ?? []
  const found = next !== undefined
  useEffect(() => {
    if (found) onFound?.()
  }, [found, onFound])
  if (shows === null || next === undefined) return null
  const changed = (show: ShowView) => replace(shows.map((one) => (one.id === show.id ? show : one)))
  return (
    <section className={styles.next} aria-label={t('schedule.next')} data-testid="next-show">
      <CalendarClock size={28} aria-hidden="true" className={styles.sign} />
      <div className={styles.words}>
        <p className={styles.over}>{t('schedule.next')}</p>
        <h2>{next.title}</h2>
        <p className={styles.when}>
          <time dateTime={next.startsAt}>{formatWhen(next.startsAt, i18n.language)}</time>
          {next.reminders > 0 ? ` · ${t('schedule.reminders', { count: next.reminders })}` : ''}
        </p>
      </div>
      <div className={styles.side}>
        <Countdown startsAt={next.startsAt} />
        <ReminderButton show={next} onChange={changed} />
      </div>
      {later.length === 0 ? null : (
        <details className={styles.later}>
          <summary>{`${t('schedule.later')} (${later.length})`}</summary>
          <ul>
            {later.map((show) => (
              <li key={show.id} className={styles.row}>
                <span className={styles.rowWords}>
                  <strong>{show.title}</strong>
                  <time dateTime={show.startsAt}>{formatWhen(show.startsAt, i18n.language)}</time>
                </span>
                <ReminderButton show={show} onChange={changed} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
