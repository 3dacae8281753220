// When buyers get their coins back: the platform ended the show, or there was none to speak of.
import { platformEndings } from '../live/endReasons.ts'

/** A show that did not get so far was none. */
const LEAST_MS = 60_000

export type EndedShow = { readonly endReason: string | null; readonly liveAt: Date | null; readonly endedAt: Date | null }

/** @param graceMs how long a show waited for its host before it ended by itself: that is no show either */
export function refundDue({ endReason, liveAt, endedAt }: EndedShow, graceMs: number): boolean {
  if (endReason !== null && platformEndings.has(endReason)) return true
  if (liveAt === null || endedAt === null) return true
  const waited = endReason === 'grace-expired' ? graceMs : 0
  return endedAt.getTime() - liveAt.getTime() - waited < LEAST_MS
}
