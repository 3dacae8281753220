// `/reset`: a new password, with the mailed code (the link carries it behind `#`) or a recovery code.
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router'
import { useResource } from '../client/useResource.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/Field.tsx'
import { PasswordField } from '../ui/PasswordField.tsx'
import styles from './AccountForm.module.css'
import { accountsApi } from './accountsApi.ts'
import { useSession } from './SessionProvider.tsx'
import { useSubmit } from './useSubmit.ts'

export function ResetPage() {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const { entered } = useSession()
  const navigate = useNavigate()
  const { hash } = useLocation()
  const [params] = useSearchParams()
  const submit = useSubmit()
  const mailed = new URLSearchParams(hash.slice(1)).get('code') ?? ''
  const { data: ways } = useResource('recovery-ways', (signal) => accountsApi.recoveryWays(signal))
  // No mail, no mailed code to ask for.
  const mailless = ways?.mail === false && mailed === ''
  const byRecoveryCode = mailless || params.get('with') === 'recovery'
  const { failure } = submit
  const wrongCode = failure?.code === 'code-wrong' ? failureText(failure) : null
  const short = failure !== null && 'password' in failure.fields ? t('field.password') : null

  const reset = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const [code, password] = [String(data.get('code')), String(data.get('password'))]
    void submit.run(async () => {
      await accountsApi.reset(byRecoveryCode ? { name: String(data.get('name')), recoveryCode: code, password } : { code, password })
      await entered()
      await navigate('/settings/account', { replace: true })
    })
  }
  return (
    <div className={styles.page}>
      <title>{`${t('settings.reset.title')} · Footlight`}</title>
      <h1>{t('settings.reset.title')}</h1>
      <p className={styles.lead}>{t('settings.reset.lead')}</p>
      <form key={String(byRecoveryCode)} className={styles.form} onSubmit={reset} onChange={submit.forget} data-testid="reset-form">
        {byRecoveryCode ? <TextField label={t('account.name')} name="name" autoComplete="username" autoCapitalize="none" spellCheck={false} required maxLength={64} /> : null}
        <TextField
          label={t(byRecoveryCode ? 'settings.reset.recovery' : 'settings.reset.mailed')}
          name="code"
          defaultValue={byRecoveryCode ? '' : mailed}
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          required
          maxLength={64}
          hint={t('settings.reset.codeHint')}
          error={wrongCode}
        />
        <PasswordField label={t('settings.password.next')} name="password" autoComplete="new-password" hint={t('account.passwordHint')} error={short} />
        {failure === null || wrongCode !== null || short !== null ? null : (
          <p className={styles.failure} role="alert">
            {failureText(failure)}
          </p>
        )}
        <Button type="submit" kind="primary" wide busy={submit.busy}>
          {t('settings.reset.set')}
        </Button>
      </form>
      {mailless ? null : (
        <p className={styles.other}>
          <Link to={byRecoveryCode ? '/reset' : '/reset?with=recovery'}>{t(byRecoveryCode ? 'settings.reset.otherWayMail' : 'settings.reset.otherWay')}</Link>
        </p>
      )}
      <p className={styles.other}>
        <Link to="/login">{t('settings.forgot.back')}</Link>
      </p>
    </div>
  )
}
