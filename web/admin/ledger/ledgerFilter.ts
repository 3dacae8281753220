// What of the ledger an operator looks for: kept in the page's address as it was typed, sent to the server as it wants it.
import { currencySchema } from '../../../server/contract/money.ts'
import type { Currency } from '../../../server/contract/money.ts'
import { transferTypeSchema } from '../../../server/contract/wallet.ts'
import type { TransferType } from '../../../server/contract/wallet.ts'
import { parseAmount } from '../../i18n/formatMoney.ts'

/** Empty: any. */
export type LedgerFilter = {
  readonly user: string
  readonly type: TransferType | ''
  readonly reference: string
  readonly transfer: string
  /** The reader's own clock, as a `datetime-local` field has it. */
  readonly from: string
  readonly to: string
  readonly currency: Currency | ''
  /** In major units of the currency; without one, in minor units. */
  readonly minimum: string
}

export const ledgerFields = ['user', 'type', 'reference', 'transfer', 'from', 'to', 'currency', 'minimum'] as const satisfies readonly (keyof LedgerFilter)[]

const momentOf = (text: string): string => (text === '' || Number.isNaN(Date.parse(text)) ? '' : text)

/** Whatever stands in an address becomes a filter: what is not understood is left out. */
export function readLedgerFilter(params: URLSearchParams): LedgerFilter {
  const text = (name: string) => (params.get(name) ?? '').trim()
  return {
    user: text('user').replace(/^@/, ''),
    type: transferTypeSchema.safeParse(text('type')).data ?? '',
    reference: text('reference'),
    transfer: text('transfer'),
    from: momentOf(text('from')),
    to: momentOf(text('to')),
    currency: currencySchema.safeParse(text('currency')).data ?? '',
    minimum: text('minimum'),
  }
}

export function writeLedgerFilter(filter: LedgerFilter): Record<string, string> {
  return Object.fromEntries(ledgerFields.map((name) => [name, filter[name].trim()]).filter(([, value]) => value !== ''))
}

/** @returns the query of the server's search. */
export function ledgerQuery(filter: LedgerFilter, before: string | null = null): string {
  const { from, to, minimum, currency, ...plain } = filter
  const least = minimum === '' ? null : parseAmount(minimum, currency === '' ? 'coin' : currency)
  const query = new URLSearchParams(Object.entries(plain).filter(([, value]) => value !== ''))
  if (currency !== '') query.set('currency', currency)
  if (least !== null) query.set('minimum', least)
  if (from !== '') query.set('from', new Date(from).toISOString())
  if (to !== '') query.set('to', new Date(to).toISOString())
  if (before !== null) query.set('before', before)
  return String(query)
}
