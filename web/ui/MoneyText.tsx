// An amount in any currency with its sign or icon, digits of one width, and its name for screen readers.
import { useTranslation } from 'react-i18next'
import type { Amount, Currency } from '../../server/contract/money.ts'
import { formatIn } from '../i18n/formatMoney.ts'
import { BeanIcon } from './BeanIcon.tsx'
import { CoinIcon } from './CoinIcon.tsx'
import styles from './MoneyText.module.css'

type Props = {
  readonly amount: Amount
  readonly currency: Currency
  /** Shows a plus, and colours what came in and what went out. */
  readonly signed?: boolean
  /** Of the icon, in px. */
  readonly size?: number
}

export function MoneyText({ amount, currency, signed = false, size = 16 }: Props) {
  const { t, i18n } = useTranslation()
  const flow = !signed ? '' : amount.startsWith('-') ? styles.out : amount === '0' ? '' : styles.in
  return (
    <span className={`${styles.money} ${flow}`}>
      {currency === 'coin' ? <CoinIcon size={size} /> : currency === 'bean' ? <BeanIcon size={size} /> : null}
      <span>{formatIn(currency, amount, i18n.language, { signed })}</span>
      {currency === 'coin' ? <span className="visually-hidden"> {t('wallet.coins')}</span> : currency === 'bean' ? <span className="visually-hidden"> {t('wallet.beans')}</span> : null}
    </span>
  )
}
