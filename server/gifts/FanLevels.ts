// How much of a fan someone is of a host: by coins given and time watched.
import type { FanBadge } from '../contract/gifts.ts'
import type { ChannelId, UserId } from '../contract/ids.ts'

export class FanLevels {
  /** Null: gave nothing and watched nothing yet. Kept for 2 s at most. */
  of(_channelId: ChannelId, _userId: UserId): Promise<FanBadge | null> {
    return Promise.resolve(null)
  }
}
