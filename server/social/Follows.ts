// Who follows whom; friends are mutual follows.
import { EventEmitter } from 'node:events'
import type { UserId } from '../contract/ids.ts'
import type { Database } from '../db/openDatabase.ts'

export class Follows extends EventEmitter<{ followed: [{ followerId: UserId; followedId: UserId }] }> {
  readonly #database: Database

  constructor({ database }: { database: Database }) {
    super()
    this.#database = database
  }

  /** Since when the one follows the other; null: not at all. */
  since(_followerId: UserId, _followedId: UserId): Promise<Date | null> {
    return Promise.resolve(this.#database === undefined ? new Date() : null)
  }
}
