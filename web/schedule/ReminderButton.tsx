// Sets or takes back a reminder of a show; asks a visitor to log in.
import { useState } from 'react'
import { BellPlus, BellRing } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import type { ShowView } from '../../server/contract/schedule.ts'
import { useSession } from '../accounts/SessionProvider.tsx'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import styles from './Schedule.module.css'
import { scheduleApi } from './scheduleApi.ts'

export function ReminderButton({ show, onChange }: { readonly show: ShowView; readonly onChange: (show: ShowView) => void }) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const { pathname } = useLocation()
  const { me } = useSession()
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const { id, title, remindMe } = show

  if (me === null) return null
  if (me.user === null) {
    return (
      <ButtonLink to={`/login?next=${encodeURIComponent(pathname)}`} icon={<BellPlus aria-hidden="true" />} data-testid="remind">
        {t('schedule.remind')}
      </ButtonLink>
    )
  }
  if (me.channel?.name === show.channel) return null
  const toggle = async () => {
    setBusy(true)
    setProblem(null)
    try {
      onChange(await scheduleApi.remind(id, !remindMe))
    } catch (thrown) {
      setProblem(failureText(thrown))
    }
    setBusy(false)
  }
  return (
    <>
      <Button
        kind={remindMe ? 'plain' : 'primary'}
        icon={remindMe ? <BellRing aria-hidden="true" /> : <BellPlus aria-hidden="true" />}
        busy={busy}
        aria-pressed={remindMe}
        aria-label={t('schedule.remindName', { title })}
        onClick={() => void toggle()}
        data-testid="remind"
        data-reminding={remindMe}
      >
        {t(remindMe ? 'schedule.reminding' : 'schedule.remind')}
      </Button>
      {problem === null ? null : (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </>
  )
}
