// SQL of a channel's standing: its revision, its moderators, what holds, and the browsers it holds for.
import type { Visitor } from '../accounts/Visitors.ts'
import type { BroadcastId, ChannelId, UserId } from '../contract/ids.ts'
import type { Database } from '../db/openDatabase.ts'
import { MAX_TRACES, isBrowser } from './ChannelStanding.ts'
import type { StandingSnapshot, Trace } from './ChannelStanding.ts'

type SanctionRow = { id: string | number; user_id: UserId | null; kind: string; broadcast_id: BroadcastId | null; until: Date | null; reason: string }
type TraceRow = { sanction_id: string | number; kind: Trace['kind']; value: string; seen_at: Date }

/** Begins an act: waits for other acts on this channel, and lets every cache know. Call it first in the transaction. */
export async function raiseRevision(within: Database, channelId: ChannelId): Promise<void> {
  await within.raw('INSERT INTO standing_revisions (channel_id, revision) VALUES (?, 1) ON DUPLICATE KEY UPDATE revision = revision + 1', [channelId])
}

/** 0: nothing was ever done in this channel. */
export async function readRevision(database: Database, channelId: ChannelId): Promise<number> {
  const row = (await database('standing_revisions').where({ channel_id: channelId }).first('revision')) as { revision: number } | undefined
  return row?.revision ?? 0
}

export async function isModerator(database: Database, channelId: ChannelId, userId: UserId): Promise<boolean> {
  return (await database('channel_moderators').where({ channel_id: channelId, user_id: userId }).first('user_id')) !== undefined
}

export async function readStanding(database: Database, channelId: ChannelId): Promise<StandingSnapshot> {
  const holding = () =>
    database('sanctions')
      .where({ 'sanctions.channel_id': channelId })
      .whereNotNull('active_key')
      .where((either) => void either.whereNull('until').orWhere('until', '>', new Date()))
  const [moderators, sanctions, traces] = await Promise.all([
    database('channel_moderators').where({ channel_id: channelId }).select('user_id') as Promise<Array<{ user_id: UserId }>>,
    holding().select('id', 'user_id', 'kind', 'broadcast_id', 'until', 'reason') as Promise<SanctionRow[]>,
    holding().join('sanction_traces', 'sanction_traces.sanction_id', 'sanctions.id').select('sanction_id', 'sanction_traces.kind', 'value', 'seen_at') as Promise<TraceRow[]>,
  ])
  return {
    moderators: new Set(moderators.map(({ user_id }) => user_id)),
    mutes: sanctions.flatMap(({ user_id: userId, kind, broadcast_id: broadcastId, until, reason }) => (kind === 'mute' && userId ? [{ userId, broadcastId, until, reason }] : [])),
    keptOut: sanctions.flatMap(({ id, user_id: userId, kind, until, reason }) => (kind === 'mute' ? [] : [{ id: String(id), userId, until, reason }])),
    traces: traces.map(({ sanction_id, kind, value, seen_at: seenAt }) => ({ sanctionId: String(sanction_id), kind, value, seenAt })),
  }
}

/** Keeps the browsers and addresses a sanctioned user was seen with. @returns how many were new */
export async function addTraces(database: Database, sanctionId: string, visitors: readonly Visitor[]): Promise<number> {
  const seenAt = new Date()
  const rows = visitors.flatMap((visitor) => [
    ...(isBrowser(visitor) ? [{ sanction_id: sanctionId, kind: 'visitor', value: visitor.visitorId, seen_at: seenAt }] : []),
    { sanction_id: sanctionId, kind: 'address', value: visitor.addressHash, seen_at: seenAt },
  ])
  if (rows.length === 0) return 0
  const [{ kept }] = (await database('sanction_traces').where({ sanction_id: sanctionId }).count({ kept: '*' })) as unknown as [{ kept: string | number }]
  const room = MAX_TRACES - Number(kept)
  if (room <= 0) return 0
  await database('sanction_traces').insert(rows.slice(0, room)).onConflict(['sanction_id', 'kind', 'value']).ignore()
  return Math.min(rows.length, room)
}
