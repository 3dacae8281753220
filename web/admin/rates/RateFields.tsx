// The fields of rates: a percentage kept as basis points, a whole number, an exact amount.
import { useId, useState } from 'react'
import type { ReactNode } from 'react'
import { Input, InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Amount } from '../../../server/contract/money.ts'
import type { Rates } from '../../../server/contract/rates.ts'
import { parseAmount } from '../../i18n/formatMoney.ts'
import styles from './Rates.module.css'

type Named = { readonly name: keyof Rates; readonly hint?: string }

export function RateRow({ name, hint, children }: Named & { readonly children: (id: string) => ReactNode }) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <div className={styles.row} data-rate={name}>
      <label htmlFor={id}>{t(`income.admin.rate_${name}`)}</label>
      <div className={styles.field}>{children(id)}</div>
      {hint === undefined ? null : <p className={styles.hint}>{hint}</p>}
    </div>
  )
}

/** @param value basis points */
export function PercentRate({ value, onChange, ...named }: Named & { readonly value: number; readonly onChange: (value: number) => void }) {
  return (
    <RateRow {...named}>
      {(id) => <InputNumber id={id} min={0} max={100} step={1} precision={2} suffix="%" value={value / 100} onChange={(percent) => percent !== null && onChange(Math.round(percent * 100))} data-testid={`rate-${named.name}`} />}
    </RateRow>
  )
}

export function NumberRate({ value, onChange, ...named }: Named & { readonly value: number; readonly onChange: (value: number) => void }) {
  return (
    <RateRow {...named}>
      {(id) => <InputNumber id={id} min={1} max={1_000_000} precision={0} value={value} onChange={(whole) => whole !== null && onChange(whole)} data-testid={`rate-${named.name}`} />}
    </RateRow>
  )
}

/** What is no amount is marked and changes nothing. */
export function AmountRate({ value, onChange, minimum = 0n, ...named }: Named & { readonly value: Amount; readonly minimum?: bigint; readonly onChange: (value: Amount) => void }) {
  const [text, setText] = useState<string>(value)
  const amount = parseAmount(text, 'coin')
  const good = amount !== null && BigInt(amount) >= minimum
  // Undone from outside.
  const shown = good && amount !== value ? value : text
  return (
    <RateRow {...named}>
      {(id) => (
        <Input
          id={id}
          inputMode="numeric"
          value={shown}
          status={good ? '' : 'error'}
          onChange={({ target }) => {
            setText(target.value)
            const typed = parseAmount(target.value, 'coin')
            if (typed !== null && BigInt(typed) >= minimum) onChange(typed)
          }}
          data-testid={`rate-${named.name}`}
        />
      )}
    </RateRow>
  )
}
