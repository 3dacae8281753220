// Amounts of money as people write them, for files: `1234` minor units of CNY are `12.34`.
import { currencyDigits } from '../contract/money.ts'
import type { Currency } from '../contract/money.ts'

export function majorUnits(amount: bigint, currency: Currency): string {
  const digits = currencyDigits[currency]
  const text = String(amount < 0n ? -amount : amount).padStart(digits + 1, '0')
  const sign = amount < 0n ? '-' : ''
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`
}
