// Channels as cards, live ones with their picture and numbers: what home, search and rankings all show.
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { findUsers, viewPerson } from '../accounts/userStore.ts'
import { findChannels } from '../channels/channelStore.ts'
import type { Channel } from '../channels/channelStore.ts'
import type { BroadcastView } from '../contract/broadcast.ts'
import type { ChannelCard } from '../contract/discovery.ts'
import type { ChannelId, UserId } from '../contract/ids.ts'
import type { Logger } from '../core/logger.ts'
import type { Database } from '../db/openDatabase.ts'
import type { LiveDirectory } from '../live/LiveDirectory.ts'
import type { GrowthSamples } from './GrowthSamples.ts'

export type LiveEntry = {
  readonly channelId: ChannelId
  readonly ownerId: UserId
  readonly broadcastId: string
  readonly viewers: number
  readonly viewersBefore: number | null
  readonly liveAt: number
  readonly card: ChannelCard
}

const CACHE_MS = 2000

export type ChannelCardsDeps = { readonly database: Database; readonly directory: LiveDirectory; readonly growth: GrowthSamples; readonly mediaDir: string; readonly snapshotSeconds: number; readonly log: Logger }

export class ChannelCards {
  readonly #deps: ChannelCardsDeps
  #cached: { readonly until: number; readonly entries: Promise<LiveEntry[]> } | undefined

  constructor(deps: ChannelCardsDeps) {
    this.#deps = deps
  }

  /** Everything live now on all servers, in no order; at most 2 s old. */
  live(): Promise<LiveEntry[]> {
    if (this.#cached && this.#cached.until > Date.now()) return this.#cached.entries
    const entries = this.#readLive()
    this.#cached = { until: Date.now() + CACHE_MS, entries }
    entries.catch(() => (this.#cached = undefined))
    return entries
  }

  /** Cards of those that exist and whose owner's account is open. */
  async byId(ids: readonly ChannelId[]): Promise<Map<ChannelId, ChannelCard>> {
    const live = new Map((await this.live()).map((entry) => [entry.channelId, entry.card]))
    const read = await this.#read(ids.filter((id) => !live.has(id)), new Map())
    const cards = new Map(read.map(({ channel, card }) => [channel.id, card]))
    return new Map(ids.flatMap((id) => {
      const card = live.get(id) ?? cards.get(id)
      return card ? [[id, card] as const] : []
    }))
  }

  /** As `byId`, in the order asked for. */
  async of(ids: readonly ChannelId[]): Promise<ChannelCard[]> {
    return [...(await this.byId(ids)).values()]
  }

  async #readLive(): Promise<LiveEntry[]> {
    const running = (await this.#deps.directory.all()).filter(({ broadcast: { state, liveAt } }) => liveAt !== null && (state === 'live' || state === 'interrupted'))
    const broadcasts = new Map(running.map(({ channelId, broadcast }) => [channelId, broadcast]))
    const read = await this.#read([...broadcasts.keys()], broadcasts)
    const entries = read.flatMap(({ channel, card }) => {
      const broadcast = broadcasts.get(channel.id)
      return broadcast && card.live ? [{ channel, card, broadcast, live: card.live }] : []
    })
    const before = await this.#deps.growth.before(entries.map(({ broadcast }) => broadcast.id)).catch((error: unknown) => {
      this.#deps.log.warn({ err: error }, 'samples of viewers are out of reach')
      return []
    })
    return entries.map(({ channel, card, broadcast, live }, index) => ({
      channelId: channel.id,
      ownerId: channel.ownerId,
      broadcastId: broadcast.id,
      viewers: live.viewers,
      viewersBefore: before[index] ?? null,
      liveAt: Date.parse(live.liveAt),
      card,
    }))
  }

  async #read(ids: readonly ChannelId[], broadcasts: ReadonlyMap<ChannelId, BroadcastView>): Promise<Array<{ channel: Channel; card: ChannelCard }>> {
    const channels = await findChannels(this.#deps.database, ids)
    const owners = new Map((await findUsers(this.#deps.database, channels.map(({ ownerId }) => ownerId))).map((user) => [user.id, user]))
    const cards = await Promise.all(
      channels.map(async (channel) => {
        const owner = owners.get(channel.ownerId)
        if (!owner || owner.disabled) return undefined
        const broadcast = broadcasts.get(channel.id)
        const { name, title, category, tags } = channel
        const card: ChannelCard = {
          channel: name,
          title: broadcast?.title ?? title,
          category,
          tags,
          owner: viewPerson(owner),
          coverUrl: (broadcast?.ticket === null ? await this.#liveCover(broadcast.id, name) : null) ?? (channel.cover ? `/covers/${channel.cover}.webp` : null),
          live: broadcast?.liveAt ? { state: broadcast.state === 'live' ? 'live' : 'interrupted', source: broadcast.source, viewers: broadcast.viewers, liveAt: broadcast.liveAt, paid: broadcast.ticket !== null } : null,
        }
        return { channel, card }
      }),
    )
    return cards.filter((card) => card !== undefined)
  }

  /** The query changes as often as the snapshot does, so that caches may keep each. Not of a paid show: its pictures are part of what is paid for. */
  async #liveCover(broadcastId: string, channel: string): Promise<string | undefined> {
    const there = await access(join(this.#deps.mediaDir, 'live', broadcastId, 'snapshot.jpg')).then(() => true, () => false)
    return there ? `/snapshots/${channel}.jpg?t=${Math.floor(Date.now() / (this.#deps.snapshotSeconds * 1000))}` : undefined
  }
}
