// Turns Web Push on or off for this browser, and says why it cannot.
import { useEffect, useState } from 'react'
import { BellRing } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { RequestFailed } from '../client/RequestFailed.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button } from '../ui/Button.tsx'
import styles from './NotificationSettings.module.css'
import { pushState, turnPushOff, turnPushOn } from './thisBrowser.ts'
import type { PushState } from './thisBrowser.ts'

export function PushSwitch() {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const [state, setState] = useState<PushState | null>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  useEffect(() => {
    let gone = false
    void pushState().then(
      (now) => !gone && setState(now),
      () => !gone && setState('unsupported'),
    )
    return () => {
      gone = true
    }
  }, [])

  const turn = async () => {
    setBusy(true)
    setProblem(null)
    try {
      setState(await (state === 'on' ? turnPushOff() : turnPushOn()))
    } catch (thrown) {
      setProblem(thrown instanceof RequestFailed ? failureText(thrown) : t('notify.settings.deviceFailed'))
    }
    setBusy(false)
  }

  return (
    <div className={styles.device} data-testid="push-switch" data-state={state ?? 'asking'}>
      <BellRing size={22} aria-hidden="true" />
      <div>
        <strong>{t('notify.settings.device')}</strong>
        <p className={styles.hint}>{t(state === 'unsupported' ? 'notify.settings.deviceUnsupported' : state === 'denied' ? 'notify.settings.deviceDenied' : state === 'on' ? 'notify.settings.deviceIsOn' : 'notify.settings.deviceHint')}</p>
        {problem === null ? null : (
          <p role="alert" className={styles.problem}>
            {problem}
          </p>
        )}
      </div>
      {state === 'on' || state === 'off' ? (
        <Button busy={busy} kind={state === 'on' ? 'plain' : 'primary'} onClick={() => void turn()}>
          {t(state === 'on' ? 'notify.settings.deviceOff' : 'notify.settings.deviceOn')}
        </Button>
      ) : null}
    </div>
  )
}
