// What the home page shows one reader: followed first, then recommended, then everything live in its order.
import { findUsers, viewPerson } from '../accounts/userStore.ts'
import type { User } from '../accounts/userStore.ts'
import type { ChannelCard, HomeView, RecommendedCard } from '../contract/discovery.ts'
import type { Category } from '../contract/http.ts'
import type { ChannelId, UserId } from '../contract/ids.ts'
import type { Logger } from '../core/logger.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Blocks } from '../social/Blocks.ts'
import type { ChannelCards, LiveEntry } from './ChannelCards.ts'
import type { CoFollowBook } from './CoFollowBook.ts'
import { followedBy } from './followGraph.ts'
import { rankLive } from './rankLive.ts'
import { recommend } from './recommend.ts'
import type { WatchHistory } from './WatchHistory.ts'

const RECOMMENDED = 8
const OFFLINE_SHOWN = 12
const TAGS_SHOWN = 20
/** Following someone says more about a taste than having looked in once. */
const FOLLOW_INTEREST = 2

type Reader = { readonly user: User | undefined; readonly visitorId: string }
type Options = { readonly database: Database; readonly blocks: Blocks; readonly coFollows: CoFollowBook; readonly cards: ChannelCards; readonly history: WatchHistory; readonly log: Logger }
type Wanted = { readonly category?: Category | undefined; readonly tag?: string | undefined; readonly limit: number }

export class HomeFeed {
  readonly #database: Database
  readonly #blocks: Blocks
  readonly #coFollows: CoFollowBook
  readonly #cards: ChannelCards
  readonly #history: WatchHistory
  readonly #log: Logger

  constructor({ database, blocks, coFollows, cards, history, log }: Options) {
    this.#database = database
    this.#blocks = blocks
    this.#coFollows = coFollows
    this.#cards = cards
    this.#history = history
    this.#log = log
  }

  async of({ user, visitorId }: Reader, { category, tag, limit }: Wanted): Promise<HomeView> {
    const [entries, followed] = await Promise.all([this.#cards.live(), user ? followedBy(this.#database, user.id) : []])
    const follows = new Set(followed)
    const ranked = rankLive(entries.map((entry) => ({ ...entry, followed: follows.has(entry.ownerId) })), Date.now())
    const bars = { categories: categoriesOf(entries), tags: tagsOf(entries) }
    if (category || tag) {
      const found = ranked.filter(({ card }) => (!category || card.category === category) && (!tag || card.tags.includes(tag)))
      return { following: { live: [], offline: [] }, recommended: [], live: found.slice(0, limit).map(({ card }) => card), total: found.length, ...bars }
    }
    const followingLive = ranked.filter((entry) => entry.followed)
    const [offline, recommended] = await Promise.all([this.#offline(followed, followingLive), this.#recommend({ user, visitorId }, followed, ranked)])
    const shown = new Set([...followingLive.map(({ card }) => card.channel), ...recommended.map(({ channel }) => channel)])
    const rest = ranked.filter(({ card }) => !shown.has(card.channel))
    return { following: { live: followingLive.map(({ card }) => card), offline }, recommended, live: rest.slice(0, limit).map(({ card }) => card), total: rest.length, ...bars }
  }

  async #offline(followed: readonly UserId[], live: readonly LiveEntry[]): Promise<ChannelCard[]> {
    const away = followed.filter((id) => !live.some(({ ownerId }) => ownerId === id))
    const channels = await this.#channelsOf(away)
    return this.#cards.of(away.flatMap((id) => channels.get(id) ?? []).slice(0, OFFLINE_SHOWN))
  }

  async #recommend(reader: Reader, followed: readonly UserId[], ranked: readonly LiveEntry[]): Promise<RecommendedCard[]> {
    const { user } = reader
    const found = user ? await this.#coFollows.of({ userId: user.id, followed, limit: RECOMMENDED * 2 }) : []
    const [blocked, cards, because, interests] = await Promise.all([
      user ? this.#blocks.blockedBy(user.id) : new Set<UserId>(),
      this.#cards.of(found.map(({ channelId }) => channelId)),
      findUsers(this.#database, [...new Set(found.map((co) => co.because))]),
      this.#interests(reader, followed),
    ])
    const byOwner = new Map(cards.map((card) => [card.owner.id, card]))
    const people = new Map(because.map((person) => [person.id, viewPerson(person)]))
    const follows = new Set(followed)
    return recommend({
      liked: found.flatMap((co) => {
        const card = byOwner.get(co.ownerId)
        const person = people.get(co.because)
        return card && person && !blocked.has(co.ownerId) ? [{ card, because: person }] : []
      }),
      live: ranked.filter(({ ownerId }) => !blocked.has(ownerId)).map(({ card }) => card),
      interests,
      known: new Set(ranked.filter(({ ownerId }) => follows.has(ownerId) || ownerId === user?.id).map(({ card }) => card.channel)),
      limit: RECOMMENDED,
    })
  }

  async #interests({ user, visitorId }: Reader, followed: readonly UserId[]): Promise<Map<Category, number>> {
    const watched = await this.#history.lately(user ? { userId: user.id } : { visitorId }).catch((error: unknown) => {
      this.#log.warn({ err: error }, 'what was watched is out of reach')
      return []
    })
    const interests = new Map<Category, number>()
    const count = (rows: ReadonlyArray<{ category: Category }>, weight: number) => {
      for (const { category } of rows) interests.set(category, (interests.get(category) ?? 0) + weight)
    }
    if (watched.length > 0) count((await this.#database('channels').whereIn('name', watched).select('category')) as Array<{ category: Category }>, 1)
    if (followed.length > 0) count((await this.#database('channels').whereIn('owner_id', followed).select('category')) as Array<{ category: Category }>, FOLLOW_INTEREST)
    return interests
  }

  async #channelsOf(owners: readonly UserId[]): Promise<Map<UserId, ChannelId>> {
    if (owners.length === 0) return new Map()
    const rows = (await this.#database('channels').whereIn('owner_id', owners).select('id', 'owner_id')) as Array<{ id: ChannelId; owner_id: UserId }>
    return new Map(rows.map((row) => [row.owner_id, row.id]))
  }
}

function categoriesOf(entries: readonly LiveEntry[]): HomeView['categories'] {
  const sums = new Map<Category, { live: number; viewers: number }>()
  for (const { card, viewers } of entries) {
    const sum = sums.get(card.category) ?? { live: 0, viewers: 0 }
    sums.set(card.category, { live: sum.live + 1, viewers: sum.viewers + viewers })
  }
  return [...sums].map(([category, sum]) => ({ category, ...sum })).sort((a, b) => b.viewers - a.viewers || b.live - a.live)
}

function tagsOf(entries: readonly LiveEntry[]): HomeView['tags'] {
  const counts = new Map<string, number>()
  for (const { card } of entries) for (const tag of card.tags) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  return [...counts]
    .map(([tag, live]) => ({ tag, live }))
    .sort((a, b) => b.live - a.live || a.tag.localeCompare(b.tag))
    .slice(0, TAGS_SHOWN)
}
