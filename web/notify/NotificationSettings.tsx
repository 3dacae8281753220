// What one wants to hear of, and by which ways: a part of the settings page.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { chosenKinds, noticeWays } from '../../server/contract/notify.ts'
import type { Choice, ChoicesView } from '../../server/contract/notify.ts'
import { useResource } from '../client/useResource.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button } from '../ui/Button.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import styles from './NotificationSettings.module.css'
import { notifyApi } from './notifyApi.ts'
import { PushSwitch } from './PushSwitch.tsx'

function withChoice({ choices, email }: ChoicesView, { kind, way, wanted }: Choice): ChoicesView {
  return { email, choices: { ...choices, [kind]: { ...choices[kind], [way]: wanted } } }
}

export function NotificationSettings() {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const { data, error, reload, replace } = useResource('notification-choices', notifyApi.choices)
  const [problem, setProblem] = useState<string | null>(null)

  const choose = async (choice: Choice) => {
    if (data === null) return
    setProblem(null)
    replace(withChoice(data, choice))
    try {
      replace(await notifyApi.choose(choice))
    } catch (thrown) {
      replace(data)
      setProblem(failureText(thrown))
    }
  }

  return (
    <section className={styles.settings} data-testid="notification-settings">
      <h2>{t('notify.settings.title')}</h2>
      <p className={styles.lead}>{t('notify.settings.lead')}</p>
      <PushSwitch />
      {data === null ? (
        error === null ? <Spinner /> : <MessageBox size="note" tone="bad" title={failureText(error)} actions={<Button onClick={reload}>{t('app.retry')}</Button>} />
      ) : (
        <>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('notify.settings.what')}</th>
                {noticeWays.map((way) => (
                  <th key={way} scope="col">
                    {t(`notify.settings.way.${way}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {chosenKinds.map((kind) => (
                <tr key={kind}>
                  <th scope="row">{t(`notify.settings.kind.${kind}`)}</th>
                  {noticeWays.map((way) => (
                    <td key={way}>
                      <input
                        type="checkbox"
                        checked={data.choices[kind][way]}
                        disabled={way === 'email' && data.email !== 'ready'}
                        aria-label={t('notify.settings.choice', { kind: t(`notify.settings.kind.${kind}`), way: t(`notify.settings.way.${way}`) })}
                        onChange={(event) => void choose({ kind, way, wanted: event.target.checked })}
                        data-testid={`choice-${kind}-${way}`}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          {data.email === 'ready' ? null : <p className={styles.hint}>{t(data.email === 'unavailable' ? 'notify.settings.emailUnavailable' : 'notify.settings.emailNoAddress')}</p>}
        </>
      )}
      {problem === null ? null : (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </section>
  )
}
