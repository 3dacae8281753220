// A channel as pages see it: what is stored of it, and what is live in it now.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../core/AppError.ts'
import type { ChannelView, LiveCard } from '../contract/http.ts'
import type { BroadcastView } from '../contract/broadcast.ts'
import { findUser, viewPerson } from '../accounts/userStore.ts'
import type { Channel } from '../channels/channelStore.ts'
import type { Database } from '../db/openDatabase.ts'
import { replaysOf } from '../replay/replayStore.ts'
import type { LiveDirectory } from './LiveDirectory.ts'

const REPLAYS_SHOWN = 12
const coverUrl = (channel: Channel) => (channel.cover ? `/covers/${channel.cover}.webp` : null)

export class ChannelViews {
  readonly #database: Database
  readonly #directory: LiveDirectory
  readonly #mediaDir: string
  readonly #snapshotMs: number

  constructor({ database, directory, mediaDir, snapshotSeconds }: { database: Database; directory: LiveDirectory; mediaDir: string; snapshotSeconds: number }) {
    this.#database = database
    this.#directory = directory
    this.#mediaDir = mediaDir
    this.#snapshotMs = snapshotSeconds * 1000
  }

  async view(channel: Channel): Promise<ChannelView> {
    const { name, title, category, owner, record, tags, ticket } = channel
    const broadcast = (await this.#directory.of(channel.id)) ?? null
    const person = await findUser(this.#database, { id: channel.ownerId })
    if (!person) throw new AppError('channel-not-found')
    return {
      name,
      title,
      category,
      owner,
      ownerPerson: viewPerson(person),
      record,
      tags,
      ticket,
      coverUrl: coverUrl(channel),
      liveCoverUrl: broadcast ? (this.#liveCover(broadcast, name) ?? null) : null,
      broadcast,
      replays: await replaysOf(this.#database, channel.id, { limit: REPLAYS_SHOWN }),
    }
  }

  /** Who is live now, most viewers first. */
  async cards(): Promise<LiveCard[]> {
    return (await this.#directory.all())
      .flatMap(({ channel, broadcast }) => {
        const { state, source, viewers, liveAt, title, ticket } = broadcast
        if (!liveAt || (state !== 'live' && state !== 'interrupted')) return []
        const { name, category, owner } = channel
        return [{ channel: name, title, category, owner, source, state, viewers, liveAt, ticket, coverUrl: this.#liveCover(broadcast, name) ?? coverUrl(channel) }]
      })
      .sort((a, b) => b.viewers - a.viewers || a.liveAt.localeCompare(b.liveAt))
  }

  /** The query changes as often as the snapshot does, so that caches may keep each. A paid show has none: its pictures are part of what is paid for. */
  #liveCover({ id, ticket }: BroadcastView, channel: string): string | undefined {
    if (ticket !== null || !existsSync(join(this.#mediaDir, 'live', id, 'snapshot.jpg'))) return undefined
    return `/snapshots/${channel}.jpg?t=${Math.floor(Date.now() / this.#snapshotMs)}`
  }
}
