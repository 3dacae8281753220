// The packages of one currency as cards to choose from, with a switch where there are several currencies.
import { useTranslation } from 'react-i18next'
import type { RealCurrency } from '../../server/contract/money.ts'
import type { PackageView } from '../../server/contract/recharge.ts'
import { formatAmount, formatMoney } from '../i18n/formatMoney.ts'
import { CoinIcon } from '../ui/CoinIcon.tsx'
import styles from './PackageGrid.module.css'

type Props = {
  readonly packages: readonly PackageView[]
  readonly currencies: readonly RealCurrency[]
  readonly currency: RealCurrency
  readonly onCurrency: (currency: RealCurrency) => void
  readonly chosen: string | null
  readonly onChoose: (id: string) => void
}

export function PackageGrid({ packages, currencies, currency, onCurrency, chosen, onChoose }: Props) {
  const { t, i18n } = useTranslation()
  const { language } = i18n
  const label = (badge: PackageView['badge']) => (language === 'zh-CN' ? badge['zh-CN'] || badge.en : badge.en)
  return (
    <div className={styles.packages}>
      {currencies.length < 2 ? null : (
        <div className={styles.currencies} role="group" aria-label={t('recharge.currency')}>
          {currencies.map((one) => (
            <button key={one} type="button" aria-pressed={one === currency} onClick={() => onCurrency(one)} data-testid="currency" data-currency={one}>
              {one}
            </button>
          ))}
        </div>
      )}
      <div className={styles.grid} role="radiogroup" aria-label={t('recharge.packages')}>
        {packages.map(({ id, price, coins, bonus, badge }) => (
          <label key={id} className={styles.card} data-testid="package" data-price={price} data-currency={currency}>
            <input type="radio" name="package" value={id} checked={id === chosen} onChange={() => onChoose(id)} className="visually-hidden" />
            {label(badge) === '' ? null : <span className={styles.badge}>{label(badge)}</span>}
            <span className={styles.coins}>
              <CoinIcon size={22} />
              <strong>{formatAmount(coins, language)}</strong>
              <span className="visually-hidden"> {t('wallet.coins')}</span>
            </span>
            <span className={styles.bonus}>{bonus === '0' ? '\u00a0' : t('recharge.bonus', { amount: formatAmount(bonus, language) })}</span>
            <span className={styles.price}>{formatMoney(price, currency, language)}</span>
          </label>
        ))}
      </div>
    </div>
  )
}
