// The queue of reports: open ones to work on, handled ones to look up.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReportView } from '../../server/contract/reports.ts'
import { moderationApi } from '../moderation/moderationApi.ts'
import { PageFoot } from '../moderation/PageFoot.tsx'
import { usePages } from '../moderation/usePages.ts'
import { ReportCard } from './ReportCard.tsx'
import styles from './ReportQueue.module.css'

const states = ['open', 'handled'] as const

export function ReportQueue() {
  const { t } = useTranslation()
  const [state, setState] = useState<(typeof states)[number]>('open')
  const [open, setOpen] = useState<number | null>(null)
  const pages = usePages<ReportView>(state, async (before) => {
    const { reports, next, open: count } = await moderationApi.reports(state, before)
    setOpen(count)
    return { items: reports, next }
  })
  return (
    <div className={styles.queue} data-testid="report-queue">
      <div className={styles.states} role="group" aria-label={t('moderation.reports')}>
        {states.map((key) => (
          <button key={key} type="button" aria-pressed={state === key} onClick={() => setState(key)} data-testid={`reports-${key}`}>
            {t(key === 'open' ? 'moderation.reportsOpen' : 'moderation.reportsHandled')}
            {key === 'open' && open !== null && open > 0 ? <b>{open}</b> : null}
          </button>
        ))}
      </div>
      {pages.items?.map((report) => <ReportCard key={report.id} report={report} onChanged={pages.reload} />)}
      <PageFoot pages={pages} empty={t(state === 'open' ? 'moderation.reportsNone' : 'moderation.reportsNoneHandled')} />
    </div>
  )
}
