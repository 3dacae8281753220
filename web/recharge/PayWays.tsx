// By which provider to pay, and how.
import type { ReactNode } from 'react'
import { CreditCard, FlaskConical, QrCode, Wallet } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { PayOption } from './payOptions.ts'
import styles from './PayWays.module.css'

type Props = { readonly options: readonly PayOption[]; readonly chosen: PayOption['key'] | null; readonly onChoose: (key: PayOption['key']) => void }

function iconOf({ provider, way }: PayOption): ReactNode {
  if (provider === 'sandbox') return <FlaskConical size={20} aria-hidden="true" />
  if (provider === 'stripe') return <CreditCard size={20} aria-hidden="true" />
  return way === 'qr' ? <QrCode size={20} aria-hidden="true" /> : <Wallet size={20} aria-hidden="true" />
}

export function PayWays({ options, chosen, onChoose }: Props) {
  const { t } = useTranslation()
  return (
    <div className={styles.ways} role="radiogroup" aria-label={t('recharge.payBy')}>
      {options.map((option) => (
        <label key={option.key} className={styles.way} data-provider={option.provider} data-testid="pay-way" data-way={option.key}>
          <input type="radio" name="way" value={option.key} checked={option.key === chosen} onChange={() => onChoose(option.key)} className="visually-hidden" />
          <span className={styles.icon}>{iconOf(option)}</span>
          <span className={styles.words}>
            <strong>{t(`recharge.way.${option.key}`)}</strong>
            <span>{t(`recharge.wayHint.${option.key}`)}</span>
          </span>
          <span className={styles.dot} aria-hidden="true" />
        </label>
      ))}
    </div>
  )
}
