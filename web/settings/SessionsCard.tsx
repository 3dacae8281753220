// Where one is logged in, and the end of it.
import { MonitorSmartphone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { SessionView } from '../../server/contract/accounts.ts'
import { accountsApi } from '../accounts/accountsApi.ts'
import { useSubmit } from '../accounts/useSubmit.ts'
import { useResource } from '../client/useResource.ts'
import { formatWhen } from '../i18n/formatWhen.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button } from '../ui/Button.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import styles from './SessionsCard.module.css'
import { SettingsCard } from './SettingsCard.tsx'

const REFRESH_MS = 30_000

export function SessionsCard() {
  const { t, i18n } = useTranslation()
  const failureText = useFailureText()
  const submit = useSubmit()
  const { data: sessions, error, reload } = useResource('sessions', (signal) => accountsApi.sessions(signal), { everyMs: REFRESH_MS })

  const nameOf = ({ browser, system }: SessionView) =>
    browser !== '' && system !== '' ? t('settings.sessions.device', { browser, system }) : browser + system || t('settings.sessions.unknown')
  const end = (action: () => Promise<unknown>) => void submit.run(action).then(reload)
  const failure = submit.failure ?? error
  const listed = sessions?.toSorted((a, b) => Number(b.current) - Number(a.current))
  return (
    <SettingsCard title={t('settings.sessions.title')} lead={t('settings.sessions.lead')} testId="sessions">
      {listed === undefined ? (
        failure === null && <Spinner />
      ) : (
        <ul className={styles.list}>
          {listed.map((session) => (
            <li key={session.id} className={styles.session} data-testid="session" data-current={session.current}>
              <MonitorSmartphone size={22} aria-hidden="true" />
              <div className={styles.words}>
                <p>
                  <strong>{nameOf(session)}</strong>
                  {session.current ? <span className={styles.current}>{t('settings.sessions.current')}</span> : null}
                </p>
                <p className={styles.when}>
                  {t('settings.sessions.opened', { when: formatWhen(session.openedAt, i18n.language) })}
                  {session.current ? null : ` · ${t('settings.sessions.seen', { when: formatWhen(session.seenAt, i18n.language) })}`}
                </p>
              </div>
              {session.current ? null : (
                <Button disabled={submit.busy} aria-label={t('settings.sessions.endThis', { device: nameOf(session) })} onClick={() => end(() => accountsApi.endSession(session.id))}>
                  {t('settings.sessions.end')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {failure === null ? null : (
        <p role="alert" className={styles.failure}>
          {failureText(failure)}
        </p>
      )}
      {listed === undefined ? null : listed.length > 1 ? (
        <div>
          <Button kind="danger" busy={submit.busy} onClick={() => end(accountsApi.endOtherSessions)} data-testid="end-others">
            {t('settings.sessions.endOthers')}
          </Button>
        </div>
      ) : (
        <p className={styles.when}>{t('settings.sessions.alone')}</p>
      )}
    </SettingsCard>
  )
}
