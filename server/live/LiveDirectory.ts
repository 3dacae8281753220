// What is live anywhere: which broadcasts run is MySQL's word, what they look like right now is told by their servers through Redis each second.
import { findChannels } from '../channels/channelStore.ts'
import type { Channel } from '../channels/channelStore.ts'
import type { BroadcastView } from '../contract/broadcast.ts'
import type { BroadcastId, ChannelId } from '../contract/ids.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import { Remembered } from '../core/Remembered.ts'
import type { Database } from '../db/openDatabase.ts'
import { runningBroadcasts } from './broadcastStore.ts'
import type { Broadcast } from './broadcastStore.ts'
import type { Live } from './Live.ts'

const TELL_MS = 1000
/** Of a server that says nothing more, nothing more is known after this. */
const TOLD_MS = 5000
const KEEP_MS = 1000
const keyOf = (broadcastId: BroadcastId) => `live:${broadcastId}`

export type LiveEntry = { readonly channelId: ChannelId; readonly channel: Channel; readonly broadcast: BroadcastView }
type Told = Pick<BroadcastView, 'viewers' | 'video' | 'hasAudio' | 'ingestMs'>
const untold: Told = { viewers: 0, video: null, hasAudio: false, ingestMs: null }

export class LiveDirectory {
  readonly #live: Live
  readonly #database: Database
  readonly #redis: Redis
  readonly #log: Logger
  readonly #running: Remembered<'running', ReadonlyMap<ChannelId, LiveEntry>>
  readonly #timer: NodeJS.Timeout

  constructor({ live, database, redis, log }: { live: Live; database: Database; redis: Redis; log: Logger }) {
    this.#live = live
    this.#database = database
    this.#redis = redis
    this.#log = log
    this.#running = new Remembered({ keepMs: KEEP_MS, load: () => this.#load() })
    live.on('changed', () => this.#running.forget('running'))
    this.#timer = setInterval(() => void this.#tell(), TELL_MS).unref()
  }

  /** The channel's running broadcast, whichever server carries it; at most a second old. */
  async of(channelId: ChannelId): Promise<BroadcastView | undefined> {
    return this.#live.of(channelId)?.view() ?? (await this.#running.get('running')).get(channelId)?.broadcast
  }

  async all(): Promise<readonly LiveEntry[]> {
    return [...(await this.#running.get('running')).values()].map((entry) => {
      const here = this.#live.of(entry.channelId)
      return here ? { channelId: entry.channelId, channel: here.channel, broadcast: here.view() } : entry
    })
  }

  close(): void {
    clearInterval(this.#timer)
  }

  async #load(): Promise<ReadonlyMap<ChannelId, LiveEntry>> {
    const broadcasts = await runningBroadcasts(this.#database)
    const [channels, told] = await Promise.all([findChannels(this.#database, broadcasts.map(({ channelId }) => channelId)), this.#toldOf(broadcasts)])
    const byId = new Map(channels.map((channel) => [channel.id, channel]))
    return new Map(
      broadcasts.flatMap((broadcast, index): Array<[ChannelId, LiveEntry]> => {
        const channel = byId.get(broadcast.channelId)
        return channel ? [[channel.id, { channelId: channel.id, channel, broadcast: viewOf(broadcast, channel, told[index] ?? untold) }]] : []
      }),
    )
  }

  /** Without Redis the list stands, only its numbers are missing. */
  async #toldOf(broadcasts: readonly Broadcast[]): Promise<Array<Told | undefined>> {
    if (broadcasts.length === 0) return []
    try {
      const lines = await this.#redis.mget(broadcasts.map(({ id }) => keyOf(id)))
      return lines.map((line) => (line ? (JSON.parse(line) as Told) : undefined))
    } catch (error) {
      this.#log.warn({ err: error }, 'what other servers carry is not known in full')
      return []
    }
  }

  async #tell(): Promise<void> {
    const carried = this.#live.all()
    if (carried.length === 0) return
    const pipeline = this.#redis.pipeline()
    for (const live of carried) {
      const { viewers, video, hasAudio, ingestMs } = live.view()
      pipeline.set(keyOf(live.id), JSON.stringify({ viewers, video, hasAudio, ingestMs } satisfies Told), 'PX', TOLD_MS)
    }
    await pipeline.exec().catch((error: unknown) => this.#log.warn({ err: error }, 'other servers could not be told what is live here'))
  }
}

function viewOf({ id, title, source, state, startedAt, liveAt, endedAt, ticket }: Broadcast, { name }: Channel, told: Told): BroadcastView {
  return { id, channel: name, title, source, state, startedAt: startedAt.toISOString(), liveAt: liveAt?.toISOString() ?? null, endedAt: endedAt?.toISOString() ?? null, ticket, ...told }
}
