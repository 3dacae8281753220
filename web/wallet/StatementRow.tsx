// One line of the statement: what it was, when, how much, and what there was afterwards.
import { useTranslation } from 'react-i18next'
import type { StatementLine, TransferType } from '../../server/contract/wallet.ts'
import { formatAmount } from '../i18n/formatMoney.ts'
import { MoneyText } from '../ui/MoneyText.tsx'
import styles from './Statement.module.css'
import { typeIcons } from './typeIcons.ts'

/** What somebody else spent and the host now has its share of. */
const earned = ['gift', 'guard', 'ticket'] as const
const isEarned = (type: TransferType): type is (typeof earned)[number] => (earned as readonly TransferType[]).includes(type)

export function StatementRow({ line }: { readonly line: StatementLine }) {
  const { t, i18n } = useTranslation()
  const { type, currency, amount, balance, note, at } = line
  const Icon = typeIcons[type]
  const income = !amount.startsWith('-')
  const time = new Intl.DateTimeFormat(i18n.language, { timeStyle: 'short' }).format(new Date(at))
  return (
    <li className={styles.row} data-testid="statement-line" data-type={type} data-amount={amount}>
      <span className={income ? `${styles.sign} ${styles.in}` : styles.sign}>
        <Icon size={18} aria-hidden="true" />
      </span>
      <div className={styles.what}>
        <b>{currency === 'bean' && income && isEarned(type) ? t(`wallet.income.${type}`) : t(`wallet.type.${type}`)}</b>
        <small>
          <time dateTime={at}>{time}</time>
          {note === '' ? null : <span> · {note}</span>}
        </small>
      </div>
      <div className={styles.how}>
        <b>
          <MoneyText amount={amount} currency={currency} signed />
        </b>
        <small>{t('wallet.after', { amount: formatAmount(balance, i18n.language) })}</small>
      </div>
    </li>
  )
}
