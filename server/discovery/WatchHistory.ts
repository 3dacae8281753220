// What a browser or user watched lately, for recommending more of the kind: a hint in Redis that may be lost, and goes by itself.
import { createHash } from 'node:crypto'
import type { UserId } from '../contract/ids.ts'
import type { Redis } from '../core/openRedis.ts'

const KEPT = 50
const USER_SECONDS = 30 * 86_400
/** Anybody may come with any number of browsers. */
const VISITOR_SECONDS = 86_400

export type Watcher = { readonly userId: UserId } | { readonly visitorId: string }
/** A visitor's cookie is whatever was sent: its hash is of one length. */
const keyOf = (who: Watcher) => `watched:${'userId' in who ? who.userId : createHash('sha256').update(who.visitorId).digest('base64url')}`

export class WatchHistory {
  readonly #redis: Redis

  constructor({ redis }: { redis: Redis }) {
    this.#redis = redis
  }

  /** @param channel the name of one that is there */
  async note(who: Watcher, channel: string): Promise<void> {
    await this.#redis
      .pipeline()
      .zadd(keyOf(who), Date.now(), channel)
      .zremrangebyrank(keyOf(who), 0, -KEPT - 1)
      .expire(keyOf(who), 'userId' in who ? USER_SECONDS : VISITOR_SECONDS)
      .exec()
  }

  /** Forgets a deleted account. */
  async erase(who: Watcher): Promise<void> {
    await this.#redis.del(keyOf(who))
  }

  /** Names of channels, the latest first. */
  lately(who: Watcher): Promise<string[]> {
    return this.#redis.zrevrange(keyOf(who), 0, KEPT - 1)
  }
}
