// SQL of broadcasts.
import type { BroadcastState, Source } from '../contract/broadcast.ts'
import type { BroadcastId, ChannelId, PublishId, ServerId } from '../contract/ids.ts'
import type { TicketTerms } from '../contract/tickets.ts'
import { newId } from '../core/newId.ts'
import type { Database } from '../db/openDatabase.ts'
import { toColumns, toTerms } from '../db/ticketTerms.ts'
import type { TicketColumns } from '../db/ticketTerms.ts'
import { carrierIsGone } from './ServerLease.ts'

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
  /** The server that carries it, or did last. */
  readonly serverId: ServerId | null
  /** The connection that feeds it now. */
  readonly publishId: PublishId | null
  /** What it asks for since it began; null: it is free. */
  readonly ticket: TicketTerms | null
}
type BroadcastRow = TicketColumns & {
  id: BroadcastId
  channel_id: ChannelId
  title: string
  source: Source
  state: BroadcastState
  started_at: Date
  live_at: Date | null
  ended_at: Date | null
  end_reason: string | null
  server_id: ServerId | null
  publish_id: PublishId | null
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
  serverId: row.server_id,
  publishId: row.publish_id,
  ticket: toTerms(row),
})

/** Another server has taken the broadcast over: this one may no longer write it. */
export class BroadcastMoved extends Error {
  constructor(id: BroadcastId) {
    super(`the broadcast ${id} is carried by another server now`)
    this.name = 'BroadcastMoved'
  }
}

type NewBroadcast = { readonly channelId: ChannelId; readonly title: string; readonly source: Source; readonly serverId: ServerId; readonly ticket: TicketTerms | null }

/** @throws a duplicate-key error when the channel has a running broadcast */
export async function insertBroadcast(database: Database, { channelId, title, source, serverId, ticket }: NewBroadcast): Promise<Broadcast> {
  const broadcast: Broadcast = { id: newId<BroadcastId>(), channelId, title, source, state: 'starting', startedAt: new Date(), liveAt: null, endedAt: null, endReason: null, serverId, publishId: null, ticket }
  await database('broadcasts').insert({
    id: broadcast.id,
    channel_id: channelId,
    running_channel_id: channelId,
    title,
    source,
    state: broadcast.state,
    started_at: broadcast.startedAt,
    server_id: serverId,
    ...toColumns(ticket),
  })
  return broadcast
}

/**
 * Writes what changed and returns the broadcast as it now is. An ended one frees its channel in the same statement.
 * @throws BroadcastMoved when its server no longer carries it
 */
export async function updateBroadcast(
  database: Database,
  broadcast: Broadcast,
  change: Partial<Pick<Broadcast, 'state' | 'source' | 'title' | 'liveAt' | 'endedAt' | 'endReason' | 'publishId'>>,
): Promise<Broadcast> {
  const next = { ...broadcast, ...change }
  // mysql2 counts the rows that were found, also those that stay as they are.
  const found = await database('broadcasts')
    .where({ id: broadcast.id, server_id: broadcast.serverId })
    .update({
      state: next.state,
      source: next.source,
      title: next.title,
      live_at: next.liveAt,
      ended_at: next.endedAt,
      end_reason: next.endReason?.slice(0, 300) ?? null,
      publish_id: next.publishId,
      ...(next.state === 'ended' ? { running_channel_id: null } : {}),
    })
  if (found === 0) throw new BroadcastMoved(broadcast.id)
  return next
}

/** Makes this server the one that carries a running broadcast, which then waits for its host; undefined when it ended or another was quicker. */
export async function claimBroadcast(database: Database, broadcast: Broadcast, serverId: ServerId): Promise<Broadcast | undefined> {
  const found = await database('broadcasts')
    .where({ id: broadcast.id, server_id: broadcast.serverId })
    .whereNotNull('running_channel_id')
    .update({ server_id: serverId, publish_id: null, state: 'interrupted' })
  return found > 0 ? { ...broadcast, serverId, publishId: null, state: 'interrupted' } : undefined
}

/** Running broadcasts whose server is dead. */
export async function orphanedBroadcasts(database: Database): Promise<Broadcast[]> {
  return (await database<BroadcastRow>('broadcasts').whereNotNull('running_channel_id').whereRaw(carrierIsGone)).map(toBroadcast)
}

export async function isOrphaned(database: Database, id: BroadcastId): Promise<boolean> {
  return (await database('broadcasts').where({ id }).whereNotNull('running_channel_id').whereRaw(carrierIsGone).first('id')) !== undefined
}

/** The running broadcasts that this server may write. */
export async function carriedBroadcasts(database: Database, serverId: ServerId): Promise<BroadcastId[]> {
  return database('broadcasts').whereNotNull('running_channel_id').where({ server_id: serverId }).pluck('id')
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
