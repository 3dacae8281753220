// How much one person, and one network address, may write and like; counted in Redis, by each server for itself while Redis is away.
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { UserId } from '../contract/ids.ts'
import type { Redis } from '../core/openRedis.ts'
import { spend } from '../core/spend.ts'

const WINDOW_SECONDS = 10
/** Hearts by hand: nobody taps faster for long. */
const LIKES_PER_WINDOW = 120
/** People behind one address (a school, a phone network) share it. */
const LIKES_OF_ADDRESS = 20 * LIKES_PER_WINDOW
/** Joining reads the database now and then; a page joins a few times at most. */
const JOINS_PER_SOCKET = 40
/** Each is a line in the room. */
const MODES_PER_SOCKET = 30

export class ChatLimits {
  readonly #ofUser: RateLimiterRedis
  readonly #ofAddress: RateLimiterRedis
  readonly #likes: RateLimiterRedis
  readonly #likesOfAddress: RateLimiterRedis
  readonly #joins = new RateLimiterMemory({ points: JOINS_PER_SOCKET, duration: WINDOW_SECONDS })
  readonly #modes = new RateLimiterMemory({ points: MODES_PER_SOCKET, duration: WINDOW_SECONDS })

  /** @param perUser messages of a user in 10 s; `perAddress` of all from one address */
  constructor({ redis, perUser, perAddress }: { redis: Redis; perUser: number; perAddress: number }) {
    const limiter = (name: string, points: number) =>
      new RateLimiterRedis({
        storeClient: redis,
        keyPrefix: `limit:${name}`,
        points,
        duration: WINDOW_SECONDS,
        rejectIfRedisNotReady: true,
        insuranceLimiter: new RateLimiterMemory({ points, duration: WINDOW_SECONDS }),
      })
    this.#ofUser = limiter('chat-user', perUser)
    this.#ofAddress = limiter('chat-address', perAddress)
    this.#likes = limiter('like', LIKES_PER_WINDOW)
    this.#likesOfAddress = limiter('like-address', LIKES_OF_ADDRESS)
  }

  /** @throws AppError too-many-requests with `retryAfter` */
  async spendMessage(userId: UserId, addressHash: string): Promise<void> {
    await spend(this.#ofUser, userId)
    await spend(this.#ofAddress, addressHash)
  }

  /** @throws AppError too-many-requests with `retryAfter` */
  async spendJoin(socketId: string): Promise<void> {
    await spend(this.#joins, socketId)
  }

  /** @throws AppError too-many-requests with `retryAfter` */
  async spendModes(socketId: string): Promise<void> {
    await spend(this.#modes, socketId)
  }

  /** How many of these likes count: none beyond a person's or an address's share. */
  async grantLikes(who: string, addressHash: string, count: number): Promise<number> {
    const granted = await grant(this.#likes, who, count, LIKES_PER_WINDOW)
    return granted === 0 ? 0 : grant(this.#likesOfAddress, addressHash, granted, LIKES_OF_ADDRESS)
  }
}

async function grant(limiter: RateLimiterRedis, key: string, count: number, points: number): Promise<number> {
  try {
    await limiter.consume(key, count)
    return count
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    return Math.max(0, count - (refusal.consumedPoints - points))
  }
}
