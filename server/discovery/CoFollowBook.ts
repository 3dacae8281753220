// Keeps what following says about a user's taste for some minutes: finding it reads the followers of everybody they follow.
import type { UserId } from '../contract/ids.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Database } from '../db/openDatabase.ts'
import { coFollows } from './followGraph.ts'
import type { CoFollow } from './followGraph.ts'

const KEEP_SECONDS = 300
const keyOf = (userId: UserId) => `co-follows:${userId}`

export class CoFollowBook {
  readonly #database: Database
  readonly #redis: Redis
  readonly #log: Logger

  constructor({ database, redis, log }: { database: Database; redis: Redis; log: Logger }) {
    this.#database = database
    this.#redis = redis
    this.#log = log
  }

  /** As coFollows, at most five minutes old; nobody followed meanwhile is among them, and who follows others now is looked up anew. */
  async of({ userId, followed, limit }: { userId: UserId; followed: readonly UserId[]; limit: number }): Promise<CoFollow[]> {
    if (followed.length === 0) return []
    const newest = `${followed.length}.${followed[0]}.${limit}`
    const kept = await this.#redis.get(keyOf(userId)).catch((error: unknown) => void this.#log.debug({ err: error }, 'kept co-follows are out of reach'))
    const known = kept ? (JSON.parse(kept) as { newest: string; found: CoFollow[] }) : undefined
    if (known?.newest === newest) return known.found
    const found = await coFollows(this.#database, { userId, followed, limit })
    await this.#redis.set(keyOf(userId), JSON.stringify({ newest, found }), 'EX', KEEP_SECONDS).catch((error: unknown) => this.#log.debug({ err: error }, 'co-follows could not be kept'))
    return found
  }
}
