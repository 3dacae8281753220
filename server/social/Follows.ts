// Who follows whom; friends are mutual follows. Each change and its counts are one transaction.
import { EventEmitter } from 'node:events'
import type { UserId } from '../contract/ids.ts'
import { AppError } from '../core/AppError.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import { isBlockedBetween } from './blockStore.ts'
import { addFollow, countsOf, ensureCounts, eraseFollows, lockPair, removeFollow } from './followStore.ts'
import type { FollowCounts, Pair } from './followStore.ts'

/** Whoever follows, unfollows and follows again is news once in this time. */
const NEWS_SECONDS = 86_400

/** A follower who wants to hear of broadcasts; `mark` grows along the list. */
export type Listener = { readonly userId: UserId; readonly mark: string }

export class Follows extends EventEmitter<{ followed: [Pair] }> {
  readonly #database: Database
  readonly #redis: Redis
  readonly #log: Logger

  constructor({ database, redis, log }: { database: Database; redis: Redis; log: Logger }) {
    super()
    this.#database = database
    this.#redis = redis
    this.#log = log
  }

  /** Since when the one follows the other; null: not at all. */
  async since(followerId: UserId, followedId: UserId): Promise<Date | null> {
    const row = (await this.#database('follows').where({ follower_id: followerId, followed_id: followedId }).first('since')) as { since: Date } | undefined
    return row?.since ?? null
  }

  counts(userId: UserId): Promise<FollowCounts> {
    return countsOf(this.#database, userId)
  }

  /**
   * Emits `followed` on a real change, once a day for the same two.
   * @returns whether it is new. @throws AppError bad-request (oneself), blocked (by either)
   */
  async follow(pair: Pair): Promise<boolean> {
    const { followerId, followedId } = pair
    if (followerId === followedId) throw new AppError('bad-request', { message: 'Nobody can follow themselves' })
    await ensureCounts(this.#database, [followerId, followedId])
    const isNew = await transact(this.#database, async (transaction) => {
      await lockPair(transaction, followerId, followedId)
      if (await isBlockedBetween(transaction, followerId, followedId)) throw new AppError('blocked', { message: 'You cannot follow this person' })
      return addFollow(transaction, pair)
    })
    if (isNew && (await this.#isNews(pair))) this.emit('followed', pair)
    return isNew
  }

  /** @returns whether there was something to end */
  async unfollow(pair: Pair): Promise<boolean> {
    return transact(this.#database, async (transaction) => {
      await lockPair(transaction, pair.followerId, pair.followedId)
      return removeFollow(transaction, pair)
    })
  }

  /** Whether the follower hears of the other's broadcasts; nothing happens where there is no follow. */
  async setLiveNotices({ followerId, followedId }: Pair, wanted: boolean): Promise<void> {
    await this.#database('follows').where({ follower_id: followerId, followed_id: followedId }).update({ live_notices: wanted })
  }

  /** The next followers who want to hear of someone's broadcasts, oldest first. @param after a `mark`, `0` for the first */
  async audience(followedId: UserId, { after, limit }: { after: string; limit: number }): Promise<Listener[]> {
    const rows = (await this.#database('follows')
      .where({ followed_id: followedId, live_notices: true })
      .where('id', '>', after)
      .orderBy('id')
      .limit(limit)
      .select('id', 'follower_id')) as Array<{ id: string | number; follower_id: UserId }>
    return rows.map(({ id, follower_id }) => ({ userId: follower_id, mark: String(id) }))
  }

  /** A deleted account follows nobody, nor is it followed. */
  erase(userId: UserId): Promise<void> {
    return transact(this.#database, (transaction) => eraseFollows(transaction, userId))
  }

  async #isNews({ followerId, followedId }: Pair): Promise<boolean> {
    try {
      return (await this.#redis.set(`followed:${followerId}:${followedId}`, '1', 'EX', NEWS_SECONDS, 'NX')) === 'OK'
    } catch (error) {
      this.#log.warn({ err: error }, 'a new follower may be told of twice')
      return true
    }
  }
}
