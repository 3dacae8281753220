// What becomes of the channel when its owner's account is deleted: off the air, nameless, without picture and replays.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Channels } from '../channels/Channels.ts'
import type { BroadcastId, UserId } from '../contract/ids.ts'
import { AppError } from '../core/AppError.ts'
import type { Database } from '../db/openDatabase.ts'
import { endReasons } from './endReasons.ts'
import type { Live } from './Live.ts'

export type CloseChannelDeps = { readonly channels: Channels; readonly live: Live; readonly database: Database; readonly mediaDir: string }

/** May be called again: does nothing for who has no channel. */
export async function closeChannel({ channels, live, database, mediaDir }: CloseChannelDeps, ownerId: UserId): Promise<void> {
  const channel = await channels.ofDeleted(ownerId)
  if (!channel) return
  await live.stop(channel, endReasons.deleted).catch((error: unknown) => {
    if (!(error instanceof AppError && error.code === 'channel-offline')) throw error
  })
  await channels.erase(channel)
  const broadcasts = ((await database('broadcasts').where({ channel_id: channel.id }).select('id')) as Array<{ id: BroadcastId }>).map(({ id }) => id)
  await database('replays').whereIn('broadcast_id', broadcasts).delete()
  await database('broadcasts').whereIn('id', broadcasts).update({ title: '' })
  for (const id of broadcasts) await rm(join(mediaDir, 'recordings', id), { recursive: true, force: true })
}
