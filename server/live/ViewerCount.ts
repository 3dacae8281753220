// How many people watch a channel, all protocols and servers together: seats in Redis that expire unless they are kept.
import { EventEmitter } from 'node:events'
import type { ChannelId } from '../contract/ids.ts'
import { newId } from '../core/newId.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'

export type ViewerMode = 'webrtc' | 'hls' | 'whep' | 'flv'
export type Seat = { change(mode: ViewerMode): void; release(): void }

const SEAT_MS = 15_000
const KEEP_MS = 5000
const TICK_MS = 1000
const keyOf = (channelId: ChannelId) => `viewers:${channelId}`

type LocalSeat = { readonly channelId: ChannelId; readonly member: string; mode: ViewerMode }

export class ViewerCount extends EventEmitter<{ counted: [{ channelId: ChannelId; viewers: number }] }> {
  readonly #redis: Redis
  readonly #log: Logger
  readonly #seats = new Set<LocalSeat>()
  /** HLS players outside our pages, and until when each counts. */
  readonly #players = new Map<string, number>()
  readonly #counts = new Map<ChannelId, number>()
  readonly #timers: NodeJS.Timeout[]

  constructor({ redis, log }: { redis: Redis; log: Logger }) {
    super()
    this.#redis = redis
    this.#log = log
    this.#timers = [this.#every(TICK_MS, () => this.#count()), this.#every(KEEP_MS, () => this.#keep())]
  }

  /** Takes a seat for as long as it is not released. */
  take(channelId: ChannelId, mode: ViewerMode): Seat {
    const seat: LocalSeat = { channelId, member: newId(), mode }
    this.#seats.add(seat)
    this.#note(channelId, seat.member, SEAT_MS)
    return {
      change: (next) => (seat.mode = next),
      release: () => {
        if (this.#seats.delete(seat)) void this.#guard(() => this.#redis.zrem(keyOf(channelId), seat.member))
      },
    }
  }

  /** A viewer without a connection (an HLS player outside our pages) was heard of, by an id that stands for it. */
  touch(channelId: ChannelId, viewerId: string, forMs: number): void {
    this.#players.set(`${channelId} ${viewerId}`, Date.now() + forMs)
    this.#note(channelId, viewerId, forMs)
  }

  /** As last counted, at most a second old. */
  of(channelId: ChannelId): number {
    return this.#counts.get(channelId) ?? 0
  }

  /** Viewers that this server serves, by mode. */
  byMode(): Record<ViewerMode, number> {
    const modes = { webrtc: 0, hls: this.#players.size, whep: 0, flv: 0 }
    for (const seat of this.#seats) modes[seat.mode] += 1
    return modes
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer)
  }

  #note(channelId: ChannelId, member: string, forMs: number): void {
    if (!this.#counts.has(channelId)) this.#counts.set(channelId, 0)
    void this.#guard(() => this.#redis.zadd(keyOf(channelId), Date.now() + forMs, member))
  }

  async #count(): Promise<void> {
    const now = Date.now()
    for (const [player, until] of this.#players) if (until < now) this.#players.delete(player)
    for (const [channelId, former] of this.#counts) {
      const key = keyOf(channelId)
      await this.#redis.zremrangebyscore(key, '-inf', now)
      const viewers = await this.#redis.zcard(key)
      this.#counts.set(channelId, viewers)
      if (viewers !== former) this.emit('counted', { channelId, viewers })
    }
  }

  async #keep(): Promise<void> {
    const until = Date.now() + SEAT_MS
    const pipeline = this.#redis.pipeline()
    const seated = new Set<ChannelId>()
    for (const seat of this.#seats) {
      seated.add(seat.channelId)
      pipeline.zadd(keyOf(seat.channelId), until, seat.member)
    }
    await pipeline.exec()
    for (const [channelId, viewers] of this.#counts) if (viewers === 0 && !seated.has(channelId)) this.#counts.delete(channelId)
  }

  /** Repeats a step, skipping a turn while the former still runs. */
  #every(ms: number, step: () => Promise<void>): NodeJS.Timeout {
    let running = false
    return setInterval(() => {
      if (running) return
      running = true
      void this.#guard(step).finally(() => (running = false))
    }, ms).unref()
  }

  async #guard(step: () => Promise<unknown>): Promise<void> {
    try {
      await step()
    } catch (error) {
      this.#log.warn({ err: error }, 'viewers could not be counted')
    }
  }
}
