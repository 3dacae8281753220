// Tells a channel's followers that it is live: once a broadcast, however often it is interrupted and whatever restarts meanwhile.
import type { BroadcastView } from '../contract/broadcast.ts'
import type { BroadcastId } from '../contract/ids.ts'
import type { Settings } from '../contract/settings.ts'
import type { Logger } from '../core/logger.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Live } from '../live/Live.ts'
import type { Follows } from '../social/Follows.ts'
import { beginAnnouncement, findAnnouncement, noteAnnounced, unannounced } from './announcementStore.ts'
import { Jobs } from '../core/Jobs.ts'
import type { Notifications } from './Notifications.ts'

const BATCH = 1000
const CONCURRENCY = 3
/** Finds what a lost Redis or a killed server left undone. */
const SWEEP_MS = 30_000
/** What was not told of by then is no news any more. */
const NEWS_MS = 3_600_000
const REMEMBERED = 1000

export type GoLiveOptions = {
  readonly settings: Settings
  readonly database: Database
  readonly follows: Follows
  readonly notifications: Notifications
  readonly live: Live
  readonly log: Logger
}

export class GoLive {
  readonly #options: GoLiveOptions
  readonly #jobs: Jobs<{ goLive: { broadcastId: BroadcastId }; prune: Record<never, never> }>
  readonly #timer: NodeJS.Timeout
  /** Broadcasts this server has marked already; MySQL knows for all. */
  readonly #marked = new Set<BroadcastId>()
  readonly #hear = ({ broadcast }: { broadcast: BroadcastView }) => this.#changed(broadcast)

  constructor(options: GoLiveOptions) {
    this.#options = options
    const { settings, live, notifications, log } = options
    this.#jobs = new Jobs({
      name: 'notify',
      redisUrl: settings.REDIS_URL,
      databaseUrl: settings.DATABASE_URL,
      concurrency: CONCURRENCY,
      work: { goLive: ({ broadcastId }: { broadcastId: BroadcastId }, signal) => this.#fanOut(broadcastId, signal), prune: () => notifications.prune() },
      log,
    })
    live.on('changed', this.#hear)
    this.#timer = setInterval(() => this.#sweep(), SWEEP_MS).unref()
    this.#sweep()
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    this.#options.live.off('changed', this.#hear)
    await this.#jobs.close()
  }

  #changed({ id, state, liveAt }: BroadcastView): void {
    if (state !== 'live' || liveAt === null || this.#marked.has(id)) return
    const [oldest] = this.#marked
    if (this.#marked.size >= REMEMBERED && oldest !== undefined) this.#marked.delete(oldest)
    this.#marked.add(id)
    this.#announce(id).catch((error: unknown) => {
      this.#marked.delete(id)
      this.#options.log.error({ err: error, broadcastId: id }, 'followers are told of this broadcast later')
    })
  }

  async #announce(broadcastId: BroadcastId): Promise<void> {
    if (await beginAnnouncement(this.#options.database, broadcastId)) await this.#enqueue(broadcastId)
  }

  #enqueue(broadcastId: BroadcastId): Promise<void> {
    return this.#jobs.add('goLive', { broadcastId }, { id: broadcastId })
  }

  #sweep(): void {
    const { database, log } = this.#options
    const sweep = async () => {
      for (const id of await unannounced(database, new Date(Date.now() - NEWS_MS))) {
        await beginAnnouncement(database, id)
        await this.#enqueue(id)
      }
      await this.#jobs.add('prune', {}, { id: `prune-${Math.floor(Date.now() / 86_400_000)}` })
    }
    sweep().catch((error: unknown) => log.warn({ err: error }, 'looking for followers to tell failed; trying again'))
  }

  /** A batch that is told of again after a crash is recognised by its key: nobody gets a second notification. */
  async #fanOut(broadcastId: BroadcastId, signal: AbortSignal): Promise<void> {
    const { database, follows, notifications, log } = this.#options
    const announcement = await findAnnouncement(database, broadcastId)
    // Of another database (a test's), or done already.
    if (!announcement || announcement.finished) return
    const { channelId, channel, ownerId, title } = announcement
    const began = Date.now()
    let { toldTo, told, running } = announcement
    while (running) {
      signal.throwIfAborted()
      const batch = await follows.audience(ownerId, { after: toldTo, limit: BATCH })
      await notifications.add({ kind: 'live', userIds: batch.map(({ userId }) => userId), actorId: ownerId, channelId, text: title, link: `/c/${channel}`, key: `live-${broadcastId}` })
      toldTo = batch.at(-1)?.mark ?? toldTo
      told += batch.length
      running = batch.length === BATCH
      await noteAnnounced(database, broadcastId, { toldTo, told })
    }
    await noteAnnounced(database, broadcastId, { finishedAt: new Date() })
    log.info({ broadcastId, channel, told, ms: Date.now() - began }, 'followers were told of a broadcast')
  }
}
