// How many at once: the numbers people like to give, or any other.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { GIFT_MAX_QUANTITY, giftQuantities } from './giftLimits.ts'
import styles from './GiftPanel.module.css'

/** @returns 0 for what is no whole number from 1 to the most. */
export function readQuantity(text: string): number {
  const value = /^\d{1,5}$/.test(text.trim()) ? Number(text) : 0
  return value <= GIFT_MAX_QUANTITY ? value : 0
}

export function QuantityPicker({ value, onChange }: { readonly value: number; readonly onChange: (quantity: number) => void }) {
  const { t } = useTranslation()
  const [own, setOwn] = useState('')
  return (
    <div className={styles.quantities} role="group" aria-label={t('gifts.quantity')}>
      {giftQuantities.map((quantity) => (
        <button
          key={quantity}
          type="button"
          aria-pressed={own === '' && value === quantity}
          onClick={() => {
            setOwn('')
            onChange(quantity)
          }}
          title={t(`gifts.meaning.n${quantity}`)}
          data-testid={`gift-quantity-${quantity}`}
        >
          {quantity}
        </button>
      ))}
      <input
        inputMode="numeric"
        maxLength={4}
        value={own}
        placeholder={t('gifts.custom')}
        aria-label={t('gifts.customLabel', { most: GIFT_MAX_QUANTITY })}
        aria-invalid={own !== '' && readQuantity(own) === 0}
        onChange={(event) => {
          setOwn(event.target.value)
          onChange(event.target.value === '' ? 1 : readQuantity(event.target.value))
        }}
        data-testid="gift-quantity-own"
      />
    </div>
  )
}
