// `/forgot`: the ways back in for who lost the password.
import type { SubmitEvent } from 'react'
import { KeyRound, Mail } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useResource } from '../client/useResource.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { TextField } from '../ui/Field.tsx'
import styles from './AccountForm.module.css'
import { accountsApi } from './accountsApi.ts'
import { useSubmit } from './useSubmit.ts'

export function ForgotPage() {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const submit = useSubmit()
  const { data: ways } = useResource('recovery-ways', (signal) => accountsApi.recoveryWays(signal))

  const ask = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const who = String(new FormData(event.currentTarget).get('who'))
    void submit.run(() => accountsApi.forgot(who))
  }
  return (
    <div className={styles.page}>
      <title>{`${t('settings.forgot.title')} · Footlight`}</title>
      <h1>{t('settings.forgot.title')}</h1>
      {ways?.mail === true ? <p className={styles.lead}>{t('settings.forgot.lead')}</p> : null}
      {ways?.mail === false ? null : (
        <form className={styles.form} onSubmit={ask} onChange={submit.forget} data-testid="forgot-form">
          <h2 className={styles.way}>
            <Mail size={20} aria-hidden="true" />
            {t('settings.forgot.byMail')}
          </h2>
          <p className={styles.lead}>{t('settings.forgot.byMailLead')}</p>
          <TextField label={t('settings.forgot.who')} name="who" autoComplete="username" autoCapitalize="none" spellCheck={false} required maxLength={254} />
          <Button type="submit" kind="primary" wide busy={submit.busy}>
            {t('settings.forgot.send')}
          </Button>
          {submit.failure === null ? null : (
            <p className={styles.failure} role="alert">
              {failureText(submit.failure)}
            </p>
          )}
          {submit.done ? (
            <p className={styles.good} role="status">
              {t('settings.forgot.sent')}
            </p>
          ) : null}
          <ButtonLink to="/reset" kind="quiet" wide>
            {t('settings.forgot.haveCode')}
          </ButtonLink>
        </form>
      )}
      <section className={styles.form}>
        <h2 className={styles.way}>
          <KeyRound size={20} aria-hidden="true" />
          {t('settings.forgot.byCode')}
        </h2>
        <p className={styles.lead}>{t('settings.forgot.byCodeLead')}</p>
        <ButtonLink to="/reset?with=recovery" wide data-testid="use-recovery-code">
          {t('settings.forgot.useCode')}
        </ButtonLink>
        {ways?.mail === false ? <p className={styles.lead}>{t('settings.forgot.noMail')}</p> : null}
      </section>
      <p className={styles.other}>
        <Link to="/login">{t('settings.forgot.back')}</Link>
      </p>
    </div>
  )
}
