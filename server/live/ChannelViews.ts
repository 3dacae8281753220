// A channel as pages see it: what is stored of it, and what is live in it now.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../core/AppError.ts'
import type { ChannelView, LiveCard } from '../contract/http.ts'
import type { BroadcastId } from '../contract/ids.ts'
import { findUser, viewPerson } from '../accounts/userStore.ts'
import type { Channel } from '../channels/channelStore.ts'
import type { Database } from '../db/openDatabase.ts'
import { replaysOf } from '../replay/replayStore.ts'
import type { Live } from './Live.ts'

const REPLAYS_SHOWN = 12
const coverUrl = (channel: Channel) => (channel.cover ? `/covers/${channel.cover}.webp` : null)

export class ChannelViews {
  readonly #database: Database
  readonly #live: Live
  readonly #mediaDir: string
  readonly #snapshotMs: number

  constructor({ database, live, mediaDir, snapshotSeconds }: { database: Database; live: Live; mediaDir: string; snapshotSeconds: number }) {
    this.#database = database
    this.#live = live
    this.#mediaDir = mediaDir
    this.#snapshotMs = snapshotSeconds * 1000
  }

  async view(channel: Channel): Promise<ChannelView> {
    const { name, title, category, owner, record, tags } = channel
    const live = this.#live.of(channel.id)
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
      coverUrl: coverUrl(channel),
      liveCoverUrl: live ? (this.#liveCover(live.id, name) ?? null) : null,
      broadcast: live?.view() ?? null,
      replays: await replaysOf(this.#database, channel.id, { limit: REPLAYS_SHOWN }),
    }
  }

  /** Who is live now, most viewers first. */
  cards(): LiveCard[] {
    return this.#live
      .all()
      .flatMap((live) => {
        const { state, source, viewers, liveAt, title } = live.view()
        if (!liveAt || (state !== 'live' && state !== 'interrupted')) return []
        const { name, category, owner } = live.channel
        return [{ channel: name, title, category, owner, source, state, viewers, liveAt, coverUrl: this.#liveCover(live.id, name) ?? coverUrl(live.channel) }]
      })
      .sort((a, b) => b.viewers - a.viewers || a.liveAt.localeCompare(b.liveAt))
  }

  /** The query changes as often as the snapshot does, so that caches may keep each. */
  #liveCover(broadcastId: BroadcastId, channel: string): string | undefined {
    if (!existsSync(join(this.#mediaDir, 'live', broadcastId, 'snapshot.jpg'))) return undefined
    return `/snapshots/${channel}.jpg?t=${Math.floor(Date.now() / this.#snapshotMs)}`
  }
}
