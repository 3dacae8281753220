// The words and the time of a show, asked of its host in the host's own time zone.
import { useState } from 'react'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/Field.tsx'
import { fromLocalInput, nextHour, toLocalInput } from './localTime.ts'
import styles from './Schedule.module.css'

type Props = {
  readonly title?: string
  readonly startsAt?: string
  readonly submit: string
  readonly onSubmit: (show: { title: string; startsAt: string }) => Promise<void>
  readonly onCancel?: () => void
}

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

export function ShowForm({ title = '', startsAt, submit, onSubmit, onCancel }: Props) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const [begin] = useState(() => toLocalInput(startsAt === undefined ? nextHour(new Date(), 24) : new Date(startsAt)))
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const words = new FormData(form)
    const time = fromLocalInput(String(words.get('startsAt') ?? ''))
    if (time === null || Date.parse(time) <= Date.now()) return setProblem(t('schedule.past'))
    setBusy(true)
    setProblem(null)
    try {
      await onSubmit({ title: String(words.get('title') ?? '').trim(), startsAt: time })
      form.reset()
    } catch (thrown) {
      setProblem(failureText(thrown))
    }
    setBusy(false)
  }

  return (
    <form className={styles.form} onSubmit={(event) => void send(event)}>
      <TextField label={t('schedule.showTitle')} name="title" defaultValue={title} required maxLength={100} autoComplete="off" />
      <TextField label={t('schedule.startsAt')} name="startsAt" type="datetime-local" defaultValue={begin} required hint={t('schedule.zone', { zone })} error={problem} />
      <div className={styles.formActions}>
        <Button kind="primary" type="submit" busy={busy} data-testid="announce">
          {submit}
        </Button>
        {onCancel === undefined ? null : (
          <Button kind="quiet" onClick={onCancel}>
            {t('app.cancel')}
          </Button>
        )}
      </div>
    </form>
  )
}
