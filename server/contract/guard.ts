// Guards (守护): who stands by a host for a week, a month or a year.
import { z } from 'zod'
import { idempotencyKeySchema, priceSchema } from './money.ts'
import type { Amount } from './money.ts'
import type { PersonView } from './people.ts'

/** From the shortest to the longest. */
export const guardTerms = ['week', 'month', 'year'] as const
export const guardTermSchema = z.enum(guardTerms)
export type GuardTerm = z.infer<typeof guardTermSchema>

/** Days that a term is bought for: of 24 hours, not of a calendar. */
export const guardDays: Readonly<Record<GuardTerm, number>> = { week: 7, month: 30, year: 365 }
/** Nobody guards further ahead than this. */
export const GUARD_MAX_DAYS = 3650

/** What one is to a host now. */
export type GuardStanding = {
  /** The longest term that still runs. */
  readonly term: GuardTerm
  /** ISO 8601: without a break since then. */
  readonly since: string
  /** When `term` ends; shorter terms may follow until `until`. */
  readonly termUntil: string
  readonly until: string
}

/** `GET /api/channels/:name/guard` -> GuardView. */
export type GuardView = {
  readonly channel: string
  readonly title: string
  readonly host: PersonView
  readonly prices: Readonly<Record<GuardTerm, Amount>>
  /** How many guards there are. */
  readonly total: number
  /** The asker's own; null: no guard, or not logged in. */
  readonly me: GuardStanding | null
  /** The asker's coins; null when not logged in. */
  readonly coins: Amount | null
  /** The asker is the host, who cannot guard oneself. */
  readonly own: boolean
}

/** `GET /api/channels/:name/guards?after=` -> GuardListPage: year guards first, then by how long they have stood by the host. */
export const guardListSchema = z.object({ after: z.coerce.number().int().min(0).max(100_000).default(0), limit: z.coerce.number().int().min(1).max(100).default(60) })
export type GuardListPage = { readonly guards: readonly GuardEntry[]; readonly total: number; /** Goes into `after`; null at the end. */ readonly next: number | null }
export type GuardEntry = { readonly person: PersonView; readonly term: GuardTerm; readonly since: string }

/** `POST /api/channels/:name/guard` -> GuardBought. `price` is the one the page showed: another one meanwhile is refused with `price-changed`. */
export const guardPurchaseSchema = z.object({ term: guardTermSchema, price: priceSchema, key: idempotencyKeySchema })
export type GuardPurchase = z.infer<typeof guardPurchaseSchema>
export type GuardBought = { readonly coins: Amount; readonly standing: GuardStanding }

/** `GET /api/guards` -> OwnGuardView[]: whom the asker guards, the next to end first. */
export type OwnGuardView = { readonly channel: string; readonly title: string; readonly host: PersonView; readonly standing: GuardStanding }
