// How often a room is shown that a guard came in: everyone in a small room, now and then one in a crowd.
import type { GuardTerm } from '../contract/guard.ts'

/** A banner needs its time: a room this large shows no more than one after the other. */
const LARGE = 200
const HUGE = 2000
const pauses: Readonly<Record<GuardTerm, readonly [large: number, huge: number]>> = { week: [5000, 30_000], month: [3000, 15_000], year: [1000, 5000] }

/** Ms between two entrances of guards of that term; 0: each is shown. */
export function entrancePauseMs(viewers: number, term: GuardTerm): number {
  if (viewers < LARGE) return 0
  const [large, huge] = pauses[term]
  return viewers < HUGE ? large : huge
}
