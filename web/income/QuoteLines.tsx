// What a withdrawal gives, step by step: worth, cut, what is paid.
import { useTranslation } from 'react-i18next'
import type { WithdrawalTerms } from '../../server/contract/withdrawal.ts'
import type { WithdrawalQuote } from '../../server/contract/withdrawalQuote.ts'
import { formatMoney } from '../i18n/formatMoney.ts'
import styles from './Income.module.css'

export function QuoteLines({ quote, terms }: { readonly quote: WithdrawalQuote; readonly terms: WithdrawalTerms }) {
  const { t, i18n } = useTranslation()
  const money = (amount: bigint) => formatMoney(String(amount), terms.currency, i18n.language)
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 2 }).format(terms.cutBasisPoints / 10_000)
  return (
    <dl className={styles.quote} aria-live="polite">
      <div>
        <dt>
          {t('income.worth')}
          <small>{t('income.worthHint', { count: terms.beansPerMinorUnit, currency: terms.currency })}</small>
        </dt>
        <dd>{money(quote.gross)}</dd>
      </div>
      <div>
        <dt>
          {t('income.cut')}
          <small>{t('income.cutHint', { percent })}</small>
        </dt>
        <dd>{quote.cut === 0n ? money(0n) : `− ${money(quote.cut)}`}</dd>
      </div>
      <div className={styles.result}>
        <dt>{t('income.youGet')}</dt>
        <dd data-testid="withdraw-money">{money(quote.money)}</dd>
      </div>
    </dl>
  )
}
