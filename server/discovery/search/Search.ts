// Finds channels, replays, people and tags by a word or a part of one, in any script.
import { findUsers, viewPerson } from '../../accounts/userStore.ts'
import type { ChannelCard, ReplayHit, SearchView, Suggestion } from '../../contract/discovery.ts'
import type { BroadcastId, ChannelId, UserId } from '../../contract/ids.ts'
import type { PersonView } from '../../contract/people.ts'
import { normaliseTag } from '../../contract/tags.ts'
import type { Database } from '../../db/openDatabase.ts'
import type { ChannelCards } from '../ChannelCards.ts'
import { matchOf, rankMatches } from './rankMatch.ts'
import { findDocuments, hasNgramParser } from './searchStore.ts'
import { foldText, wordsOf } from './searchText.ts'

/** Candidates that are ranked: of more, those with the most followers. */
const CANDIDATES = 200
const CHANNELS_SHOWN = 24
const PEOPLE_SHOWN = 12
const REPLAYS_SHOWN = 16
const TAGS_SHOWN = 12
const SUGGESTED = 8

type ReplayRow = { broadcast_id: BroadcastId; title: string; started_at: Date; duration_ms: string; channel: string; owner_id: UserId }

export class Search {
  readonly #database: Database
  readonly #cards: ChannelCards
  #ngram: Promise<boolean> | undefined

  constructor({ database, cards }: { database: Database; cards: ChannelCards }) {
    this.#database = database
    this.#cards = cards
  }

  async find(query: string): Promise<SearchView> {
    const words = wordsOf(query)
    if (words.length === 0) return { query, channels: [], replays: [], people: [], tags: [] }
    const [channels, replays, people, tags] = await Promise.all([this.#channels(query, words), this.#replays(query, words), this.#people(query, words), this.#tags(query, TAGS_SHOWN)])
    return { query, channels: channels.slice(0, CHANNELS_SHOWN), replays, people: people.slice(0, PEOPLE_SHOWN), tags }
  }

  /** A few of the best, while the question is still being typed. */
  async suggest(query: string): Promise<Suggestion[]> {
    const words = wordsOf(query)
    if (words.length === 0) return []
    const [channels, people, tags] = await Promise.all([this.#channels(query, words), this.#people(query, words), this.#tags(query, 2)])
    const owners = new Set(channels.map(({ owner }) => owner.id))
    return [
      ...channels.slice(0, SUGGESTED - 3).map(({ channel, title, owner, live }): Suggestion => ({ kind: 'channel', channel, title, owner, live: live !== null })),
      ...tags.map((tag): Suggestion => ({ kind: 'tag', ...tag })),
      ...people.filter(({ id }) => !owners.has(id)).map((person): Suggestion => ({ kind: 'person', person })),
    ].slice(0, SUGGESTED)
  }

  async #channels(query: string, words: readonly string[]): Promise<ChannelCard[]> {
    const live = (await this.#cards.live()).filter(({ card }) => {
      const text = foldText(...fieldsOf(card))
      return words.every((word) => text.includes(word))
    })
    const named = (await this.#database('channels').where({ name: query.trim().toLowerCase() }).select('id')) as Array<{ id: ChannelId }>
    const ids = [...new Set([...live.map(({ channelId }) => channelId), ...named.map(({ id }) => id), ...((await this.#documents('channel', words)) as ChannelId[])])]
    const cards = await this.#cards.of(ids)
    const followers = await this.#followers(cards.map(({ owner }) => owner.id))
    return rankMatches(query, cards.map((card) => ({ card, fields: fieldsOf(card), live: card.live !== null, followers: followers.get(card.owner.id) ?? 0 }))).map(({ card }) => card)
  }

  async #people(query: string, words: readonly string[]): Promise<PersonView[]> {
    const users = (await findUsers(this.#database, (await this.#documents('person', words)) as UserId[])).filter(({ disabled }) => !disabled)
    const followers = await this.#followers(users.map(({ id }) => id))
    return rankMatches(query, users.map((user) => ({ user, fields: [user.name, user.displayName], live: false, followers: followers.get(user.id) ?? 0 }))).map(({ user }) => viewPerson(user))
  }

  async #replays(query: string, words: readonly string[]): Promise<ReplayHit[]> {
    const ids = await this.#documents('replay', words)
    if (ids.length === 0) return []
    const rows = (await this.#database('replays')
      .join('broadcasts', 'broadcasts.id', 'replays.broadcast_id')
      .join('channels', 'channels.id', 'broadcasts.channel_id')
      .join('users', 'users.id', 'channels.owner_id')
      .whereIn('replays.broadcast_id', ids)
      .where('replays.state', 'ready')
      .where('users.disabled', false)
      .orderBy('broadcasts.started_at', 'desc')
      .select('replays.broadcast_id', 'replays.duration_ms', 'broadcasts.title', 'broadcasts.started_at', { channel: 'channels.name' }, 'channels.owner_id')) as ReplayRow[]
    const best = rows.sort((a, b) => matchOf(query, [b.title]) - matchOf(query, [a.title])).slice(0, REPLAYS_SHOWN)
    const owners = new Map((await findUsers(this.#database, [...new Set(best.map((row) => row.owner_id))])).map((user) => [user.id, viewPerson(user)]))
    return best.flatMap((row) => {
      const owner = owners.get(row.owner_id)
      if (!owner) return []
      const { broadcast_id: broadcastId, title, channel } = row
      return [{ broadcastId, channel, title, owner, startedAt: row.started_at.toISOString(), durationMs: Number(row.duration_ms), posterUrl: `/replays/${broadcastId}/poster.jpg` }]
    })
  }

  /** Tags that begin so, the most used first. */
  async #tags(query: string, limit: number): Promise<Array<{ tag: string; channels: number }>> {
    const start = normaliseTag(query)
    if (!start) return []
    const rows = (await this.#database('channel_tags')
      .where('tag', 'like', `${start.replaceAll(/[\\%_]/g, '\\$&')}%`)
      .groupBy('tag')
      .orderBy('channels', 'desc')
      .limit(limit)
      .select('tag')
      .count({ channels: '*' })) as unknown as Array<{ tag: string; channels: number }>
    return rows.map((row) => ({ tag: row.tag, channels: Number(row.channels) }))
  }

  async #followers(owners: readonly UserId[]): Promise<Map<UserId, number>> {
    if (owners.length === 0) return new Map()
    const rows = (await this.#database('follow_counts').whereIn('user_id', owners).select('user_id', 'followers')) as Array<{ user_id: UserId; followers: number }>
    return new Map(rows.map((row) => [row.user_id, row.followers]))
  }

  async #documents(kind: 'channel' | 'replay' | 'person', words: readonly string[]): Promise<string[]> {
    this.#ngram ??= hasNgramParser(this.#database).catch((error: unknown) => {
      this.#ngram = undefined
      throw error
    })
    return findDocuments(this.#database, kind, { words, ngram: await this.#ngram, limit: CANDIDATES })
  }
}

const fieldsOf = ({ channel, title, owner, tags }: ChannelCard): string[] => [channel, title, owner.name, owner.displayName, ...tags]
