// Amounts as people read and write them: whole minor units in, the reader's grouping out, exact at any size.
import { MAX_AMOUNT, currencyDigits } from '../../server/contract/money.ts'
import type { Amount, Currency, RealCurrency } from '../../server/contract/money.ts'

type Look = {
  /** A plus before what came in. */
  readonly signed?: boolean
}

const signDisplay = (signed: boolean) => (signed ? 'exceptZero' : 'auto')

/** Coins, beans and counts. @returns such as `1,234,567` or, signed, `+1,234`. */
export function formatAmount(amount: Amount, language: string, { signed = false }: Look = {}): string {
  return new Intl.NumberFormat(language, { signDisplay: signDisplay(signed) }).format(BigInt(amount))
}

/** Real money from its minor units. @returns such as `CN¥6.00`, in Chinese `¥6.00`. */
export function formatMoney(amount: Amount, currency: RealCurrency, language: string, { signed = false }: Look = {}): string {
  const digits = currencyDigits[currency]
  const minor = BigInt(amount)
  const unit = 10n ** BigInt(digits)
  const size = minor < 0n ? -minor : minor
  const fraction = digits === 0 ? '' : String(size % unit).padStart(digits, '0')
  // The whole part is formatted as a bigint and keeps every digit; less than one unit has no whole part to carry the sign.
  const shown = size < unit ? Number(`${minor < 0n ? '-' : ''}0.${fraction || '0'}`) : minor / unit
  return new Intl.NumberFormat(language, { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: signDisplay(signed) })
    .formatToParts(shown)
    .map(({ type, value }) => (type === 'fraction' ? fraction : value))
    .join('')
}

const isReal = (currency: Currency): currency is RealCurrency => currency !== 'coin' && currency !== 'bean'

/** Any currency; coins and beans stand beside their icons and so have no sign of their own. */
export function formatIn(currency: Currency, amount: Amount, language: string, look: Look = {}): string {
  return isReal(currency) ? formatMoney(amount, currency, language, look) : formatAmount(amount, language, look)
}

const asciiDigits = (text: string) => text.replace(/[０-９．，]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))

/**
 * What a person typed, in major units: `1,234.5`, `¥6`, `１２`. Never negative.
 * @returns the minor units, or null for what is no amount, has too many decimals or is beyond the limit.
 */
export function parseAmount(text: string, currency: Currency): Amount | null {
  const digits = currencyDigits[currency]
  const found = /^(?:[A-Z]{0,3}\p{Sc}?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d*))?$/u.exec(asciiDigits(text).replace(/\s/g, ''))
  if (found === null) return null
  const [, whole = '', fraction = ''] = found
  if (fraction.length > digits) return null
  const minor = BigInt(whole.replaceAll(',', '') + fraction.padEnd(digits, '0'))
  return minor > MAX_AMOUNT ? null : String(minor)
}

/** What a field is filled with: plain major units without grouping, such as `6.00`. */
export function editAmount(amount: Amount, currency: Currency): string {
  const digits = currencyDigits[currency]
  if (digits === 0) return amount
  const padded = amount.padStart(digits + 1, '0')
  return `${padded.slice(0, -digits)}.${padded.slice(-digits)}`
}
