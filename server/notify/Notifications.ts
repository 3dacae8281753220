// What happened that a user should hear of: kept, counted as unread, and told at once where the user is.
import type { ChannelId, UserId } from '../contract/ids.ts'
import type { Database } from '../db/openDatabase.ts'

export type NotificationKind = 'live' | 'mentioned' | 'followed' | 'reminder' | 'moderator' | 'report-closed'

export type NewNotification = {
  readonly kind: NotificationKind
  readonly userIds: readonly UserId[]
  readonly actorId: UserId | null
  readonly channelId: ChannelId | null
  /** What a page shows besides: the text of a mention, a broadcast's title, … */
  readonly text: string
  /** A path of this platform that it leads to. */
  readonly link: string
  /** The same key is kept once a user, however often it is added. */
  readonly key?: string
}

export class Notifications {
  readonly #database: Database

  constructor({ database }: { database: Database }) {
    this.#database = database
  }

  async add(_notification: NewNotification): Promise<void> {
    await Promise.resolve(this.#database)
  }
}
