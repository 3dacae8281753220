// A stream key outlives the lock of its owner's account: whoever goes live is asked for more than the key.
import { findUser } from '../accounts/userStore.ts'
import type { Channel } from '../channels/channelStore.ts'
import { AppError } from '../core/AppError.ts'
import type { Database } from '../db/openDatabase.ts'

/** @throws AppError account-disabled */
export async function requireOpenAccount(database: Database, channel: Channel): Promise<void> {
  const owner = await findUser(database, { id: channel.ownerId })
  if (!owner || owner.disabled) throw new AppError('account-disabled', { message: 'The account of this channel is disabled' })
}
