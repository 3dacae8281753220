// Who stands by the host: the first three on a podium, all others below.
import { useState } from 'react'
import { Shield } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { GuardEntry } from '../../server/contract/guard.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { usePages } from '../moderation/usePages.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import { GuardEmblem } from './GuardEmblem.tsx'
import styles from './GuardList.module.css'
import { guardApi } from './guardApi.ts'

const DAY_MS = 86_400_000
/** Only those who guard for a year stand on it. */
const PODIUM = 3

function Entry({ entry: { person, term, since }, size, now }: { readonly entry: GuardEntry; readonly size: number; readonly now: number }) {
  const { t } = useTranslation()
  const days = Math.floor((now - Date.parse(since)) / DAY_MS)
  return (
    <li className={styles.entry} data-term={term} data-testid="guard-entry" data-name={person.name}>
      <Link to={`/u/${person.name}`}>
        <span className={styles.face}>
          <Avatar name={person.displayName} url={person.avatarUrl} size={size} />
          <span className={styles.sign}>
            <GuardEmblem term={term} size={size * 0.5} />
          </span>
        </span>
        <b>{person.displayName}</b>
        <small>{days < 1 ? t('guard.sinceToday') : t('guard.since', { count: days })}</small>
      </Link>
    </li>
  )
}

/** @param turn rises when the list has changed */
export function GuardList({ channel, name, turn }: { readonly channel: string; readonly name: string; readonly turn: number }) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const [now] = useState(() => Date.now())
  const { items, failure, more, loading, reload } = usePages(`guards:${channel}:${turn}`, async (after) => {
    const { guards, next } = await guardApi.list(channel, after)
    return { items: guards, next: next === null ? null : String(next) }
  })
  const top = items?.slice(0, PODIUM).filter(({ term }) => term === 'year') ?? []
  return (
    <section className={styles.list} aria-label={t('guard.list')}>
      <h2>{t('guard.list')}</h2>
      {failure === null ? null : <MessageBox size="note" tone="bad" title={failureText(failure)} actions={<Button onClick={reload}>{t('app.retry')}</Button>} />}
      {items === null ? (
        failure === null ? <div className={`skeleton ${styles.wait}`} /> : null
      ) : items.length === 0 ? (
        <p className={styles.none}>
          <Shield size={32} aria-hidden="true" />
          {t('guard.none', { name })}
        </p>
      ) : (
        <>
          {top.length === 0 ? null : (
            <ol className={styles.podium} data-count={top.length}>
              {top.map((entry) => (
                <Entry key={entry.person.id} entry={entry} size={72} now={now} />
              ))}
            </ol>
          )}
          <ul className={styles.rest}>
            {items.slice(top.length).map((entry) => (
              <Entry key={entry.person.id} entry={entry} size={52} now={now} />
            ))}
          </ul>
          {more === null ? null : (
            <Button busy={loading} onClick={more}>
              {t('guard.more')}
            </Button>
          )}
        </>
      )}
    </section>
  )
}
