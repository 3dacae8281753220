// One who receives a channel's media, as counting and keeping order see them.
import type { User } from '../accounts/userStore.ts'
import type { Visitor } from '../accounts/Visitors.ts'
import { isBrowser } from '../moderation/ChannelStanding.ts'
import type { Subject } from '../realtime/Bus.ts'

export type Who = Visitor & { readonly user: User | undefined }

/** What a person counts as: the account, else the browser, else (a player without cookies) the address. */
export const subjectOf = ({ user, visitorId }: Who): string => (user ? `u:${user.id}` : `v:${visitorId}`)

/** Whether a sanction's subject is this one: the account, the browser it was used from, or an anonymous visitor from its address. */
export function concerns({ userId, visitorId, addressHash }: Subject, who: Who): boolean {
  if (userId !== null && who.user?.id === userId) return true
  if (visitorId !== null && isBrowser(who) && who.visitorId === visitorId) return true
  return addressHash !== null && who.user === undefined && who.addressHash === addressHash
}
