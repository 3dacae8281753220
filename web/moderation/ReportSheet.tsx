// The form of a report: what is wrong, and what operators should know.
import { useId, useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { reportReasons } from '../../server/contract/reports.ts'
import type { ReportReason } from '../../server/contract/reports.ts'
import { useSession } from '../accounts/SessionProvider.tsx'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { moderationApi } from './moderationApi.ts'
import type { ReportButtonProps } from './ReportButton.tsx'
import styles from './ReportSheet.module.css'
import { Sheet } from './Sheet.tsx'

export function ReportSheet({ about, onClose }: ReportButtonProps & { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const { me } = useSession()
  const id = useId()
  const [reason, setReason] = useState<ReportReason | null>(null)
  const [state, setState] = useState<'writing' | 'sending' | 'sent'>('writing')
  const [failure, setFailure] = useState<unknown>(null)

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (reason === null) return
    setState('sending')
    setFailure(null)
    moderationApi.report({ ...about, reason, text: String(new FormData(event.currentTarget).get('text')) }).then(
      () => setState('sent'),
      (thrown: unknown) => {
        setFailure(thrown)
        setState('writing')
      },
    )
  }

  return (
    <Sheet label={t(`moderation.reportTitle.${about.type}`)} onClose={onClose} testId="report-sheet">
      <h2 className={styles.title}>{t(`moderation.reportTitle.${about.type}`)}</h2>
      {state === 'sent' ? (
        <>
          <p role="status" className={styles.thanks} data-testid="report-thanks">
            {t('moderation.reportThanks')}
          </p>
          <Button onClick={onClose}>{t('moderation.close')}</Button>
        </>
      ) : me?.user == null ? (
        <>
          <p className={styles.lead}>{t('moderation.reportLogIn')}</p>
          <ButtonLink kind="primary" to={`/login?next=${encodeURIComponent(location.pathname)}`}>
            {t('app.logIn')}
          </ButtonLink>
        </>
      ) : (
        <form className={styles.form} onSubmit={submit}>
          <p className={styles.lead}>{t('moderation.reportLead')}</p>
          <fieldset className={styles.reasons}>
            <legend>{t('moderation.reportReason')}</legend>
            {reportReasons.map((key) => (
              <label key={key} className={styles.reason}>
                <input type="radio" name="reason" value={key} required checked={reason === key} onChange={() => setReason(key)} />
                <span>{t(`moderation.reasons.${key}`)}</span>
              </label>
            ))}
          </fieldset>
          <label className={styles.label} htmlFor={id}>
            {t('moderation.reportText')}
          </label>
          <textarea id={id} name="text" className={styles.text} rows={3} maxLength={500} />
          {failure === null ? null : (
            <p role="alert" className={styles.failure}>
              {failureText(failure)}
            </p>
          )}
          <Button type="submit" kind="primary" busy={state === 'sending'} disabled={reason === null} data-testid="report-send">
            {t('moderation.reportSend')}
          </Button>
        </form>
      )}
    </Sheet>
  )
}
