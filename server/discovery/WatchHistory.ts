// What a browser or user watched lately, for recommending more of the kind: a hint in Redis that may be lost, and goes by itself.
import type { Redis } from '../core/openRedis.ts'

const KEPT = 50
const EXPIRES_SECONDS = 30 * 86_400
const keyOf = (who: string) => `watched:${who}`

export class WatchHistory {
  readonly #redis: Redis

  constructor({ redis }: { redis: Redis }) {
    this.#redis = redis
  }

  /** @param who a user's id, or a visitor's */
  async note(who: string, channel: string): Promise<void> {
    await this.#redis
      .pipeline()
      .zadd(keyOf(who), Date.now(), channel)
      .zremrangebyrank(keyOf(who), 0, -KEPT - 1)
      .expire(keyOf(who), EXPIRES_SECONDS)
      .exec()
  }

  /** Forgets a deleted account. */
  async erase(userId: string): Promise<void> {
    await this.#redis.del(keyOf(userId))
  }

  /** Names of channels, the latest first. */
  lately(who: string): Promise<string[]> {
    return this.#redis.zrevrange(keyOf(who), 0, KEPT - 1)
  }
}
