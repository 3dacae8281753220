// SQL of sanctions: what holds, what replaced it, and who lifted it.
import { findUsers, viewPerson } from '../accounts/userStore.ts'
import type { BroadcastId, ChannelId, UserId } from '../contract/ids.ts'
import type { SanctionKind, SanctionPage, SanctionView } from '../contract/moderation.ts'
import type { Database } from '../db/openDatabase.ts'

/** What a sanction takes away: a kick and a ban both keep out, so one replaces the other. */
export type Hold = 'mute' | 'out'
export const holdOf = (kind: SanctionKind): Hold => (kind === 'mute' ? 'mute' : 'out')

export type NewSanction = { readonly channelId: ChannelId; readonly userId: UserId; readonly kind: SanctionKind; readonly broadcastId: BroadcastId | null; readonly until: Date | null; readonly reason: string; readonly byId: UserId | null }
type SanctionRow = { id: string | number; kind: SanctionKind; user_id: UserId | null; by_id: UserId | null; broadcast_id: string | null; until: Date | null; reason: string; created_at: Date }

const keyOf = (channelId: ChannelId, userId: UserId, hold: Hold): string => `${channelId}.${userId}.${hold}`

/** Replaces what holds of the same sort. @returns the new sanction's id */
export async function insertSanction(within: Database, sanction: NewSanction): Promise<string> {
  const { channelId, userId, kind, broadcastId, until, reason, byId } = sanction
  await endSanctions(within, { channelId, userId, hold: holdOf(kind), byId })
  const [id] = (await within('sanctions').insert({
    channel_id: channelId,
    user_id: userId,
    kind,
    broadcast_id: broadcastId,
    until,
    reason,
    by_id: byId,
    created_at: new Date(),
    active_key: keyOf(channelId, userId, holdOf(kind)),
  })) as [number]
  return String(id)
}

/** What holds of that sort now, and who laid it (null: the word filter, or an account that is gone). */
export async function findHolding(within: Database, { channelId, userId, hold }: { channelId: ChannelId; userId: UserId; hold: Hold }): Promise<{ readonly byId: UserId | null } | undefined> {
  const row = (await within('sanctions')
    .leftJoin('broadcasts', 'broadcasts.id', 'sanctions.broadcast_id')
    .where({ active_key: keyOf(channelId, userId, hold) })
    .where((either) => void either.whereNull('sanctions.until').orWhere('sanctions.until', '>', new Date()))
    .where((either) => void either.whereNull('sanctions.broadcast_id').orWhereNot('broadcasts.state', 'ended'))
    .first('sanctions.by_id')) as Pick<SanctionRow, 'by_id'> | undefined
  return row && { byId: row.by_id }
}

/** @returns what was lifted and still held; undefined when nothing did */
export async function endSanctions(within: Database, { channelId, userId, hold, byId }: { channelId: ChannelId; userId: UserId; hold: Hold; byId: UserId | null }): Promise<{ id: string; kind: SanctionKind; until: Date | null } | undefined> {
  const key = { active_key: keyOf(channelId, userId, hold) }
  const row = (await within('sanctions').where(key).forUpdate().first('id', 'kind', 'until')) as Pick<SanctionRow, 'id' | 'kind' | 'until'> | undefined
  if (!row) return undefined
  await within('sanctions').where(key).update({ active_key: null, ended_at: new Date(), ended_by: byId })
  return row.until !== null && row.until.getTime() <= Date.now() ? undefined : { id: String(row.id), kind: row.kind, until: row.until }
}

type SanctionQuery = { readonly channelId: ChannelId; readonly userId?: UserId; readonly runningId: BroadcastId | null; readonly before?: string | undefined; readonly limit: number }

/** What holds now, newest first. */
export async function listSanctions(database: Database, { channelId, userId, runningId, before, limit }: SanctionQuery): Promise<SanctionPage> {
  const query = database('sanctions')
    .where({ channel_id: channelId })
    .whereNotNull('active_key')
    .where((either) => void either.whereNull('until').orWhere('until', '>', new Date()))
    .where((either) => void (runningId ? either.whereNull('broadcast_id').orWhere('broadcast_id', runningId) : either.whereNull('broadcast_id')))
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (userId) void query.where({ user_id: userId })
  if (before) void query.where('id', '<', before)
  const rows = (await query) as SanctionRow[]
  const shown = rows.slice(0, limit)
  return { sanctions: await view(database, shown), next: rows.length > limit ? String(shown.at(-1)?.id) : null }
}

export async function findSanction(database: Database, id: string): Promise<SanctionView> {
  const [sanction] = await view(database, (await database('sanctions').where({ id })) as SanctionRow[])
  if (!sanction) throw new Error(`There is no sanction ${id}`)
  return sanction
}

async function view(database: Database, rows: readonly SanctionRow[]): Promise<SanctionView[]> {
  const ids = [...new Set(rows.flatMap(({ user_id, by_id }) => [user_id, by_id]).filter((id) => id !== null))]
  const people = new Map((await findUsers(database, ids)).map((user) => [user.id, viewPerson(user)]))
  const person = (id: UserId | null) => (id ? (people.get(id) ?? null) : null)
  return rows.map((row) => ({
    id: String(row.id),
    kind: row.kind,
    user: person(row.user_id),
    by: person(row.by_id),
    reason: row.reason,
    until: row.until?.toISOString() ?? null,
    show: row.broadcast_id !== null,
    at: row.created_at.toISOString(),
  }))
}
