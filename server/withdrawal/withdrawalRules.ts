// Whether a withdrawal may be asked for: the operator's rules, and in what order they are told.
import type { ErrorCode } from '../contract/errors.ts'
import type { Rates } from '../contract/rates.ts'
import { quoteWithdrawal } from '../contract/withdrawalQuote.ts'
import type { WithdrawalRate } from '../contract/withdrawalQuote.ts'

export type WithdrawalCase = {
  readonly beans: bigint
  readonly now: Date
  /** Beans of this calendar month's withdrawals, running and paid ones. */
  readonly usedThisMonth: bigint
  readonly payee: { readonly verified: boolean } | null
}

export const rateOf = (rates: Rates): WithdrawalRate => ({ beansPerMinorUnit: rates.beansPerMinorUnit, cutBasisPoints: rates.withdrawalCut })

/** Days of the month in UTC; no days: all. A 29th, 30th or 31st that a month lacks is its last day. */
export function isOpen(days: readonly number[], now: Date): boolean {
  const today = now.getUTCDate()
  const last = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 0)).getUTCDate()
  return days.length === 0 || days.some((day) => Math.min(day, last) === today)
}

/** When the calendar month began, in UTC. */
export const monthOf = (now: Date): Date => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1))

/** What may still be asked for this month; null: there is no cap. */
export function leftOfMonth(rates: Rates, usedThisMonth: bigint): bigint | null {
  const cap = BigInt(rates.withdrawalMonthlyCap)
  if (cap === 0n) return null
  return cap > usedThisMonth ? cap - usedThisMonth : 0n
}

/** Why not, or null. Whether the beans are there is the ledger's to say. */
export function refusalOf({ beans, now, usedThisMonth, payee }: WithdrawalCase, rates: Rates): ErrorCode | null {
  if (!isOpen(rates.withdrawalDays, now)) return 'not-today'
  if (!payee) return 'payee-missing'
  if (rates.withdrawalNeedsName && !payee.verified) return 'name-unverified'
  // What gives nothing is below any minimum.
  if (beans < BigInt(rates.withdrawalMinimum) || quoteWithdrawal(beans, rateOf(rates)).money <= 0n) return 'below-minimum'
  const left = leftOfMonth(rates, usedThisMonth)
  return left !== null && beans > left ? 'month-used-up' : null
}

export const needsTwo = (money: bigint, rates: Rates): boolean => money >= BigInt(rates.withdrawalTwoPeople)
