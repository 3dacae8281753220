// When an account is deleted, its words leave the chat: from the database and from every page.
import type { Accounts } from '../accounts/Accounts.ts'
import { findChannel } from '../channels/channelStore.ts'
import type { ChannelId, UserId } from '../contract/ids.ts'
import type { Database } from '../db/openDatabase.ts'
import { eraseAuthor } from './chatStore.ts'
import type { FanOut } from './FanOut.ts'

/** The deletion waits for it, and comes again when it fails. @returns how to stop listening */
export function eraseMessages({ accounts, database, fanOut }: { accounts: Accounts; database: Database; fanOut: FanOut }): () => void {
  const erase = async ({ userId }: { userId: UserId }): Promise<void> => {
    const erased = await eraseAuthor(database, userId)
    const byChannel = Map.groupBy(erased, ({ channel_id: channelId }) => channelId)
    for (const [channelId, rows] of byChannel) await tell(channelId, userId, rows.map(({ id }) => id))
  }

  async function tell(channelId: ChannelId, userId: UserId, ids: readonly string[]): Promise<void> {
    const channel = await findChannel(database, { id: channelId })
    if (channel) fanOut.remove({ channelId, channel: channel.name, ids: ids.slice(-500), userId, by: 'author' })
  }

  // A listener may return a promise here, against what EventEmitter's types say.
  const listener = erase as unknown as (fact: { userId: UserId }) => void
  accounts.on('deleted', listener)
  return () => void accounts.off('deleted', listener)
}
