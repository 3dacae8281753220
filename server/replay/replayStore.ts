// SQL of replays: a broadcast that is kept.
import type { ReplayFinished } from '../contract/bridgeApi.ts'
import type { ReplayView } from '../contract/http.ts'
import type { BroadcastId, ChannelId } from '../contract/ids.ts'
import type { Database } from '../db/openDatabase.ts'
import { toTerms } from '../db/ticketTerms.ts'
import type { TicketColumns } from '../db/ticketTerms.ts'

type ReplayState = ReplayView['state']
type ReplayRow = TicketColumns & {
  broadcast_id: BroadcastId
  state: ReplayState
  duration_ms: string
  bytes: string
  channel: string
  owner: string
  title: string
  started_at: Date
}

const toView = (row: ReplayRow): ReplayView => ({
  broadcastId: row.broadcast_id,
  channel: row.channel,
  owner: row.owner,
  title: row.title,
  startedAt: row.started_at.toISOString(),
  state: row.state,
  durationMs: Number(row.duration_ms),
  bytes: Number(row.bytes),
  hlsUrl: `/replays/${row.broadcast_id}/index.m3u8`,
  mp4Url: Number(row.bytes) > 0 ? `/replays/${row.broadcast_id}/replay.mp4` : null,
  posterUrl: `/replays/${row.broadcast_id}/poster.jpg`,
  ticket: toTerms(row),
})

const select = (database: Database) =>
  database('replays')
    .join('broadcasts', 'broadcasts.id', 'replays.broadcast_id')
    .join('channels', 'channels.id', 'broadcasts.channel_id')
    .join('users', 'users.id', 'channels.owner_id')
    .select('replays.*', 'broadcasts.title', 'broadcasts.started_at', 'broadcasts.ticket_kind', 'broadcasts.ticket_price', 'broadcasts.ticket_preview', { channel: 'channels.name', owner: 'users.name' })

/** Notes that a broadcast is being recorded; does nothing when it already is. */
export async function beginReplay(database: Database, broadcastId: BroadcastId): Promise<void> {
  await database('replays').insert({ broadcast_id: broadcastId, state: 'recording', updated_at: new Date() }).onConflict('broadcast_id').ignore()
}

/** The broadcast has ended: what was recorded now waits to be finished. */
export async function awaitReplay(database: Database, broadcastId: BroadcastId): Promise<void> {
  await database('replays').where({ broadcast_id: broadcastId, state: 'recording' }).update({ state: 'finishing', updated_at: new Date() })
}

/** What the bridge made of it; a replay in which nothing was recorded is forgotten. */
export async function finishReplay(database: Database, broadcastId: BroadcastId, result: ReplayFinished): Promise<void> {
  const replay = database('replays').where({ broadcast_id: broadcastId })
  if (result.state === 'empty') await replay.delete()
  else if (result.state === 'failed') await replay.whereNot({ state: 'ready' }).update({ state: 'failed', failure: result.reason, updated_at: new Date() })
  else
    await replay.update({
      state: 'ready',
      duration_ms: result.durationMs,
      bytes: result.bytes,
      width: result.width,
      height: result.height,
      updated_at: new Date(),
    })
}

/** Ended broadcasts whose recording nobody has finished yet, or whose MP4 is still missing. */
export async function unfinishedReplays(database: Database): Promise<BroadcastId[]> {
  const rows = (await database('replays')
    .join('broadcasts', 'broadcasts.id', 'replays.broadcast_id')
    .where('broadcasts.state', 'ended')
    .where((either) => void either.whereIn('replays.state', ['recording', 'finishing']).orWhere({ 'replays.state': 'ready', 'replays.bytes': 0 }))
    .select('replays.broadcast_id')) as Array<{ broadcast_id: BroadcastId }>
  return rows.map((row) => row.broadcast_id)
}

export async function findReplay(database: Database, broadcastId: BroadcastId): Promise<ReplayView | undefined> {
  const row = (await select(database).where('replays.broadcast_id', broadcastId).first()) as ReplayRow | undefined
  return row && toView(row)
}

/** A channel's replays that can be watched or soon will be, newest first. */
export async function replaysOf(database: Database, channelId: ChannelId, { limit }: { limit: number }): Promise<ReplayView[]> {
  const rows = (await select(database)
    .where('broadcasts.channel_id', channelId)
    .where('broadcasts.state', 'ended')
    .whereNot('replays.state', 'failed')
    .orderBy('broadcasts.started_at', 'desc')
    .limit(limit)) as ReplayRow[]
  return rows.map(toView)
}
