// What a host asks first: how many beans there are, and how it goes lately.
import type { ReactNode } from 'react'
import { CalendarDays, Hourglass, TrendingUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { IncomeRow } from '../../server/contract/income.ts'
import type { Amount } from '../../server/contract/money.ts'
import type { WithdrawalTerms } from '../../server/contract/withdrawal.ts'
import { BeanIcon } from '../ui/BeanIcon.tsx'
import { MoneyText } from '../ui/MoneyText.tsx'
import styles from './Income.module.css'
import { tileSums } from './incomeRange.ts'

function Tile({ label, icon, amount, testId }: { readonly label: string; readonly icon: ReactNode; readonly amount: Amount | null; readonly testId: string }) {
  return (
    <div className={styles.tile} data-testid={testId} data-amount={amount ?? undefined}>
      <dt>
        {icon}
        {label}
      </dt>
      <dd>{amount === null ? <span className={`skeleton ${styles.waiting}`} /> : <MoneyText amount={amount} currency="bean" size={20} />}</dd>
    </div>
  )
}

export function IncomeTiles({ terms, rows, now }: { readonly terms: WithdrawalTerms; readonly rows: readonly IncomeRow[] | null; readonly now: number }) {
  const { t } = useTranslation()
  const sums = rows && tileSums(rows, now)
  return (
    <dl className={styles.tiles}>
      <Tile label={t('income.beansNow')} icon={<BeanIcon size={16} />} amount={terms.beans} testId="income-beans" />
      <Tile label={t('income.beansHeld')} icon={<Hourglass size={16} aria-hidden="true" />} amount={terms.heldBeans} testId="income-held" />
      <Tile label={t('income.thisMonth')} icon={<CalendarDays size={16} aria-hidden="true" />} amount={sums?.month ?? null} testId="income-month" />
      <Tile label={t('income.lastDays')} icon={<TrendingUp size={16} aria-hidden="true" />} amount={sums?.days30 ?? null} testId="income-days30" />
    </dl>
  )
}
