// SQL of broadcasts.
import type { BroadcastState, Source } from '../contract/broadcast.ts'
import type { BroadcastId, ChannelId } from '../contract/ids.ts'
import { newId } from '../core/newId.ts'
import type { Database } from '../db/openDatabase.ts'

export type Broadcast = {
  readonly id: BroadcastId
  readonly channelId: ChannelId
  readonly title: string
  readonly source: Source
  readonly state: BroadcastState
  readonly startedAt: Date
  readonly liveAt: Date | null
  readonly endedAt: Date | null
  readonly endReason: string | null
}
type BroadcastRow = {
  id: BroadcastId
  channel_id: ChannelId
  title: string
  source: Source
  state: BroadcastState
  started_at: Date
  live_at: Date | null
  ended_at: Date | null
  end_reason: string | null
}

const toBroadcast = (row: BroadcastRow): Broadcast => ({
  id: row.id,
  channelId: row.channel_id,
  title: row.title,
  source: row.source,
  state: row.state,
  startedAt: row.started_at,
  liveAt: row.live_at,
  endedAt: row.ended_at,
  endReason: row.end_reason,
})

/** @throws a duplicate-key error when the channel has a running broadcast */
export async function insertBroadcast(database: Database, { channelId, title, source }: { channelId: ChannelId; title: string; source: Source }): Promise<Broadcast> {
  const broadcast: Broadcast = { id: newId<BroadcastId>(), channelId, title, source, state: 'starting', startedAt: new Date(), liveAt: null, endedAt: null, endReason: null }
  await database('broadcasts').insert({
    id: broadcast.id,
    channel_id: channelId,
    running_channel_id: channelId,
    title,
    source,
    state: broadcast.state,
    started_at: broadcast.startedAt,
  })
  return broadcast
}

/** Writes what changed and returns the broadcast as it now is. An ended one frees its channel in the same statement. */
export async function updateBroadcast(
  database: Database,
  broadcast: Broadcast,
  change: Partial<Pick<Broadcast, 'state' | 'source' | 'title' | 'liveAt' | 'endedAt' | 'endReason'>>,
): Promise<Broadcast> {
  const next = { ...broadcast, ...change }
  await database('broadcasts')
    .where({ id: broadcast.id })
    .update({
      state: next.state,
      source: next.source,
      title: next.title,
      live_at: next.liveAt,
      ended_at: next.endedAt,
      end_reason: next.endReason?.slice(0, 300) ?? null,
      ...(next.state === 'ended' ? { running_channel_id: null } : {}),
    })
  return next
}

/** All broadcasts that have not ended. */
export async function runningBroadcasts(database: Database): Promise<Broadcast[]> {
  return (await database<BroadcastRow>('broadcasts').whereNotNull('running_channel_id')).map(toBroadcast)
}

export async function findBroadcast(database: Database, by: { id: BroadcastId } | { running_channel_id: ChannelId }): Promise<Broadcast | undefined> {
  const row = (await database('broadcasts').where(by).first()) as BroadcastRow | undefined
  return row && toBroadcast(row)
}

/** Newest first. */
export async function listBroadcasts(database: Database, { limit }: { limit: number }): Promise<Array<Broadcast & { channel: string }>> {
  const rows = (await database('broadcasts')
    .join('channels', 'channels.id', 'broadcasts.channel_id')
    .orderBy('broadcasts.started_at', 'desc')
    .limit(limit)
    .select('broadcasts.*', { channel: 'channels.name' })) as Array<BroadcastRow & { channel: string }>
  return rows.map((row) => ({ ...toBroadcast(row), channel: row.channel }))
}
