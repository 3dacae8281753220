// SQL of which broadcasts followers were, or must still be, told of.
import type { BroadcastId, ChannelId, UserId } from '../contract/ids.ts'
import type { Database } from '../db/openDatabase.ts'

export type Announcement = {
  readonly channelId: ChannelId
  readonly channel: string
  readonly ownerId: UserId
  readonly title: string
  readonly running: boolean
  /** The follow up to which followers were told. */
  readonly toldTo: string
  readonly told: number
  readonly finished: boolean
}
type Row = { channel_id: ChannelId; channel: string; owner_id: UserId; title: string; state: string; told_to: string | number; told: number; finished_at: Date | null }

/** Marks the broadcast as one to be told of. @returns whether nobody did so before */
export async function beginAnnouncement(database: Database, broadcastId: BroadcastId): Promise<boolean> {
  const [result] = (await database.raw('INSERT IGNORE INTO live_announcements (broadcast_id, created_at) VALUES (?, ?)', [broadcastId, new Date()])) as [{ affectedRows: number }]
  return result.affectedRows > 0
}

/** @returns undefined for a broadcast that this database does not know */
export async function findAnnouncement(database: Database, broadcastId: BroadcastId): Promise<Announcement | undefined> {
  const row = (await database('live_announcements')
    .join('broadcasts', 'broadcasts.id', 'live_announcements.broadcast_id')
    .join('channels', 'channels.id', 'broadcasts.channel_id')
    .where('broadcasts.id', broadcastId)
    .first('broadcasts.channel_id', 'broadcasts.title', 'broadcasts.state', 'channels.owner_id', { channel: 'channels.name' }, 'live_announcements.told_to', 'live_announcements.told', 'live_announcements.finished_at')) as Row | undefined
  return row && { channelId: row.channel_id, channel: row.channel, ownerId: row.owner_id, title: row.title, running: row.state !== 'ended', toldTo: String(row.told_to), told: row.told, finished: row.finished_at !== null }
}

export async function noteAnnounced(database: Database, broadcastId: BroadcastId, change: { toldTo: string; told: number } | { finishedAt: Date }): Promise<void> {
  await database('live_announcements').where({ broadcast_id: broadcastId }).update('finishedAt' in change ? { finished_at: change.finishedAt } : { told_to: change.toldTo, told: change.told })
}

/** Broadcasts that went live since then, still run, and of which not everyone was told. */
export async function unannounced(database: Database, since: Date): Promise<BroadcastId[]> {
  const rows = (await database('broadcasts')
    .leftJoin('live_announcements', 'live_announcements.broadcast_id', 'broadcasts.id')
    .whereNotNull('broadcasts.running_channel_id')
    .where('broadcasts.live_at', '>', since)
    .whereNull('live_announcements.finished_at')
    .select('broadcasts.id')) as Array<{ id: BroadcastId }>
  return rows.map(({ id }) => id)
}
