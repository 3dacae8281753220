// Lays the ledger's balances out as kinds by currencies, with the sum of each currency, which must be zero.
import { currencySchema } from '../../../server/contract/money.ts'
import type { Amount, Currency } from '../../../server/contract/money.ts'
import { accountKinds } from '../../../server/contract/wallet.ts'
import type { AccountKind, LedgerBalanceView } from '../../../server/contract/wallet.ts'

export type BalanceRow = {
  readonly kind: AccountKind
  /** A provider; empty where the kind has no owners that matter. */
  readonly owner: string
  readonly accounts: number
  readonly balances: Readonly<Partial<Record<Currency, Amount>>>
}
export type BalanceTable = {
  readonly currencies: readonly Currency[]
  readonly rows: readonly BalanceRow[]
  readonly sums: Readonly<Partial<Record<Currency, Amount>>>
}

const add = (one: Amount | undefined, other: Amount): Amount => String(BigInt(one ?? '0') + BigInt(other))

export function balanceTable(views: readonly LedgerBalanceView[]): BalanceTable {
  const rows = new Map<string, BalanceRow>()
  const sums: Partial<Record<Currency, Amount>> = {}
  for (const { kind, owner, currency, balance, accounts } of views) {
    const key = `${kind} ${owner}`
    const row = rows.get(key)
    rows.set(key, { kind, owner, accounts: (row?.accounts ?? 0) + accounts, balances: { ...row?.balances, [currency]: add(row?.balances[currency], balance) } })
    sums[currency] = add(sums[currency], balance)
  }
  const byKind = (one: BalanceRow, other: BalanceRow) => accountKinds.indexOf(one.kind) - accountKinds.indexOf(other.kind) || one.owner.localeCompare(other.owner)
  return { currencies: currencySchema.options.filter((currency) => sums[currency] !== undefined), rows: [...rows.values()].sort(byKind), sums }
}

/** What users and the platform have of a currency that the platform itself issues: the issue account is below zero by just that. */
export const circulating = ({ rows }: BalanceTable, currency: 'coin' | 'bean'): Amount => String(-BigInt(rows.find(({ kind }) => kind === 'issue')?.balances[currency] ?? '0'))
