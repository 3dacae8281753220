// One report: what is complained of, by whom, the evidence as it was, and what an operator does about it.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ReportAction, ReportView } from '../../server/contract/reports.ts'
import { formatWhen } from '../i18n/formatWhen.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { moderationApi } from '../moderation/moderationApi.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/Field.tsx'
import { EvidenceView } from './EvidenceView.tsx'
import styles from './ReportCard.module.css'

export function ReportCard({ report, onChanged }: { readonly report: ReportView; readonly onChanged: () => void }) {
  const { t, i18n } = useTranslation()
  const failureText = useFailureText()
  const [chosen, setChosen] = useState<readonly ReportAction[]>([])
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState<'dismiss' | 'close' | 'unlock' | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const { accused, handled, reporter } = report

  const run = (what: typeof busy, work: Promise<void>) => {
    setBusy(what)
    setFailure(null)
    work.then(onChanged, setFailure).finally(() => setBusy(null))
  }
  const toggle = (action: ReportAction) => setChosen((old) => (old.includes(action) ? old.filter((other) => other !== action) : [...old, action]))

  return (
    <article className={styles.card} data-testid="report-card" data-type={report.type}>
      <header className={styles.head}>
        <span className={styles.type}>{t(`moderation.about.${report.type}`)}</span>
        <b>{t(`moderation.reasons.${report.reason}`)}</b>
        <time dateTime={report.at}>{formatWhen(report.at, i18n.language)}</time>
      </header>
      {accused === null ? (
        <p className={styles.gone}>{t('moderation.goneUser')}</p>
      ) : (
        <div className={styles.accused}>
          <Avatar name={accused.displayName} url={accused.avatarUrl} size={44} />
          <div>
            <Link to={`/u/${accused.name}`}>{accused.displayName}</Link>
            <small>
              @{accused.name}
              {report.channel === null ? null : (
                <>
                  {' · '}
                  <Link to={`/c/${report.channel}`}>{t('moderation.inChannel', { channel: report.channel })}</Link>
                </>
              )}
            </small>
          </div>
          {accused.disabled ? <span className={styles.locked}>{t('moderation.locked')}</span> : null}
        </div>
      )}
      <EvidenceView evidence={report.evidence} snapshotUrl={report.snapshotUrl} />
      <p className={styles.complaint}>
        {report.text === '' ? null : <q>{report.text}</q>}
        <small>
          {t('moderation.reportedBy', { name: reporter?.displayName ?? t('moderation.goneUser') })}
          {report.others === 0 ? '' : ` ${t('moderation.others', { count: report.others })}`}
        </small>
      </p>
      {failure === null ? null : (
        <p role="alert" className={styles.failure}>
          {failureText(failure)}
        </p>
      )}
      {handled === null ? (
        <footer className={styles.decide}>
          <div className={styles.actions}>
            {report.actions.map((action) => (
              <label key={action} className={styles.action}>
                <input type="checkbox" checked={chosen.includes(action)} onChange={() => toggle(action)} data-testid={`report-${action}`} />
                {t(`moderation.act.${action}`)}
              </label>
            ))}
          </div>
          <TextField label={t('moderation.note')} value={note} maxLength={300} onChange={(event) => setNote(event.target.value)} />
          <div className={styles.buttons}>
            <Button kind="quiet" busy={busy === 'dismiss'} onClick={() => run('dismiss', moderationApi.closeReport(report.id, { actions: [], note }))} data-testid="report-dismiss">
              {t('moderation.dismiss')}
            </Button>
            <Button kind="danger" busy={busy === 'close'} disabled={chosen.length === 0} onClick={() => run('close', moderationApi.closeReport(report.id, { actions: chosen, note }))} data-testid="report-close">
              {t('moderation.closeWith')}
            </Button>
          </div>
        </footer>
      ) : (
        <footer className={styles.outcome}>
          <b>{handled.outcome.length === 0 ? t('moderation.dismissed') : handled.outcome.map((action) => t(`moderation.acted.${action}`)).join(', ')}</b>
          <small>
            {t('moderation.handledBy', { name: handled.by?.displayName ?? t('moderation.goneUser'), when: formatWhen(handled.at, i18n.language) })}
            {handled.note === '' ? '' : ` · ${handled.note}`}
          </small>
          {accused?.disabled === true ? (
            <Button busy={busy === 'unlock'} onClick={() => run('unlock', moderationApi.setDisabled(accused.name, false))}>
              {t('moderation.unlock')}
            </Button>
          ) : null}
        </footer>
      )}
    </article>
  )
}
