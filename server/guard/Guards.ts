// Who guards whom now.
import type { GuardTerm } from '../contract/guard.ts'
import type { ChannelId, UserId } from '../contract/ids.ts'

export class Guards {
  /** The longest term a user guards the channel for now; null: no guard. Kept for 2 s at most. */
  of(_channelId: ChannelId, _userId: UserId): Promise<GuardTerm | null> {
    return Promise.resolve(null)
  }
}
