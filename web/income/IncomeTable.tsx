// The rows of a report as a table: on a phone only what matters of each.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { incomeSources } from '../../server/contract/income.ts'
import type { IncomeReport, IncomeRow } from '../../server/contract/income.ts'
import { formatCount } from '../i18n/formatCount.ts'
import { formatAmount } from '../i18n/formatMoney.ts'
import { formatWhen } from '../i18n/formatWhen.ts'
import { Button } from '../ui/Button.tsx'
import { MoneyText } from '../ui/MoneyText.tsx'
import styles from './Income.module.css'
import { useRowName } from './useRowName.ts'

/** Rows at first, so that what stands below is found. */
const FIRST = 8

export function IncomeTable({ report }: { readonly report: IncomeReport }) {
  const { t, i18n } = useTranslation()
  const nameOf = useRowName(report.by)
  const [all, setAll] = useState(false)
  const { by } = report
  // Days on which nothing came in are drawn, not listed.
  const earned = report.rows.filter(({ beans, count }) => beans !== '0' || count > 0)
  const rows = by === 'day' ? earned.toReversed() : earned
  const heads = { day: t('income.day'), show: t('income.show'), gift: t('income.gift'), type: t('income.total') }
  const when = (row: IncomeRow) => (row.at === null ? null : <small>{formatWhen(row.at, i18n.language)}</small>)
  return (
    <>
      <div className={styles.tableFrame}>
        <table className={styles.table} data-testid={`income-table-${by}`}>
          <thead>
            <tr>
              <th scope="col">{heads[by]}</th>
              {by === 'gift'
                ? null
                : incomeSources.map((source) => (
                    <th key={source} scope="col" className={styles.wide}>
                      {t(`income.source.${source}`)}
                    </th>
                  ))}
              <th scope="col">{by === 'gift' ? t('income.pieces') : t('income.times')}</th>
              <th scope="col">{t('income.total')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, all ? rows.length : FIRST).map((row) => (
              <tr key={row.key} data-key={row.key}>
                <th scope="row">
                  {nameOf(row)}
                  {when(row)}
                </th>
                {by === 'gift'
                  ? null
                  : incomeSources.map((source) => (
                      <td key={source} className={styles.wide}>
                        {row[source] === '0' ? <span className={styles.none}>–</span> : formatAmount(row[source], i18n.language)}
                      </td>
                    ))}
                <td>{formatCount(row.count, i18n.language)}</td>
                <td>
                  <MoneyText amount={row.beans} currency="bean" size={14} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > FIRST && !all ? (
        <div className={styles.moreRows}>
          <Button kind="quiet" onClick={() => setAll(true)}>
            {t('income.moreRows', { count: rows.length - FIRST })}
          </Button>
        </div>
      ) : null}
    </>
  )
}
