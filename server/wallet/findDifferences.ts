// Says what does not agree: the pure part of a reconciliation's checks.
import type { Currency } from '../contract/money.ts'
import type { ReconciliationDifference } from '../contract/wallet.ts'

/** One row of an account: what it holds, what its entries add up to, and what its last entry says it holds. */
export type AccountState = {
  readonly kind: string
  readonly owner: string
  readonly currency: Currency
  readonly lane: number
  readonly balance: bigint
  readonly sum: bigint
  readonly last: bigint
}

export function accountDifferences({ kind, owner, currency, lane, balance, sum, last }: AccountState): ReconciliationDifference[] {
  const subject = [kind, owner, currency, lane].filter((part) => part !== '').join(' ')
  const differences: ReconciliationDifference[] = []
  const note = (check: ReconciliationDifference['check'], expected: bigint) => differences.push({ check, subject, currency, expected: String(expected), found: String(balance) })
  if (balance !== sum) note('balances-equal-entries', sum)
  else if (balance !== last) note('balances-equal-entries', last)
  if (balance < 0n && (kind === 'user' || kind === 'held')) note('users-not-negative', 0n)
  return differences
}

/** A transfer whose entries in a currency do not sum to zero. */
export const unbalanced = ({ id, currency, sum }: { id: string; currency: Currency; sum: bigint }): ReconciliationDifference => ({ check: 'entries-sum-to-zero', subject: id, currency, expected: '0', found: String(sum) })
