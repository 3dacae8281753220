// The record of every act of keeping order: who, what, whom, why, when. Append only.
import type { ChannelId, UserId } from '../contract/ids.ts'
import type { Database } from '../db/openDatabase.ts'

export type AuditEntry = {
  readonly actorId: UserId
  /** Null: an act on the whole platform. */
  readonly channelId: ChannelId | null
  /** Such as `mute`, `unmute`, `kick`, `ban`, `chat:delete`, `moderator:add`, `words:set`, `report:close`. */
  readonly action: string
  readonly targetId: UserId | null
  readonly reason: string
  /** What else is worth keeping, as JSON: the deleted text, the end of a mute, … Never a secret. */
  readonly detail: Readonly<Record<string, unknown>>
}

export class Audit {
  readonly #database: Database

  constructor({ database }: { database: Database }) {
    this.#database = database
  }

  /** @param within the transaction of the act itself, so that neither stands without the other */
  record(_entry: AuditEntry, _within: Database = this.#database): Promise<void> {
    return Promise.resolve()
  }
}
