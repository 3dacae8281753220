// Keeps what one keeper laid from being undone by a lower one.
import { findUser } from '../accounts/userStore.ts'
import type { User } from '../accounts/userStore.ts'
import type { Channel } from '../channels/channelStore.ts'
import { outranks } from '../contract/permissions.ts'
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
