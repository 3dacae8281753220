// Whom a user does not want to hear from.
import type { UserId } from '../contract/ids.ts'
import { AppError } from '../core/AppError.ts'
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import { blockedBy, blockersAmong, deleteBlock, eraseBlocks, insertBlock, isBlocked, isBlockedBetween } from './blockStore.ts'
import { ensureCounts, lockPair, removeFollow } from './followStore.ts'

export class Blocks {
  readonly #database: Database

  constructor({ database }: { database: Database }) {
    this.#database = database
  }

  /** Whether either has blocked the other. */
  between(one: UserId, other: UserId): Promise<boolean> {
    return isBlockedBetween(this.#database, one, other)
  }

  /** Whether the first has blocked the second. */
  has(blockerId: UserId, blockedId: UserId): Promise<boolean> {
    return isBlocked(this.#database, blockerId, blockedId)
  }

  /** Whom the user has blocked: the newest thousand. */
  async blockedBy(blockerId: UserId): Promise<Set<UserId>> {
    return new Set(await blockedBy(this.#database, blockerId))
  }

  /** Those among `ids` who have blocked the user. */
  blockersAmong(blockedId: UserId, ids: readonly UserId[]): Promise<UserId[]> {
    return blockersAmong(this.#database, blockedId, ids)
  }

  /** Ends the follows between the two as well. @throws AppError bad-request (oneself) */
  async block({ blockerId, blockedId }: { blockerId: UserId; blockedId: UserId }): Promise<void> {
    if (blockerId === blockedId) throw new AppError('bad-request', { message: 'Nobody can block themselves' })
    await ensureCounts(this.#database, [blockerId, blockedId])
    await transact(this.#database, async (transaction) => {
      await lockPair(transaction, blockerId, blockedId)
      await insertBlock(transaction, blockerId, blockedId)
      await removeFollow(transaction, { followerId: blockerId, followedId: blockedId })
      await removeFollow(transaction, { followerId: blockedId, followedId: blockerId })
    })
  }

  async unblock({ blockerId, blockedId }: { blockerId: UserId; blockedId: UserId }): Promise<void> {
    await deleteBlock(this.#database, blockerId, blockedId)
  }

  erase(userId: UserId): Promise<void> {
    return eraseBlocks(this.#database, userId)
  }
}
