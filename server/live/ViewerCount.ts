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
  readonly #counts = new Map<ChannelId, number>()
  readonly #timers: NodeJS.Timeout[]

  constructor({ redis, log }: { redis: Redis; log: Logger }) {
    super()
    this.#redis = redis
    this.#log = log
    this.#timers = [setInterval(() => void this.#guard(() => this.#count()), TICK_MS), setInterval(() => void this.#guard(() => this.#keep()), KEEP_MS)]
    for (const timer of this.#timers) timer.unref()
  }

  /** Takes a seat for as long as it is not released. */
  take(channelId: ChannelId, mode: ViewerMode): Seat {
    const seat: LocalSeat = { channelId, member: newId(), mode }
    this.#seats.add(seat)
    this.touch(channelId, seat.member, SEAT_MS)
    return {
      change: (next) => (seat.mode = next),
      release: () => {
        if (this.#seats.delete(seat)) void this.#guard(() => this.#redis.zrem(keyOf(channelId), seat.member))
      },
    }
  }

  /** A viewer without a connection (an HLS player) was heard of. */
  touch(channelId: ChannelId, member: string, forMs: number): void {
    if (!this.#counts.has(channelId)) this.#counts.set(channelId, 0)
    void this.#guard(() => this.#redis.zadd(keyOf(channelId), Date.now() + forMs, member))
  }

  /** As last counted, at most a second old. */
  of(channelId: ChannelId): number {
    return this.#counts.get(channelId) ?? 0
  }

  /** Seats of this server, by mode. */
  byMode(): Record<ViewerMode, number> {
    const modes = { webrtc: 0, hls: 0, whep: 0, flv: 0 }
    for (const seat of this.#seats) modes[seat.mode] += 1
    return modes
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer)
  }

  async #count(): Promise<void> {
    for (const [channelId, former] of this.#counts) {
      const key = keyOf(channelId)
      await this.#redis.zremrangebyscore(key, '-inf', Date.now())
      const viewers = await this.#redis.zcard(key)
      if (viewers === former) continue
      if (viewers === 0) this.#counts.delete(channelId)
      else this.#counts.set(channelId, viewers)
      this.emit('counted', { channelId, viewers })
    }
  }

  async #keep(): Promise<void> {
    const until = Date.now() + SEAT_MS
    const pipeline = this.#redis.pipeline()
    for (const seat of this.#seats) pipeline.zadd(keyOf(seat.channelId), until, seat.member)
    await pipeline.exec()
  }

  async #guard(step: () => Promise<unknown>): Promise<void> {
    try {
      await step()
    } catch (error) {
      this.#log.warn({ err: error }, 'viewers could not be counted')
    }
  }
}
