// Remembers, for all servers, when each user may write again and what was written lately.
import { createHash } from 'node:crypto'
import { AppError } from '../core/AppError.ts'
import type { ChannelId, UserId } from '../contract/ids.ts'
import type { Redis } from '../core/openRedis.ts'
import { likenessOf } from './likenessOf.ts'

/** How long a message may not be repeated where messages must differ. */
const UNIQUE_SECONDS = 5 * 60

/** Deletes a key whose value is still the given one. */
const DELETE_OWN = "return redis.call('get', KEYS[1]) == ARGV[1] and redis.call('del', KEYS[1]) or 0"

export type Turn = { readonly channelId: ChannelId; readonly userId: UserId; /** The request's own id: asking again is no second message. */ readonly clientId: string }

export class Pace {
  readonly #redis: Redis

  constructor({ redis }: { redis: Redis }) {
    this.#redis = redis
  }

  /** Epoch ms from which the user may write again; 0: at once. */
  async nextAt(channelId: ChannelId, userId: UserId): Promise<number> {
    const leftMs = await this.#redis.pttl(slowKey(channelId, userId))
    return leftMs > 0 ? Date.now() + leftMs : 0
  }

  /** Takes the user's turn in slow mode. @returns epoch ms of the next one. @throws AppError slow-mode with `retryAfter` */
  async takeTurn({ channelId, userId, clientId }: Turn, seconds: number): Promise<number> {
    const key = slowKey(channelId, userId)
    const taken = await this.#redis.set(key, clientId, 'EX', seconds, 'NX')
    if (taken === 'OK') return Date.now() + seconds * 1000
    const [holder, leftMs] = await Promise.all([this.#redis.get(key), this.#redis.pttl(key)])
    // Slow mode may have been shortened meanwhile.
    const waitMs = Math.min(Math.max(0, leftMs), seconds * 1000)
    if (holder === clientId || waitMs === 0) return Date.now() + waitMs
    throw new AppError('slow-mode', { retryAfter: Math.ceil(waitMs / 1000), message: `Slow mode: wait ${Math.ceil(waitMs / 1000)} s before the next message` })
  }

  /** Forgets the turn and the text of a message that was not said; what another message holds stays. */
  async giveBack({ channelId, userId, clientId }: Turn, text: string): Promise<void> {
    await Promise.all([
      this.#redis.eval(DELETE_OWN, 1, slowKey(channelId, userId), clientId),
      this.#redis.eval(DELETE_OWN, 1, uniqueKey(channelId, text), `${userId} ${clientId}`),
    ])
  }

  /** @throws AppError message-repeated when the same was written in the last minutes, by whomever */
  async requireNew({ channelId, userId, clientId }: Turn, text: string): Promise<void> {
    const mine = `${userId} ${clientId}`
    const key = uniqueKey(channelId, text)
    const taken = await this.#redis.set(key, mine, 'EX', UNIQUE_SECONDS, 'NX')
    if (taken !== 'OK' && (await this.#redis.get(key)) !== mine) throw new AppError('message-repeated', { message: 'The same was written a moment ago: write something else' })
  }
}

const slowKey = (channelId: ChannelId, userId: UserId) => `chat-slow:${channelId}:${userId}`
const uniqueKey = (channelId: ChannelId, text: string) => `chat-said:${channelId}:${createHash('sha256').update(likenessOf(text)).digest('base64url').slice(0, 22)}`
