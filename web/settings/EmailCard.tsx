// The private e-mail address: set with the password, confirmed with a mailed code.
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { BadgeCheck, CircleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { accountsApi } from '../accounts/accountsApi.ts'
import { useSubmit } from '../accounts/useSubmit.ts'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/Field.tsx'
import { PasswordField } from '../ui/PasswordField.tsx'
import styles from './EmailCard.module.css'
import { Outcome } from './Outcome.tsx'
import type { AccountSectionProps } from './ProfileSettings.tsx'
import { SettingsCard } from './SettingsCard.tsx'
import cards from './SettingsCard.module.css'

export function EmailCard({ account, onChanged }: AccountSectionProps) {
  const { t } = useTranslation()
  const submit = useSubmit()
  const { email, emailVerified, mail } = account
  const wrongPassword = submit.failure?.code === 'wrong-password'
  const wrongAddress = submit.failure !== null && 'email' in submit.failure.fields

  const save = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const data = new FormData(form, (event.nativeEvent as globalThis.SubmitEvent).submitter)
    const address = data.has('remove') ? '' : String(data.get('email'))
    void submit.run(async () => onChanged(await accountsApi.setEmail({ email: address, password: String(data.get('password')) }))).then((saved) => {
      if (saved) form.reset()
    })
  }
  return (
    <SettingsCard title={t('settings.email.title')} lead={t('settings.email.lead')} testId="email">
      {email === null ? (
        <p className={cards.hint}>{t('settings.email.none')}</p>
      ) : (
        <p className={styles.address}>
          <strong>{email}</strong>
          <span className={emailVerified ? styles.verified : styles.unverified}>
            {emailVerified ? <BadgeCheck size={16} aria-hidden="true" /> : <CircleAlert size={16} aria-hidden="true" />}
            {t(emailVerified ? 'settings.email.verified' : 'settings.email.unverified')}
          </span>
        </p>
      )}
      {mail ? null : <p className={cards.hint}>{t('settings.email.off')}</p>}
      {mail && email !== null && !emailVerified ? <ConfirmEmail email={email} onChanged={onChanged} /> : null}
      <form onSubmit={save} onChange={submit.forget} data-testid="email-form">
        <div className={cards.pair}>
          <TextField label={t('settings.email.address')} name="email" type="email" autoComplete="email" maxLength={254} required={email === null} error={wrongAddress ? t('settings.field.email') : null} />
          <PasswordField label={t('settings.email.confirmWith')} name="password" autoComplete="current-password" error={wrongPassword ? t('settings.field.wrongPassword') : null} />
        </div>
        <div className={cards.row}>
          <Button type="submit" busy={submit.busy}>
            {t('settings.email.save')}
          </Button>
          {email === null ? null : (
            <Button type="submit" name="remove" value="1" kind="quiet" disabled={submit.busy}>
              {t('settings.email.remove')}
            </Button>
          )}
          <Outcome submit={submit} done={t('app.saved')} quiet={wrongPassword || wrongAddress} />
        </div>
      </form>
    </SettingsCard>
  )
}

function ConfirmEmail({ email, onChanged }: { readonly email: string; readonly onChanged: AccountSectionProps['onChanged'] }) {
  const { t } = useTranslation()
  const submit = useSubmit()
  const again = useSubmit()
  // The link in the mail carries the code behind `#`.
  const { hash } = useLocation()
  const [code, setCode] = useState(new URLSearchParams(hash.slice(1)).get('code') ?? '')

  const confirm = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    void submit.run(async () => onChanged(await accountsApi.confirmEmail(code)))
  }
  return (
    <form className={styles.confirm} onSubmit={confirm} onChange={submit.forget} data-testid="confirm-email-form">
      <TextField label={t('settings.email.code')} value={code} onChange={(event) => setCode(event.target.value)} required maxLength={64} autoComplete="one-time-code" autoCapitalize="none" spellCheck={false} hint={t('settings.email.codeLead', { email })} />
      <div className={cards.row}>
        <Button type="submit" kind="primary" busy={submit.busy}>
          {t('settings.email.confirm')}
        </Button>
        <Button kind="quiet" busy={again.busy} onClick={() => void again.run(accountsApi.sendEmailCode)}>
          {t('settings.email.sendAgain')}
        </Button>
        <Outcome submit={submit} done="" />
        <Outcome submit={again} done={t('settings.email.sent')} />
      </div>
    </form>
  )
}
