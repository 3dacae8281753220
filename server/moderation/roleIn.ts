// What someone is in a channel: the one place that turns account, ownership and appointment into a role.
import type { User } from '../accounts/userStore.ts'
import type { Channel } from '../channels/channelStore.ts'
import type { ChannelRole } from '../contract/people.ts'

/** Staff are staff everywhere; an owner is host; then come appointed moderators. */
export function roleIn(channel: Pick<Channel, 'ownerId'>, user: Pick<User, 'id' | 'role'> | undefined, isModerator: boolean): ChannelRole {
  if (!user) return 'visitor'
  if (user.role !== 'user') return user.role
  if (user.id === channel.ownerId) return 'host'
  return isModerator ? 'moderator' : 'viewer'
}
