// Name and password, for logging in and signing up: checks with the server, shows its answer at the right field.
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Navigate, useLocation, useNavigate, useSearchParams } from 'react-router'
import { RequestFailed } from '../client/RequestFailed.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/Field.tsx'
import { PasswordField } from '../ui/PasswordField.tsx'
import styles from './AccountForm.module.css'
import { safeNext } from './safeNext.ts'
import { useSession } from './SessionProvider.tsx'

export function AccountForm({ kind }: { readonly kind: 'login' | 'signup' }) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const session = useSession()
  const navigate = useNavigate()
  const { search } = useLocation()
  const [params] = useSearchParams()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<RequestFailed | null>(null)
  const next = safeNext(params.get('next'))
  const signingUp = kind === 'signup'

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const credentials = { name: String(data.get('name')).trim().toLowerCase(), password: String(data.get('password')) }
    setBusy(true)
    setFailure(null)
    try {
      await (signingUp ? session.signUp(credentials) : session.logIn(credentials))
      await navigate(next, { replace: true })
    } catch (thrown) {
      setFailure(RequestFailed.from(thrown))
      setBusy(false)
    }
  }
  if (session.me?.user != null && !busy) return <Navigate to={next} replace />

  const nameError = failure === null ? null : failure.code === 'name-taken' ? failureText(failure) : 'name' in failure.fields ? t('field.name') : null
  const passwordError = failure !== null && 'password' in failure.fields ? t('field.password') : null
  return (
    <div className={styles.page}>
      <title>{`${t(signingUp ? 'account.signUp' : 'account.logIn')} · Footlight`}</title>
      <h1>{t(signingUp ? 'account.signUpTitle' : 'account.logInTitle')}</h1>
      <p className={styles.lead}>{t(signingUp ? 'account.signUpLead' : 'account.logInLead')}</p>
      <form className={styles.form} onSubmit={(event) => void submit(event)} data-testid={`${kind}-form`}>
        <TextField
          label={t('account.name')}
          name="name"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          autoFocus
          maxLength={signingUp ? 32 : 64}
          hint={signingUp ? t('account.nameHint') : undefined}
          error={nameError}
        />
        <PasswordField
          label={t('account.password')}
          name="password"
          autoComplete={signingUp ? 'new-password' : 'current-password'}
          hint={signingUp ? t('account.passwordHint') : undefined}
          error={passwordError}
        />
        {failure === null || nameError !== null || passwordError !== null ? null : (
          <p className={styles.failure} role="alert" data-testid="form-error">
            {failureText(failure)}
          </p>
        )}
        <Button type="submit" kind="primary" wide busy={busy}>
          {signingUp ? t(busy ? 'account.signingUp' : 'account.signUp') : t(busy ? 'account.loggingIn' : 'account.logIn')}
        </Button>
      </form>
      {signingUp ? null : (
        <p className={styles.other}>
          <Link to="/forgot" data-testid="forgot-link">
            {t('settings.forgot.link')}
          </Link>
        </p>
      )}
      <p className={styles.other}>
        {t(signingUp ? 'account.haveAccount' : 'account.noAccount')} <Link to={`${signingUp ? '/login' : '/signup'}${search}`}>{t(signingUp ? 'account.logIn' : 'account.signUp')}</Link>
      </p>
    </div>
  )
}
