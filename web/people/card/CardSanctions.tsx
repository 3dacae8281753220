// What holds for this person here, with the way to end it.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SanctionView } from '../../../server/contract/moderation.ts'
import { useFailureText } from '../../i18n/useFailureText.ts'
import { moderationApi } from '../../moderation/moderationApi.ts'
import { useSanctionText } from '../../moderation/useSanctionText.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './CardSanctions.module.css'

type Props = { readonly channel: string; readonly name: string; readonly sanctions: readonly SanctionView[]; readonly mayLift: boolean; readonly onChanged: () => void }

export function CardSanctions({ channel, name, sanctions, mayLift, onChanged }: Props) {
  const { t } = useTranslation()
  const text = useSanctionText()
  const failureText = useFailureText()
  const [busy, setBusy] = useState<string | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const end = ({ id, kind }: SanctionView) => {
    setBusy(id)
    setFailure(null)
    const ended = kind === 'mute' ? moderationApi.unmute(channel, { user: name, reason: '' }) : moderationApi.lift(channel, { user: name, reason: '' })
    ended.then(onChanged, setFailure).finally(() => setBusy(null))
  }
  return (
    <ul className={styles.list} data-testid="card-sanctions">
      {sanctions.map((sanction) => {
        const { state, length, by } = text(sanction)
        return (
          <li key={sanction.id} className={styles.sanction} data-kind={sanction.kind}>
            <div className={styles.words}>
              <b>
                {state} {length}
              </b>
              <small>{sanction.reason === '' ? by : `${sanction.reason} · ${by}`}</small>
            </div>
            {mayLift ? (
              <Button busy={busy === sanction.id} onClick={() => end(sanction)} data-testid={`card-end-${sanction.kind}`}>
                {t(sanction.kind === 'mute' ? 'moderation.unmute' : 'moderation.lift')}
              </Button>
            ) : null}
          </li>
        )
      })}
      {failure === null ? null : (
        <li role="alert" className={styles.failure}>
          {failureText(failure)}
        </li>
      )}
    </ul>
  )
}
