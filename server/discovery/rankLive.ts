// The order of what is live: the one formula behind the home page.

export type RankInput = {
  readonly viewers: number
  /** Viewers some minutes ago; null: not known, such as in the first minutes. */
  readonly viewersBefore: number | null
  /** When it went live, in ms since 1970. */
  readonly liveAt: number
  readonly followed: boolean
}

/** What each part may add to a score; a unit is a doubling of the audience. */
export const weights = {
  /** Per doubling of viewers. */
  audience: 1,
  /** Per doubling since the sample before: a room that fills is worth up to three doublings more, one that empties loses as much. */
  growth: 0.6,
  growthLimit: 3,
  /** For a broadcast that begins right now; halves with every `freshHalfLifeMs`, so that a newcomer is seen at all. */
  freshness: 2,
  freshHalfLifeMs: 20 * 60_000,
  /** For whom the reader follows: as much as an eight times larger audience. */
  followed: 3,
} as const

/** More viewers never mean less; the same broadcast is worth less with age. */
export function scoreLive({ viewers, viewersBefore, liveAt, followed }: RankInput, now: number): number {
  const audience = Math.log2(1 + Math.max(0, viewers))
  const grown = viewersBefore === null ? 0 : audience - Math.log2(1 + Math.max(0, viewersBefore))
  const growth = Math.max(-weights.growthLimit, Math.min(weights.growthLimit, grown))
  const freshness = 2 ** (-Math.max(0, now - liveAt) / weights.freshHalfLifeMs)
  return weights.audience * audience + weights.growth * growth + weights.freshness * freshness + (followed ? weights.followed : 0)
}

/** Best first; equals by who has been live longer, so that the order is steady. */
export function rankLive<T extends RankInput>(entries: readonly T[], now: number): T[] {
  return entries
    .map((entry) => ({ entry, score: scoreLive(entry, now) }))
    .sort((a, b) => b.score - a.score || a.entry.liveAt - b.entry.liveAt)
    .map(({ entry }) => entry)
}
