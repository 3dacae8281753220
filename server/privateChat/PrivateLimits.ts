// Bounds how fast one user, and one address, may write in private.
import { RateLimiterRedis } from 'rate-limiter-flexible'
import type { UserId } from '../contract/ids.ts'
import type { Redis } from '../core/openRedis.ts'
import { spend } from '../core/spend.ts'

/** Several people may share an address. */
const SENDS = { points: 20, duration: 10 }
const SENDS_OF_ADDRESS = { points: 80, duration: 10 }
/** First messages to people one has no conversation with. */
const BEGINNINGS = { points: 20, duration: 3600 }
const BEGINNINGS_OF_ADDRESS = { points: 60, duration: 3600 }
const IMAGES = { points: 30, duration: 600 }
const IMAGES_OF_ADDRESS = { points: 90, duration: 600 }
const SEARCHES = { points: 30, duration: 30 }

export class PrivateLimits {
  readonly #limiter: Readonly<Record<'send' | 'sendOfAddress' | 'begin' | 'beginOfAddress' | 'image' | 'imageOfAddress' | 'search', RateLimiterRedis>>

  constructor({ redis }: { redis: Redis }) {
    const limiter = (name: string, limit: { points: number; duration: number }) => new RateLimiterRedis({ storeClient: redis, keyPrefix: `limit:private-${name}`, ...limit })
    this.#limiter = {
      send: limiter('send', SENDS),
      sendOfAddress: limiter('send-address', SENDS_OF_ADDRESS),
      begin: limiter('begin', BEGINNINGS),
      beginOfAddress: limiter('begin-address', BEGINNINGS_OF_ADDRESS),
      image: limiter('image', IMAGES),
      imageOfAddress: limiter('image-address', IMAGES_OF_ADDRESS),
      search: limiter('search', SEARCHES),
    }
  }

  /** @throws AppError too-many-requests */
  async spendSend(userId: UserId, addressHash: string): Promise<void> {
    await spend(this.#limiter.send, userId)
    await spend(this.#limiter.sendOfAddress, addressHash)
  }

  /** @throws AppError too-many-requests */
  async spendBeginning(userId: UserId, addressHash: string): Promise<void> {
    await spend(this.#limiter.begin, userId)
    await spend(this.#limiter.beginOfAddress, addressHash)
  }

  /** @throws AppError too-many-requests */
  async spendImage(userId: UserId, address: string): Promise<void> {
    await spend(this.#limiter.image, userId)
    await spend(this.#limiter.imageOfAddress, address)
  }

  /** @throws AppError too-many-requests */
  async spendSearch(userId: UserId): Promise<void> {
    await spend(this.#limiter.search, userId)
  }
}
