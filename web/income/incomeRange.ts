// Periods of income: whole days in UTC, as the server counts them.
import { INCOME_MAX_DAYS, daysBetween } from '../../server/contract/income.ts'
import type { IncomeRow } from '../../server/contract/income.ts'

/** Both days belong to it, such as `2026-11-01`. */
export type IncomeRange = { readonly from: string; readonly to: string }

const DAY_MS = 86_400_000
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** The last days up to today. */
export const lastDays = (days: number, now: number): IncomeRange => ({ from: dayOf(now - (days - 1) * DAY_MS), to: dayOf(now) })

/** Enough for the tiles: the last 30 days, and this month from its first. */
export const tilesRange = (now: number): IncomeRange => lastDays(31, now)

/** What is wrong with a period that was typed, as a word of the dictionary's `income`. */
export function rangeProblem({ from, to }: IncomeRange): 'wrongWay' | 'tooLong' | null {
  if (from > to) return 'wrongWay'
  return daysBetween(from, to) > INCOME_MAX_DAYS ? 'tooLong' : null
}

const sum = (rows: readonly IncomeRow[]) => String(rows.reduce((beans, row) => beans + BigInt(row.beans), 0n))

/** Beans of this month and of the last 30 days, of rows by day that reach back far enough. */
export function tileSums(rows: readonly IncomeRow[], now: number): { readonly month: string; readonly days30: string } {
  const month = dayOf(now).slice(0, 7)
  const since = lastDays(30, now).from
  return { month: sum(rows.filter(({ key }) => key.startsWith(month))), days30: sum(rows.filter(({ key }) => key >= since)) }
}
