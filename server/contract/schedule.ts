// Announced shows and reminders over HTTP.
import { z } from 'zod'
import { titleSchema } from './http.ts'

export const UPCOMING_MAX = 20
/** A reminder comes so long before the show. */
export const REMIND_BEFORE_MS = 10 * 60_000
const YEAR_MS = 366 * 86_400_000

const startsAtSchema = z.iso
  .datetime({ offset: true, error: 'must be a time such as 2030-01-31T20:00:00Z' })
  .refine((time) => Date.parse(time) > Date.now(), 'must be in the future')
  .refine((time) => Date.parse(time) < Date.now() + YEAR_MS, 'must be within a year')

/** `POST /api/channels/:name/shows` (its host) -> 201 ShowView; 409 limit-reached beyond 20 upcoming ones. */
export const showCreateSchema = z.object({ title: titleSchema, startsAt: startsAtSchema })
/** `PATCH /api/shows/:id` (its host) -> ShowView. `DELETE` the same cancels it -> 204. */
export const showChangeSchema = showCreateSchema.partial()

/** `GET /api/channels/:name/shows` -> ShowView[], the next first. `PUT` and `DELETE /api/shows/:id/reminder` -> ShowView. */
export type ShowView = {
  readonly id: string
  readonly channel: string
  readonly title: string
  /** ISO 8601, UTC: pages show it in their reader's own time zone. */
  readonly startsAt: string
  /** How many set a reminder. */
  readonly reminders: number
  /** Whether the one who asks did. */
  readonly remindMe: boolean
}
