// Sums up a transfer for a table's row: how much of each currency moved, and whose accounts it touched.
import type { Amount, Currency } from '../../../server/contract/money.ts'
import type { LedgerEntryView } from '../../../server/contract/wallet.ts'

/** What went into accounts, which is what went out of others. */
export function movedBy(entries: readonly LedgerEntryView[]): readonly { readonly currency: Currency; readonly amount: Amount }[] {
  const sums = new Map<Currency, bigint>()
  for (const { currency, amount } of entries) if (!amount.startsWith('-')) sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(amount))
  return [...sums].map(([currency, sum]) => ({ currency, amount: String(sum) }))
}

/** Users' names, each once, in the order of the entries. */
export function peopleIn(entries: readonly LedgerEntryView[]): readonly string[] {
  return [...new Set(entries.filter(({ kind, owner }) => (kind === 'user' || kind === 'held') && owner !== '').map(({ owner }) => owner))]
}
