// What a host earned: by day, show, gift and kind.
import { z } from 'zod'
import type { LocalizedName } from './gifts.ts'
import type { Amount } from './money.ts'

export const incomeSources = ['gift', 'guard', 'ticket'] as const
export type IncomeSource = (typeof incomeSources)[number]
export const incomeGroupings = ['day', 'show', 'gift', 'type'] as const
export type IncomeGrouping = (typeof incomeGroupings)[number]

export const INCOME_MAX_DAYS = 366
const DAY_MS = 86_400_000
const day = z.iso.date()
/** Days from the one to the other, both counted. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1

/** `GET /api/channels/:name/income` -> IncomeReport; days in UTC, both included. `…/income.csv` takes the same. */
export const incomeQuerySchema = z
  .object({ from: day, to: day, by: z.enum(incomeGroupings).default('day') })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'must not be before from' })
  .refine(({ from, to }) => daysBetween(from, to) <= INCOME_MAX_DAYS, { path: ['from'], message: `must be at most ${INCOME_MAX_DAYS} days` })
export type IncomeQuery = z.infer<typeof incomeQuerySchema>

/** Beans of each source, and how many times something was given or bought. */
export type IncomeSums = Readonly<Record<IncomeSource, Amount>> & { readonly beans: Amount; readonly count: number }
export type IncomeRow = IncomeSums & {
  /** A day, a broadcast's id (`-`: between shows), a gift's id, or a source. */
  readonly key: string
  /** A show's title; empty otherwise. */
  readonly title: string
  /** Of a gift. */
  readonly name: LocalizedName | null
  /** When a show began. */
  readonly at: string | null
}
/** By day every day has a row; else only what earned something: shows newest first, gifts and kinds by beans. At most 1000 rows. */
export type IncomeReport = { readonly from: string; readonly to: string; readonly by: IncomeGrouping; readonly totals: IncomeSums; readonly rows: readonly IncomeRow[] }
