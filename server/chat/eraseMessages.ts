// When an account is deleted, its words leave the chat: from the database and from every page.
import { findChannel } from '../channels/channelStore.ts'
import type { UserId } from '../contract/ids.ts'
import type { Database } from '../db/openDatabase.ts'
import { eraseAuthor } from './chatStore.ts'
import type { FanOut } from './FanOut.ts'

/** Pages hold no more of a room than this. */
const TOLD = 500

/** May be repeated. */
export async function eraseMessages({ database, fanOut }: { database: Database; fanOut: FanOut }, userId: UserId): Promise<void> {
  const erased = await eraseAuthor(database, userId)
  for (const [channelId, rows] of Map.groupBy(erased, ({ channel_id: id }) => id)) {
    const channel = await findChannel(database, { id: channelId })
    if (channel) fanOut.remove({ channelId, channel: channel.name, ids: rows.map(({ id }) => id).slice(-TOLD), userId, by: 'author' })
  }
}
