// Who somebody is to the whole platform, apart from any channel.
import type { MeView } from '../../../server/contract/http.ts'
import type { ChannelRole } from '../../../server/contract/people.ts'

export function staffRole(me: MeView | null): ChannelRole {
  if (me === null || me.user === null) return 'visitor'
  return me.user.role === 'user' ? 'viewer' : me.user.role
}
