// Tells a room when the top three of its show changed, at most once a second.
import { findChannel } from '../channels/channelStore.ts'
import type { BroadcastId, ChannelId } from '../contract/ids.ts'
import type { Logger } from '../core/logger.ts'
import type { Database } from '../db/openDatabase.ts'
import { channelRoom } from '../live/rooms.ts'
import type { FootlightServer } from '../realtime/answer.ts'
import type { Rankings } from './Rankings.ts'

const PAUSE_MS = 1000
/** Rooms whose last top three is remembered. */
const REMEMBERED = 2000

export type TopThreeOptions = { readonly database: Database; readonly sockets: FootlightServer; readonly rankings: Rankings; readonly log: Logger }

export class TopThree {
  readonly #options: TopThreeOptions
  readonly #told = new Map<ChannelId, string>()
  readonly #waiting = new Map<ChannelId, { broadcastId: BroadcastId; readonly timer: NodeJS.Timeout }>()
  readonly #toldAt = new Map<ChannelId, number>()

  constructor(options: TopThreeOptions) {
    this.#options = options
  }

  /** Its sums changed. */
  look(channelId: ChannelId, broadcastId: BroadcastId): void {
    const waiting = this.#waiting.get(channelId)
    if (waiting) return void (waiting.broadcastId = broadcastId)
    const due = Math.max(0, (this.#toldAt.get(channelId) ?? 0) + PAUSE_MS - Date.now())
    this.#waiting.set(channelId, { broadcastId, timer: setTimeout(() => void this.#tell(channelId), due).unref() })
  }

  close(): void {
    for (const { timer } of this.#waiting.values()) clearTimeout(timer)
    this.#waiting.clear()
  }

  async #tell(channelId: ChannelId): Promise<void> {
    const { database, sockets, rankings, log } = this.#options
    const broadcastId = this.#waiting.get(channelId)?.broadcastId
    this.#waiting.delete(channelId)
    if (!broadcastId) return
    try {
      const [channel, top] = await Promise.all([findChannel(database, { id: channelId }), rankings.topThree(channelId, broadcastId)])
      const text = JSON.stringify(top)
      if (!channel || this.#told.get(channelId) === text) return
      if (this.#told.size >= REMEMBERED) this.#forget()
      this.#told.set(channelId, text)
      this.#toldAt.set(channelId, Date.now())
      sockets.to(channelRoom(channelId)).emit('gift:top-changed', { channel: channel.name, top })
    } catch (error) {
      log.warn({ err: error, channelId }, 'the top three of a show could not be told')
    }
  }

  #forget(): void {
    this.#told.clear()
    this.#toldAt.clear()
  }
}
