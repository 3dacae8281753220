// Changes the password, with the old one.
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { accountsApi } from '../accounts/accountsApi.ts'
import { useSubmit } from '../accounts/useSubmit.ts'
import { Button } from '../ui/Button.tsx'
import { PasswordField } from '../ui/PasswordField.tsx'
import { Outcome } from './Outcome.tsx'
import { SettingsCard } from './SettingsCard.tsx'
import styles from './SettingsCard.module.css'

export function PasswordCard({ onChanged }: { readonly onChanged: () => void }) {
  const { t } = useTranslation()
  const submit = useSubmit()
  const wrong = submit.failure?.code === 'wrong-password'
  const short = submit.failure !== null && 'password' in submit.failure.fields

  const change = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const data = new FormData(form)
    void submit.run(() => accountsApi.changePassword({ current: String(data.get('current')), password: String(data.get('password')) })).then((changed) => {
      if (!changed) return
      form.reset()
      onChanged()
    })
  }
  return (
    <SettingsCard title={t('settings.password.title')} lead={t('settings.password.lead')}>
      <form onSubmit={change} onChange={submit.forget} data-testid="password-form">
        <div className={styles.pair}>
          <PasswordField label={t('settings.password.current')} name="current" autoComplete="current-password" error={wrong ? t('settings.field.wrongPassword') : null} />
          <PasswordField label={t('settings.password.next')} name="password" autoComplete="new-password" hint={t('account.passwordHint')} error={short ? t('field.password') : null} />
        </div>
        <div className={styles.row}>
          <Button type="submit" kind="primary" busy={submit.busy}>
            {t('settings.password.change')}
          </Button>
          <Outcome submit={submit} done={t('settings.password.changed')} quiet={wrong || short} />
        </div>
      </form>
    </SettingsCard>
  )
}
