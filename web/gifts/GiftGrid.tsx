// The gifts one can choose from.
import { Gem } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { GiftView } from '../../server/contract/gifts.ts'
import type { GuardTerm } from '../../server/contract/guard.ts'
import { MoneyText } from '../ui/MoneyText.tsx'
import { giftName } from './giftName.ts'
import styles from './GiftPanel.module.css'

type Props = { readonly gifts: readonly GiftView[]; readonly chosen: string | null; readonly guard: GuardTerm | null; readonly onChoose: (id: string) => void; readonly empty: string }

export function GiftGrid({ gifts, chosen, guard, onChoose, empty }: Props) {
  const { t, i18n } = useTranslation()
  if (gifts.length === 0) return <p className={styles.wait}>{empty}</p>
  return (
    <ul className={styles.grid}>
      {gifts.map(({ id, name, price, iconUrl, guardsOnly, tier }) => (
        <li key={id}>
          <button type="button" className={styles.gift} aria-pressed={id === chosen} onClick={() => onChoose(id)} data-tier={tier} data-testid={`gift-${id}`}>
            {guardsOnly ? (
              <span className={`${styles.mark} ${guard === null ? '' : styles.open}`} title={t('gifts.guardsOnly')}>
                <Gem size={11} aria-label={t('gifts.guardsOnly')} />
              </span>
            ) : null}
            <img src={iconUrl} alt="" width={48} height={48} loading="lazy" decoding="async" />
            <span className={styles.name}>{giftName(name, i18n.language)}</span>
            <span className={styles.price}>
              <MoneyText amount={price} currency="coin" size={12} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
