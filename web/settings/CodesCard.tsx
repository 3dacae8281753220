// Recovery codes: made with the password, shown this once.
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { accountsApi } from '../accounts/accountsApi.ts'
import { useSubmit } from '../accounts/useSubmit.ts'
import { Button, ButtonAnchor } from '../ui/Button.tsx'
import { CopyButton } from '../ui/CopyButton.tsx'
import { PasswordField } from '../ui/PasswordField.tsx'
import styles from './CodesCard.module.css'
import { Outcome } from './Outcome.tsx'
import type { AccountSectionProps } from './ProfileSettings.tsx'
import { SettingsCard } from './SettingsCard.tsx'
import cards from './SettingsCard.module.css'

export function CodesCard({ account, onChanged }: AccountSectionProps) {
  const { t } = useTranslation()
  const submit = useSubmit()
  const [codes, setCodes] = useState<readonly string[]>([])
  const left = account.recoveryCodesLeft
  const wrong = submit.failure?.code === 'wrong-password'

  const make = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const password = String(new FormData(event.currentTarget).get('password'))
    void submit.run(async () => {
      const made = await accountsApi.newRecoveryCodes(password)
      setCodes(made.codes)
      onChanged({ ...account, recoveryCodesLeft: made.codes.length })
    })
  }
  const text = codes.join('\n')
  return (
    <SettingsCard title={t('settings.codes.title')} lead={t('settings.codes.lead')} testId="codes">
      {codes.length > 0 ? (
        <div className={styles.shown}>
          <p>{t('settings.codes.once')}</p>
          <ol className={styles.codes} data-testid="recovery-codes">
            {codes.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ol>
          <div className={cards.row}>
            <CopyButton text={text} />
            <ButtonAnchor icon={<Download aria-hidden="true" />} href={`data:text/plain;charset=utf-8,${encodeURIComponent(`Footlight ${account.person.name}\n\n${text}\n`)}`} download={`footlight-${account.person.name}.txt`}>
              {t('settings.codes.save')}
            </ButtonAnchor>
            <Button kind="primary" onClick={() => setCodes([])}>
              {t('settings.codes.done')}
            </Button>
          </div>
        </div>
      ) : (
        <>
          <p className={cards.hint}>{left === 0 ? t('settings.codes.none') : `${t('settings.codes.left', { count: left })} · ${t('settings.codes.remakeHint')}`}</p>
          <form onSubmit={make} onChange={submit.forget} data-testid="codes-form">
            <div className={cards.pair}>
              <PasswordField label={t('settings.email.confirmWith')} name="password" autoComplete="current-password" error={wrong ? t('settings.field.wrongPassword') : null} />
            </div>
            <div className={cards.row}>
              <Button type="submit" busy={submit.busy}>
                {t(left === 0 ? 'settings.codes.make' : 'settings.codes.remake')}
              </Button>
              <Outcome submit={submit} done="" quiet={wrong} />
            </div>
          </form>
        </>
      )}
    </SettingsCard>
  )
}
