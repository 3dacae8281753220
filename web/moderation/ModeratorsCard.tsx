// The channel's moderators: add one by name, remove one.
import { useRef, useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { MAX_MODERATORS } from '../../server/contract/moderation.ts'
import { useResource } from '../client/useResource.ts'
import { formatWhen } from '../i18n/formatWhen.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/Field.tsx'
import { moderationApi } from './moderationApi.ts'
import styles from './ModerationTab.module.css'

export function ModeratorsCard({ channel }: { readonly channel: string }) {
  const { t, i18n } = useTranslation()
  const failureText = useFailureText()
  const moderators = useResource(`moderators of ${channel}`, (signal) => moderationApi.moderators(channel, signal))
  const [busy, setBusy] = useState<string | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const form = useRef<HTMLFormElement>(null)

  const change = (what: string, work: Promise<void>, onDone?: () => void) => {
    setBusy(what)
    setFailure(null)
    work
      .then(() => {
        onDone?.()
        moderators.reload()
      }, setFailure)
      .finally(() => setBusy(null))
  }
  const add = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const user = String(new FormData(event.currentTarget).get('user')).trim().replace(/^@/, '').toLowerCase()
    if (user !== '') change('add', moderationApi.addModerator(channel, { user, reason: '' }), () => form.current?.reset())
  }
  const list = moderators.data

  return (
    <section className={styles.card} data-testid="moderators">
      <h2>{t('moderation.moderators')}</h2>
      {list === null ? null : <p className={styles.lead}>{list.length === 0 ? t('moderation.moderatorsNone') : t('moderation.moderatorsHint', { count: list.length, max: MAX_MODERATORS })}</p>}
      <form ref={form} className={styles.add} onSubmit={add}>
        <TextField label={t('moderation.addModeratorName')} name="user" required maxLength={33} autoComplete="off" autoCapitalize="none" spellCheck={false} error={failure === null ? null : failureText(failure)} />
        <Button type="submit" kind="primary" busy={busy === 'add'} data-testid="moderator-add">
          {t('moderation.add')}
        </Button>
      </form>
      {moderators.error === null ? null : (
        <p role="alert" className={styles.failure}>
          {failureText(moderators.error)}
        </p>
      )}
      {list === null || list.length === 0 ? null : (
        <ul className={styles.list}>
          {list.map(({ person, at }) => (
            <li key={person.id}>
              <Avatar name={person.displayName} url={person.avatarUrl} />
              <div className={styles.words}>
                <b>
                  <Link to={`/u/${person.name}`}>{person.displayName}</Link>
                </b>
                <small>
                  @{person.name} · {t('moderation.since', { when: formatWhen(at, i18n.language) })}
                </small>
              </div>
              <Button busy={busy === person.id} onClick={() => change(person.id, moderationApi.removeModerator(channel, { user: person.name, reason: '' }))} data-testid={`moderator-remove-${person.name}`}>
                {t('moderation.remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
