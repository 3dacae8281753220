// Hearts: counted in Redis for each broadcast (for the channel while it is off air), kept in MySQL, told to the room twice a second.
import type { Channel } from '../channels/channelStore.ts'
import type { ChannelId } from '../contract/ids.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Database } from '../db/openDatabase.ts'
import type { FootlightServer } from '../realtime/answer.ts'
import type { Bus } from '../realtime/Bus.ts'
import type { Callers } from './Callers.ts'
import { chatRoom } from './chatRooms.ts'
import type { Members } from './Members.ts'

/** A room hears of likes so often at most. */
const TELL_MS = 500
/** Likes of this server gather so long before others are told. */
const GATHER_MS = 200
const FLUSH_MS = 2000
/** Counters outlive a long show; what counts after that is in MySQL. */
const KEEP_SECONDS = 7 * 86_400
/** Totals remembered by this server, as the floor below which none may fall. */
const REMEMBERED = 5000

/** Adds to a counter that is never below the floor: a Redis that came back empty or old goes on from what was told. */
const ADD = `
local total = tonumber(redis.call('GET', KEYS[1]) or '-1')
local floor = tonumber(ARGV[2])
if total < 0 and floor < 0 then return -1 end
if total < floor then total = floor end
total = total + tonumber(ARGV[1])
redis.call('SET', KEYS[1], total, 'EX', ARGV[3])
return total`

type Gathering = { added: number; timer: NodeJS.Timeout | undefined; at: number }
export type LikesDeps = { readonly database: Database; readonly redis: Redis; readonly bus: Bus; readonly sockets: FootlightServer; readonly callers: Callers; readonly members: Members; readonly log: Logger }

export class Likes {
  readonly #deps: LikesDeps
  /** The highest total this server knows of each subject. */
  readonly #floors = new Map<string, number>()
  readonly #dirty = new Map<string, ChannelId>()
  readonly #own = new Map<ChannelId, Gathering>()
  readonly #rooms = new Map<ChannelId, Gathering>()
  readonly #flushing: NodeJS.Timeout

  constructor(deps: LikesDeps) {
    this.#deps = deps
    deps.bus.on('chat-liked', this.#onLiked)
    this.#flushing = setInterval(() => void this.#guard(() => this.#flush()), FLUSH_MS).unref()
  }

  /** @returns the total with these */
  async add(channel: Channel, count: number): Promise<number> {
    if (count === 0) return this.totalOf(channel.id)
    const subject = await this.#subjectOf(channel.id)
    const total = await this.#count(subject, count)
    this.#dirty.set(subject, channel.id)
    this.#gather(this.#own, channel.id, count, GATHER_MS, (added) => this.#deps.bus.tell('chat-liked', { channelId: channel.id, added }))
    return total
  }

  /** Likes of the running broadcast, or of the channel while it is off air. */
  async totalOf(channelId: ChannelId): Promise<number> {
    const subject = await this.#subjectOf(channelId)
    return this.#count(subject, 0)
  }

  async close(): Promise<void> {
    clearInterval(this.#flushing)
    this.#deps.bus.off('chat-liked', this.#onLiked)
    for (const { timer } of [...this.#own.values(), ...this.#rooms.values()]) clearTimeout(timer)
    await this.#guard(() => this.#flush())
  }

  readonly #onLiked = ({ channelId, added }: { channelId: ChannelId; added: number }): void => {
    if (!this.#deps.members.has(channelId)) return
    this.#gather(this.#rooms, channelId, added, TELL_MS, (sum) => void this.#guard(() => this.#tell(channelId, sum)))
  }

  async #tell(channelId: ChannelId, added: number): Promise<void> {
    const total = await this.totalOf(channelId)
    const channel = this.#deps.members.nameOf(channelId)
    if (channel) this.#deps.sockets.local.to(chatRoom(channelId)).emit('chat:liked', { channel, added, total })
  }

  async #subjectOf(channelId: ChannelId): Promise<string> {
    return (await this.#deps.callers.broadcastOf(channelId))?.id ?? channelId
  }

  async #count(subject: string, count: number): Promise<number> {
    const counted = await this.#eval(subject, count, this.#floors.get(subject) ?? -1)
    const total = counted >= 0 ? counted : await this.#eval(subject, count, await this.#stored(subject))
    return this.#raise(subject, total)
  }

  async #eval(subject: string, count: number, floor: number): Promise<number> {
    return Number(await this.#deps.redis.eval(ADD, 1, `likes:${subject}`, count, floor, KEEP_SECONDS))
  }

  async #stored(subject: string): Promise<number> {
    const row = (await this.#deps.database('chat_likes').where({ subject_id: subject }).first('total')) as { total: string | number } | undefined
    return Number(row?.total ?? 0)
  }

  #raise(subject: string, total: number): number {
    const known = this.#floors.get(subject) ?? 0
    this.#floors.delete(subject)
    this.#floors.set(subject, Math.max(known, total))
    const [oldest] = this.#floors.keys()
    if (this.#floors.size > REMEMBERED && oldest !== undefined && !this.#dirty.has(oldest)) this.#floors.delete(oldest)
    return Math.max(known, total)
  }

  /** Totals only rise, whichever server writes last. */
  async #flush(): Promise<void> {
    for (const [subject, channelId] of [...this.#dirty]) {
      const total = this.#floors.get(subject) ?? 0
      this.#dirty.delete(subject)
      try {
        await this.#deps.database.raw('INSERT INTO chat_likes (subject_id, channel_id, total) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE total = GREATEST(total, ?)', [subject, channelId, total, total])
      } catch (error) {
        this.#dirty.set(subject, channelId)
        throw error
      }
    }
  }

  /** Adds up what comes; hands it on at once after a quiet time, else when the time is over. */
  #gather(gatherings: Map<ChannelId, Gathering>, channelId: ChannelId, added: number, everyMs: number, hand: (sum: number) => void): void {
    const gathering = gatherings.get(channelId) ?? { added: 0, timer: undefined, at: 0 }
    gatherings.set(channelId, gathering)
    gathering.added += added
    gathering.timer ??= setTimeout(() => {
      const sum = gathering.added
      Object.assign(gathering, { added: 0, timer: undefined, at: Date.now() })
      if (gatherings.size > REMEMBERED) gatherings.delete(channelId)
      hand(sum)
    }, Math.max(0, gathering.at + everyMs - Date.now()))
  }

  async #guard(step: () => Promise<void>): Promise<void> {
    try {
      await step()
    } catch (error) {
      this.#deps.log.warn({ err: error }, 'likes could not be counted')
    }
  }
}
