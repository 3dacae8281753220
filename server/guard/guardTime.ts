// The rule of terms: how long one guards a host, as what, and when to say that it ends.
import { GUARD_MAX_DAYS, guardDays, guardTerms } from '../contract/guard.ts'
import type { GuardStanding, GuardTerm } from '../contract/guard.ts'

const DAY_MS = 86_400_000

/** Until when one is a guard of at least that term: week >= month >= year, because a year guard is all that a week guard is. */
export type GuardEnds = Readonly<Record<GuardTerm, Date>>
export type GuardTime = GuardEnds & { readonly since: Date }

/** The longest term that runs at that time; null: no guard. */
export function termAt(ends: GuardEnds, now: Date): GuardTerm | null {
  return guardTerms.findLast((term) => ends[term] > now) ?? null
}

/**
 * Buying a term adds all of its days to the present end, whatever ran before, so that no day is lost. Longer terms are used first: who has ten days
 * of a week guard left and buys a year is a year guard at once for 365 days, and a week guard for the ten days after them. Who is a year guard and
 * buys a week stays a year guard as long as before, and is a week guard for the seven days after it.
 */
export function extendGuard(former: GuardTime | null, term: GuardTerm, now: Date): GuardTime {
  const days = guardDays[term] * DAY_MS
  const bought = guardTerms.indexOf(term)
  const running = former !== null && termAt(former, now) !== null
  const ends = guardTerms.map((each, place) => {
    const from = running ? Math.max(former[each].getTime(), now.getTime()) : now.getTime()
    return [each, new Date(place <= bought ? from + days : from)] as const
  })
  return { ...(Object.fromEntries(ends) as GuardEnds), since: running ? former.since : now }
}

export const isTooFar = (ends: GuardEnds, now: Date): boolean => ends.week.getTime() > now.getTime() + GUARD_MAX_DAYS * DAY_MS

/** As pages see it; null: no guard now. */
export function viewStanding(time: GuardTime, now: Date): GuardStanding | null {
  const term = termAt(time, now)
  return term && { term, since: time.since.toISOString(), termUntil: time[term].toISOString(), until: time.week.toISOString() }
}

const notices = [3, 1, 0] as const
/** Days before the end; 0: the end itself. */
export type NoticeDays = (typeof notices)[number]

/** When to speak of the end next, after that time; null: never again. */
export function nextNoticeAt(until: Date, after: Date): Date | null {
  const due = notices.map((days) => until.getTime() - days * DAY_MS).find((at) => at > after.getTime())
  return due === undefined ? null : new Date(due)
}

/** What to say of the end at that time: of several notices that are due, as after an outage, the last one. */
export const noticeAt = (until: Date, now: Date): NoticeDays | null => notices.findLast((days) => until.getTime() - days * DAY_MS <= now.getTime()) ?? null
