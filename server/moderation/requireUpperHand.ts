// Keeps what one keeper laid from being undone by a lower one, and year guards from being muted by any but the host.
import { findUser } from '../accounts/userStore.ts'
import type { User } from '../accounts/userStore.ts'
import type { Channel } from '../channels/channelStore.ts'
import type { GuardTerm } from '../contract/guard.ts'
import type { ChannelId, UserId } from '../contract/ids.ts'
import type { ChannelRole } from '../contract/people.ts'
import { mayMuteGuard, outranks } from '../contract/permissions.ts'
import { AppError } from '../core/AppError.ts'
import type { Database } from '../db/openDatabase.ts'
import { roleIn } from './roleIn.ts'
import { findHolding } from './sanctionStore.ts'
import type { Hold } from './sanctionStore.ts'
import { isModerator } from './standingStore.ts'

type Asked = { readonly channel: Channel; readonly actor: User; readonly target: Pick<User, 'id'>; readonly hold: Hold }

/** Before a sanction is replaced or ended. What was laid by one who has no such role any more protects nobody. @throws AppError forbidden */
export async function requireUpperHand(within: Database, { channel, actor, target, hold }: Asked): Promise<void> {
  const byId = (await findHolding(within, { channelId: channel.id, userId: target.id, hold }))?.byId
  if (!byId || byId === actor.id) return
  const roleOf = async (user: User | undefined) => roleIn(channel, user, user !== undefined && (await isModerator(within, channel.id, user.id)))
  const [laid, acts] = [await roleOf(await findUser(within, { id: byId })), await roleOf(actor)]
  if (outranks(laid, acts)) throw new AppError('forbidden', { message: 'Somebody with a higher role laid what holds here' })
}

/** Who guards whom: what moderation needs of it. */
export type GuardTerms = { of(channelId: ChannelId, userId: UserId): Promise<GuardTerm | null> }

/** Before somebody is muted or may speak again. @throws AppError forbidden: a year guard, whom the host alone (and the platform's staff) may mute */
export async function requireMayMute(guards: GuardTerms, { channel, target, role }: { channel: Channel; target: Pick<User, 'id'>; role: ChannelRole }): Promise<void> {
  if (!mayMuteGuard(role, await guards.of(channel.id, target.id))) throw new AppError('forbidden', { message: 'Only the host may mute a year guard' })
}
