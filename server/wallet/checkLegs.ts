// Whether a transfer's legs are one: a rule of double entry.
import { MAX_AMOUNT } from '../contract/money.ts'
import type { Leg } from './ledgerAccounts.ts'

/**
 * Per currency the legs sum to zero, none is zero, none is beyond the bound.
 * @throws RangeError our own mistake, never a user's
 */
export function checkLegs(legs: readonly Leg[]): void {
  const sums = new Map<string, bigint>()
  for (const { account, amount } of legs) {
    if (amount === 0n || amount > MAX_AMOUNT || amount < -MAX_AMOUNT) throw new RangeError(`A leg of ${amount} ${account.currency}`)
    sums.set(account.currency, (sums.get(account.currency) ?? 0n) + amount)
  }
  for (const [currency, sum] of sums) if (sum !== 0n) throw new RangeError(`The legs in ${currency} sum to ${sum}`)
}
