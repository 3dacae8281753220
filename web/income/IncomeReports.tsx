// What was earned in a period: by day, by show, by gift, drawn and as tables, and as files to keep.
import { Suspense, useState } from 'react'
import { Download, Sprout } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { incomeGroupings } from '../../server/contract/income.ts'
import { lazyPart } from '../client/lazyPart.ts'
import { useResource } from '../client/useResource.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button, ButtonAnchor } from '../ui/Button.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import { MoneyText } from '../ui/MoneyText.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import styles from './Income.module.css'
import { IncomeTable } from './IncomeTable.tsx'
import { incomeApi } from './incomeApi.ts'
import { lastDays, rangeProblem } from './incomeRange.ts'
import type { IncomeRange } from './incomeRange.ts'
import { RangePicker } from './RangePicker.tsx'

const IncomeChart = lazyPart(() => import('./IncomeChart.tsx').then((part) => ({ default: part.IncomeChart })))

const views = incomeGroupings.filter((by) => by !== 'type')
type View = (typeof views)[number]

export function IncomeReports({ channel, now }: { readonly channel: string; readonly now: number }) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const [range, setRange] = useState<IncomeRange>(() => lastDays(30, now))
  const [view, setView] = useState<View>('day')
  const problem = rangeProblem(range)
  const wanted = problem === null ? range : lastDays(30, now)
  const { data: report, error, reload } = useResource(`income ${channel} ${wanted.from} ${wanted.to} ${view}`, (signal) => incomeApi.report(channel, wanted, view, signal))
  const labels = { day: t('income.byDay'), show: t('income.byShow'), gift: t('income.byGift') }
  const nothing = report !== null && report.totals.beans === '0' && report.totals.count === 0
  return (
    <section className={styles.panel} aria-labelledby="income-earned">
      <div className={styles.panelHead}>
        <div>
          <h3 id="income-earned">{t('income.earned')}</h3>
          <p className={styles.lead}>{t('income.earnedLead')}</p>
        </div>
        {report === null ? null : (
          <p className={styles.sum} data-testid="income-total" data-amount={report.totals.beans}>
            <MoneyText amount={report.totals.beans} currency="bean" size={22} />
          </p>
        )}
      </div>
      <RangePicker range={range} now={now} problem={problem} onChoose={setRange} />
      <div className={styles.bar}>
        <div className={styles.choices} role="group" aria-label={t('income.earned')}>
          {views.map((by) => (
            <button key={by} type="button" className={styles.choice} aria-pressed={by === view} onClick={() => setView(by)} data-testid={`income-by-${by}`}>
              {labels[by]}
            </button>
          ))}
        </div>
        <ButtonAnchor href={incomeApi.file(channel, wanted, view)} download kind="quiet" icon={<Download size={16} aria-hidden="true" />} aria-label={t('income.fileOf', { what: labels[view] })} data-testid="income-csv">
          {t('income.file')}
        </ButtonAnchor>
      </div>
      {report === null ? (
        error === null ? <div className={styles.chartWait}><Spinner /></div> : <MessageBox size="note" tone="bad" title={failureText(error)} actions={<Button onClick={reload}>{t('app.retry')}</Button>} />
      ) : nothing ? (
        <div className={styles.empty} data-testid="income-none">
          <Sprout size={28} aria-hidden="true" />
          <b>{t('income.none')}</b>
          <p>{t('income.noneBody')}</p>
        </div>
      ) : (
        <>
          {view === 'show' ? null : (
            <Suspense fallback={<div className={styles.chartWait}><Spinner /></div>}>
              <IncomeChart report={report} />
            </Suspense>
          )}
          <IncomeTable key={`${report.by} ${report.from} ${report.to}`} report={report} />
        </>
      )}
    </section>
  )
}
