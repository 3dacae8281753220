// Chooses a period: one of the usual ones, or two days.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from '../ui/Field.tsx'
import styles from './Income.module.css'
import { lastDays } from './incomeRange.ts'
import type { IncomeRange , rangeProblem } from './incomeRange.ts'

const usual = [7, 30, 90, 365] as const

type Props = { readonly range: IncomeRange; readonly now: number; readonly problem: ReturnType<typeof rangeProblem>; readonly onChoose: (range: IncomeRange) => void }

export function RangePicker({ range, now, problem, onChoose }: Props) {
  const { t } = useTranslation()
  const [own, setOwn] = useState(false)
  const change = (part: Partial<IncomeRange>) => {
    // A field that was emptied keeps its day.
    if (Object.values(part).every(Boolean)) onChoose({ ...range, ...part })
  }
  const chosen = (days: number) => !own && range.from === lastDays(days, now).from
  return (
    <div className={styles.range}>
      <div className={styles.choices} role="group" aria-label={t('income.range')}>
        {usual.map((days) => (
          <button
            key={days}
            type="button"
            className={styles.choice}
            aria-pressed={chosen(days)}
            onClick={() => {
              setOwn(false)
              onChoose(lastDays(days, now))
            }}
          >
            {t('income.rangeDays', { count: days })}
          </button>
        ))}
        <button type="button" className={styles.choice} aria-pressed={own} onClick={() => setOwn(true)}>
          {t('income.rangeOwn')}
        </button>
      </div>
      {own ? (
        <div className={styles.dates}>
          <TextField label={t('income.from')} type="date" value={range.from} max={range.to} onChange={({ target }) => change({ from: target.value })} />
          <TextField label={t('income.to')} type="date" value={range.to} min={range.from} onChange={({ target }) => change({ to: target.value })} error={problem === null ? null : problem === 'tooLong' ? t('income.tooLong') : t('income.wrongWay')} />
        </div>
      ) : null}
    </div>
  )
}
