// Who is muted or kept out of the channel now, each with the way to end it.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SanctionView } from '../../server/contract/moderation.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { moderationApi } from './moderationApi.ts'
import styles from './ModerationTab.module.css'
import { PageFoot } from './PageFoot.tsx'
import { usePages } from './usePages.ts'
import { useSanctionText } from './useSanctionText.ts'

export function SanctionsCard({ channel }: { readonly channel: string }) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const text = useSanctionText()
  const [busy, setBusy] = useState<string | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const pages = usePages<SanctionView>(`sanctions of ${channel}`, async (before) => {
    const { sanctions, next } = await moderationApi.sanctions(channel, before)
    return { items: sanctions, next }
  })
  const end = ({ id, kind }: SanctionView, user: string) => {
    setBusy(id)
    setFailure(null)
    const ended = kind === 'mute' ? moderationApi.unmute(channel, { user, reason: '' }) : moderationApi.lift(channel, { user, reason: '' })
    ended.then(pages.reload, setFailure).finally(() => setBusy(null))
  }
  return (
    <section className={styles.card} data-testid="sanctions">
      <h2>{t('moderation.sanctions')}</h2>
      {failure === null ? null : (
        <p role="alert" className={styles.failure}>
          {failureText(failure)}
        </p>
      )}
      {pages.items === null || pages.items.length === 0 ? null : (
        <ul className={styles.list}>
          {pages.items.map((sanction) => {
            const { user, reason } = sanction
            const { state, length, by } = text(sanction)
            return (
              <li key={sanction.id} data-kind={sanction.kind}>
                <Avatar name={user?.displayName ?? '?'} url={user?.avatarUrl ?? null} />
                <div className={styles.words}>
                  <b>
                    {user?.displayName ?? t('moderation.goneUser')}{' '}
                    <span className={styles.kind}>
                      {state} {length}
                    </span>
                  </b>
                  <small>{reason === '' ? by : `${reason} · ${by}`}</small>
                </div>
                {user === null ? null : (
                  <Button busy={busy === sanction.id} onClick={() => end(sanction, user.name)} data-testid={`sanction-end-${user.name}`}>
                    {t(sanction.kind === 'mute' ? 'moderation.unmute' : 'moderation.lift')}
                  </Button>
                )}
              </li>
            )
          })}
        </ul>
      )}
      <PageFoot pages={pages} empty={t('moderation.sanctionsNone')} />
    </section>
  )
}
