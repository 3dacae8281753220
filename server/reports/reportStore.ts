// SQL of reports: one open report of a target a reporter, the queue, and how each was closed.
import { findUsers, viewPerson } from '../accounts/userStore.ts'
import type { User } from '../accounts/userStore.ts'
import type { BroadcastId, ChannelId, UserId } from '../contract/ids.ts'
import type { Evidence, ReportAction, ReportPage, ReportReason, ReportType, ReportView } from '../contract/reports.ts'
import { newId } from '../core/newId.ts'
import { isDuplicate } from '../db/isDuplicate.ts'
import type { Database } from '../db/openDatabase.ts'

export type Report = {
  readonly id: string
  readonly type: ReportType
  readonly targetId: string
  readonly accusedId: UserId | null
  readonly channelId: ChannelId | null
  readonly broadcastId: BroadcastId | null
}
export type NewReport = Omit<Report, 'id'> & { readonly reporterId: UserId; readonly reason: ReportReason; readonly text: string; readonly evidence: Evidence }
type ReportRow = {
  seq: string | number
  id: string
  reporter_id: UserId | null
  type: ReportType
  target_id: string
  accused_id: UserId | null
  channel_id: ChannelId | null
  channel: string | null
  broadcast_id: BroadcastId | null
  reason: ReportReason
  text: string
  evidence: string
  has_snapshot: number
  state: 'open' | 'handled'
  handled_by: UserId | null
  handled_at: Date | null
  outcome: string
  note: string
  created_at: Date
}

/** A repeated report replaces the reason and the words of the open one, never its evidence. @returns the new report's id; null for a repeated one */
export async function fileReport(database: Database, report: NewReport): Promise<string | null> {
  const { reporterId, type, targetId, accusedId, channelId, broadcastId, reason, text, evidence } = report
  const [id, now, openKey] = [newId<string>(), new Date(), `${reporterId}.${targetId}`]
  try {
    await database('reports').insert({
      id,
      reporter_id: reporterId,
      type,
      target_id: targetId,
      accused_id: accusedId,
      channel_id: channelId,
      broadcast_id: broadcastId,
      reason,
      text,
      evidence: JSON.stringify(evidence),
      state: 'open',
      open_key: openKey,
      created_at: now,
      updated_at: now,
    })
    return id
  } catch (error) {
    if (!isDuplicate(error)) throw error
    await database('reports').where({ open_key: openKey }).update({ reason, text, updated_at: now })
    return null
  }
}

export async function markSnapshot(database: Database, id: string): Promise<void> {
  await database('reports').where({ id }).update({ has_snapshot: true })
}

export async function findOpenReport(database: Database, id: string): Promise<Report | undefined> {
  const row = (await database('reports').where({ id, state: 'open' }).first()) as ReportRow | undefined
  return row && { id: row.id, type: row.type, targetId: row.target_id, accusedId: row.accused_id, channelId: row.channel_id, broadcastId: row.broadcast_id }
}

/** Closes every open report of the target. @returns who had reported; nobody when it was closed already */
export async function closeReports(within: Database, { targetId, byId, outcome, note }: { targetId: string; byId: UserId; outcome: readonly ReportAction[]; note: string }): Promise<Array<{ id: string; reporterId: UserId | null }>> {
  const open = (await within('reports').where({ target_id: targetId, state: 'open' }).forUpdate().select('id', 'reporter_id')) as Array<Pick<ReportRow, 'id' | 'reporter_id'>>
  const ids = open.map(({ id }) => id)
  if (ids.length > 0) await within('reports').whereIn('id', ids).update({ state: 'handled', open_key: null, handled_by: byId, handled_at: new Date(), outcome: outcome.join(','), note })
  return open.map(({ id, reporter_id: reporterId }) => ({ id, reporterId }))
}

export async function hasSnapshot(database: Database, id: string): Promise<boolean> {
  return (await database('reports').where({ id, has_snapshot: true }).first('id')) !== undefined
}

/** Newest first. */
export async function listReports(database: Database, { state, before, limit }: { state: 'open' | 'handled'; before?: string | undefined; limit: number }): Promise<ReportPage> {
  const query = database('reports').leftJoin('channels', 'channels.id', 'reports.channel_id').where('reports.state', state).orderBy('reports.seq', 'desc').limit(limit + 1).select('reports.*', { channel: 'channels.name' })
  if (before) void query.where('reports.seq', '<', before)
  const rows = (await query) as ReportRow[]
  const shown = rows.slice(0, limit)
  const [people, counts, open] = await Promise.all([peopleOf(database, shown), openCounts(database, shown), countOpen(database)])
  return { reports: shown.map((row) => view(row, people, counts)), next: rows.length > limit ? String(shown.at(-1)?.seq) : null, open }
}

async function countOpen(database: Database): Promise<number> {
  const [row] = (await database('reports').where({ state: 'open' }).count({ open: '*' })) as unknown as [{ open: string | number }]
  return Number(row.open)
}

async function openCounts(database: Database, rows: readonly ReportRow[]): Promise<Map<string, number>> {
  const counted = (await database('reports').where({ state: 'open' }).whereIn('target_id', rows.map(({ target_id }) => target_id)).groupBy('target_id').select('target_id').count({ open: '*' })) as unknown as Array<{ target_id: string; open: string | number }>
  return new Map(counted.map(({ target_id, open }) => [target_id, Number(open)]))
}

async function peopleOf(database: Database, rows: readonly ReportRow[]): Promise<Map<UserId, User>> {
  const ids = new Set(rows.flatMap(({ reporter_id, accused_id, handled_by }) => [reporter_id, accused_id, handled_by]).filter((id) => id !== null))
  return new Map((await findUsers(database, [...ids])).map((user) => [user.id, user]))
}

function view(row: ReportRow, people: ReadonlyMap<UserId, User>, counts: ReadonlyMap<string, number>): ReportView {
  const user = (id: UserId | null) => (id ? people.get(id) : undefined)
  const person = (id: UserId | null) => {
    const found = user(id)
    return found ? viewPerson(found) : null
  }
  const accused = user(row.accused_id)
  const open = row.state === 'open'
  return {
    id: row.id,
    type: row.type,
    reason: row.reason,
    text: row.text,
    at: row.created_at.toISOString(),
    reporter: person(row.reporter_id),
    accused: accused ? { ...viewPerson(accused), disabled: accused.disabled } : null,
    channel: row.channel,
    evidence: JSON.parse(row.evidence) as Evidence,
    snapshotUrl: row.has_snapshot ? `/api/operator/reports/${row.id}/snapshot.jpg` : null,
    others: Math.max(0, (counts.get(row.target_id) ?? 0) - (open ? 1 : 0)),
    actions: open ? [...(row.type === 'message' ? (['delete-message'] as const) : []), ...(row.type === 'broadcast' ? (['stop-broadcast'] as const) : []), ...(accused?.role === 'user' ? (['disable-user'] as const) : [])] : [],
    handled: open || row.handled_at === null ? null : { by: person(row.handled_by), at: row.handled_at.toISOString(), outcome: row.outcome === '' ? [] : (row.outcome.split(',') as ReportAction[]), note: row.note },
  }
}
