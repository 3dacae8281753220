// Picks what to recommend, and says why: people's taste first, then kinds of shows.
import type { Category } from '../contract/http.ts'
import type { ChannelCard, RecommendedCard } from '../contract/discovery.ts'
import type { PersonView } from '../contract/people.ts'

export type Liked = { readonly card: ChannelCard; readonly because: PersonView }

export type RecommendInput = {
  /** Found by co-follows, best first, live or not. */
  readonly liked: readonly Liked[]
  /** Live now, best first. */
  readonly live: readonly ChannelCard[]
  /** How much the reader cares for a category, by what was watched and followed. */
  readonly interests: ReadonlyMap<Category, number>
  /** Channels not to recommend: followed already, or the reader's own. */
  readonly known: ReadonlySet<string>
  readonly limit: number
}

/** Most of the places go to what can be watched at once. */
const OFFLINE_PLACES = 4

/** Live co-follows, then live channels of the liked categories (no category twice before each had its turn), then some offline co-follows. */
export function recommend({ liked, live, interests, known, limit }: RecommendInput): RecommendedCard[] {
  const chosen = new Map<string, RecommendedCard>()
  const add = (card: ChannelCard, reason: RecommendedCard['reason']) => {
    if (chosen.size < limit && !known.has(card.channel) && !chosen.has(card.channel)) chosen.set(card.channel, { ...card, reason })
  }
  for (const { card, because } of liked) if (card.live) add(card, { kind: 'co-follow', person: because })
  for (const card of inTurn(live, interests)) add(card, { kind: 'category', category: card.category })
  for (const { card, because } of liked.filter(({ card }) => !card.live).slice(0, OFFLINE_PLACES)) add(card, { kind: 'co-follow', person: because })
  return [...chosen.values()]
}

/** The best of each liked category, dearest category first, then the second best of each, and so on. */
function inTurn(live: readonly ChannelCard[], interests: ReadonlyMap<Category, number>): ChannelCard[] {
  const taken = new Map<Category, number>()
  return live
    .filter(({ category }) => (interests.get(category) ?? 0) > 0)
    .map((card) => {
      const round = taken.get(card.category) ?? 0
      taken.set(card.category, round + 1)
      return { card, round, interest: interests.get(card.category) ?? 0 }
    })
    .sort((a, b) => a.round - b.round || b.interest - a.interest)
    .map(({ card }) => card)
}
