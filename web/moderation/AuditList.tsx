// The record of keeping order, newest first, filtered by act and person.
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditView } from '../../server/contract/moderation.ts'
import { formatWhen } from '../i18n/formatWhen.ts'
import { Button } from '../ui/Button.tsx'
import { SelectField, TextField } from '../ui/Field.tsx'
import { moderationApi } from './moderationApi.ts'
import type { AuditFilter, Place } from './moderationApi.ts'
import styles from './ModerationTab.module.css'
import { PageFoot } from './PageFoot.tsx'
import { usePages } from './usePages.ts'

const channelActions = ['mute', 'unmute', 'kick', 'ban', 'lift', 'moderator:add', 'moderator:remove', 'words:set', 'chat:delete'] as const
const platformActions = [...channelActions, 'report:close', 'user:disable', 'user:enable', 'broadcast:stop', 'roles:set'] as const
type Known = (typeof platformActions)[number]
/** i18next takes what stands before a colon for a namespace. */
type Word<A extends string> = A extends `${infer Slice}:${infer Act}` ? `${Slice}-${Act}` : A
const wordOf = (action: Known) => action.replace(':', '-') as Word<Known>
const isKnown = (action: string): action is Known => (platformActions as readonly string[]).includes(action)

export function AuditList({ place }: { readonly place: Place }) {
  const { t } = useTranslation()
  const [filter, setFilter] = useState<AuditFilter>({ action: '', user: '' })
  const pages = usePages<AuditView>(`${place ?? ''} ${filter.action} ${filter.user}`, async (before) => {
    const { entries, next } = await moderationApi.audit(place, filter, before)
    return { items: entries, next }
  })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    setFilter({ action: String(data.get('action')), user: String(data.get('user')).trim().replace(/^@/, '').toLowerCase() })
    pages.reload()
  }
  return (
    <section className={styles.card} data-testid="record">
      <h2>{t('moderation.record')}</h2>
      <p className={styles.lead}>{t('moderation.recordHint')}</p>
      <form className={styles.filter} onSubmit={submit}>
        <SelectField label={t('moderation.filterAction')} name="action">
          <option value="">{t('moderation.everything')}</option>
          {(place === null ? platformActions : channelActions).map((action) => (
            <option key={action} value={action}>
              {t(`moderation.action.${wordOf(action)}`)}
            </option>
          ))}
        </SelectField>
        <TextField label={t('moderation.filterUser')} name="user" autoComplete="off" autoCapitalize="none" maxLength={33} />
        <Button type="submit">{t('moderation.filter')}</Button>
      </form>
      {pages.items === null || pages.items.length === 0 ? null : (
        <ol className={styles.list}>
          {pages.items.map((entry) => (
            <AuditRow key={entry.id} entry={entry} showChannel={place === null} />
          ))}
        </ol>
      )}
      <PageFoot pages={pages} empty={t('moderation.recordNone')} />
    </section>
  )
}

function AuditRow({ entry, showChannel }: { readonly entry: AuditView; readonly showChannel: boolean }) {
  const { t, i18n } = useTranslation()
  const { action, actor, target, reason, detail, at, channel } = entry
  const text = typeof detail['text'] === 'string' ? t('moderation.deletedText', { text: detail['text'] }) : null
  const until = typeof detail['until'] === 'string' ? t('moderation.until', { when: formatWhen(detail['until'], i18n.language) }) : null
  const words = action === 'words:set' ? t('moderation.wordsChange', { added: Number(detail['added']), removed: Number(detail['removed']), words: Number(detail['words']) }) : null
  const facts = [formatWhen(at, i18n.language), showChannel && channel !== null ? t('moderation.inChannel', { channel }) : null, until, words, text, reason || null].filter((fact) => fact !== null)
  return (
    <li data-action={action}>
      <div className={styles.words}>
        <span className={styles.act}>
          <b>{actor?.displayName ?? t('moderation.filterActor')}</b> {isKnown(action) ? t(`moderation.action.${wordOf(action)}`) : action} <b>{target === null ? '' : target.displayName}</b>
        </span>
        <small>{facts.join(' · ')}</small>
      </div>
    </li>
  )
}
