// How fast one person, and one network address, may send gifts and red packets and claim them; by each server for itself while Redis is away.
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible'
import type { UserId } from '../contract/ids.ts'
import type { Redis } from '../core/openRedis.ts'
import { spend } from '../core/spend.ts'

/** A minute's packets of one user; each takes the room's eye for minutes. */
const PACKETS = { points: 6, duration: 60 }
const CLAIMS = { points: 30, duration: 10 }

export class GiftLimits {
  readonly #ofUser: RateLimiterRedis
  readonly #ofAddress: RateLimiterRedis
  readonly #packets: RateLimiterRedis
  readonly #claims: RateLimiterRedis

  /** @param perUser gifts of a user in a second; `perAddress` of all from one address */
  constructor({ redis, perUser, perAddress }: { redis: Redis; perUser: number; perAddress: number }) {
    const limiter = (name: string, limit: { points: number; duration: number }) =>
      new RateLimiterRedis({ storeClient: redis, keyPrefix: `limit:${name}`, ...limit, rejectIfRedisNotReady: true, insuranceLimiter: new RateLimiterMemory(limit) })
    this.#ofUser = limiter('gift-user', { points: perUser, duration: 1 })
    this.#ofAddress = limiter('gift-address', { points: perAddress, duration: 1 })
    this.#packets = limiter('packet', PACKETS)
    this.#claims = limiter('packet-claim', CLAIMS)
  }

  /** @throws AppError too-many-requests with `retryAfter` */
  async spendGift(userId: UserId, addressHash: string): Promise<void> {
    await Promise.all([spend(this.#ofUser, userId), spend(this.#ofAddress, addressHash)])
  }

  /** @throws AppError too-many-requests with `retryAfter` */
  async spendPacket(userId: UserId): Promise<void> {
    await spend(this.#packets, userId)
  }

  /** @throws AppError too-many-requests with `retryAfter` */
  async spendClaim(userId: UserId): Promise<void> {
    await spend(this.#claims, userId)
  }
}
