// What a viewer who is kept out is told, and when asking again makes sense.
import type { RequestFailed } from '../client/RequestFailed.ts'

/** `until`: ISO 8601; null for good. */
export type Ban = { readonly until: string | null; readonly reason: string }

/** The shortest wait, and the longest that a browser's timers keep. */
const MIN_WAIT_MS = 500
const MAX_WAIT_MS = 2_000_000_000

/** As the server's refusal tells it. */
export const banOf = ({ fields }: Pick<RequestFailed, 'fields'>): Ban => ({ until: fields['until'] || null, reason: fields['reason'] ?? '' })

/** Milliseconds until it has passed; null for never. @param serverNow the server's clock, ms since 1970 */
export const banEndsIn = ({ until }: Ban, serverNow: number): number | null =>
  until === null ? null : Math.min(MAX_WAIT_MS, Math.max(MIN_WAIT_MS, Date.parse(until) - serverNow))
