// SQL of a host's income: beans that came in by the ledger, and the gifts they came by.
import type { Knex } from 'knex'
import type { ChannelId, UserId } from '../contract/ids.ts'
import type { LocalizedName } from '../contract/gifts.ts'
import type { IncomeSource } from '../contract/income.ts'
import type { TransferType } from '../contract/wallet.ts'
import type { Database } from '../db/openDatabase.ts'

/** From (included) to (not included). */
export type Period = { readonly from: Date; readonly to: Date }
export type Earned = { readonly key: string; readonly source: IncomeSource; readonly beans: bigint; readonly count: number }
export type EarnedByGift = { readonly giftId: string; readonly name: LocalizedName | null; readonly beans: bigint; readonly count: number }
export type ShowOf = { readonly id: string; readonly title: string; readonly startedAt: Date }

/** What was paid back is taken off what it was paid for. */
const sources: Partial<Readonly<Record<TransferType, IncomeSource>>> = { gift: 'gift', guard: 'guard', ticket: 'ticket', 'ticket-refund': 'ticket' }
/** A transfer's time is taken before its entries have their numbers: so much later at most. */
const SLACK_MS = 300_000
/** The key of what came in while no show ran. */
export const BETWEEN_SHOWS = '-'
/** Bounds what one report reads into memory. */
const ROWS = 20_000

type Sum = { type: TransferType; beans: string | number; count: string | number }

/** By day (UTC, `2026-11-23`) and source. */
export async function earnedByDay(database: Database, hostId: UserId, period: Period): Promise<Earned[]> {
  const { query } = await incomeEntries(database, hostId, period, Object.keys(sources))
  if (!query) return []
  const day = database.raw("DATE_FORMAT(t.at, '%Y-%m-%d')")
  const rows = (await query.select({ day }, 't.type').groupBy('day', 't.type').limit(ROWS)) as Array<Sum & { day: string }>
  return rows.map((row) => toEarned(row.day, row))
}

/** What is not a gift, by the show that ran at that time: a guard is bought for the channel, not for a show. */
export async function othersByShow(database: Database, { hostId, channelId }: { hostId: UserId; channelId: ChannelId }, period: Period): Promise<Earned[]> {
  const { query } = await incomeEntries(database, hostId, period, ['guard', 'ticket', 'ticket-refund'])
  if (!query) return []
  // What is paid back after a show belongs to the show it was paid in.
  void query
    .leftJoin({ o: 'ledger_transfers' }, 'o.id', 't.reverses')
    .joinRaw('LEFT JOIN broadcasts b ON b.channel_id = ? AND b.started_at <= COALESCE(o.at, t.at) AND (b.ended_at IS NULL OR b.ended_at >= COALESCE(o.at, t.at))', [channelId])
  const rows = (await query.select({ show: 'b.id' }, 't.type').groupBy('b.id', 't.type').limit(ROWS)) as Array<Sum & { show: string | null }>
  return rows.map((row) => toEarned(row.show ?? BETWEEN_SHOWS, row))
}

export async function giftsByShow(database: Database, channelId: ChannelId, period: Period): Promise<Earned[]> {
  const rows = (await sendings(database, channelId, period).groupBy('broadcast_id').select({ show: 'broadcast_id' }).sum({ beans: 'beans' }).count({ count: '*' }).limit(ROWS)) as Array<{ show: string; beans: string; count: string | number }>
  return rows.map(({ show, beans, count }) => ({ key: show, source: 'gift', beans: BigInt(beans), count: Number(count) }))
}

/** The best first, with their latest names; `count` is how many were given. */
export async function earnedByGift(database: Database, channelId: ChannelId, period: Period): Promise<EarnedByGift[]> {
  const rows = (await sendings(database, channelId, period).groupBy('gift_id').select('gift_id').sum({ beans: 'beans', count: 'quantity' }).max({ version: 'version' }).orderBy('beans', 'desc').limit(ROWS)) as Array<{ gift_id: string; beans: string; count: string; version: number }>
  const names = await namesOf(database, rows)
  return rows.map(({ gift_id, beans, count }) => ({ giftId: gift_id, name: names.get(gift_id) ?? null, beans: BigInt(beans), count: Number(count) }))
}

export async function findShows(database: Database, ids: readonly string[]): Promise<ReadonlyMap<string, ShowOf>> {
  const rows = (ids.length === 0 ? [] : await database('broadcasts').whereIn('id', [...ids]).select('id', 'title', 'started_at')) as Array<{ id: string; title: string; started_at: Date }>
  return new Map(rows.map(({ id, title, started_at }) => [id, { id, title, startedAt: started_at }]))
}

/** The host's entries of these types in the period, summed; none where there can be none. (In an object: a query that is awaited runs.) */
async function incomeEntries(database: Database, hostId: UserId, { from, to }: Period, types: readonly string[]): Promise<{ readonly query?: Knex.QueryBuilder }> {
  const accounts = (await database('ledger_accounts').where({ kind: 'user', owner: hostId, currency: 'bean' }).pluck('id')) as string[]
  const before = await entryAt(database, (query) => query.where('t.at', '<', new Date(from.getTime() - SLACK_MS)).orderBy('t.at', 'desc'))
  const after = await entryAt(database, (query) => query.where('t.at', '>=', new Date(to.getTime() + SLACK_MS)).orderBy('t.at'))
  if (accounts.length === 0) return {}
  const query = database({ e: 'ledger_entries' })
    .join({ t: 'ledger_transfers' }, 't.id', 'e.transfer_id')
    .whereIn('e.account_id', accounts)
    .where('e.id', '>', before ?? '0')
    .whereIn('t.type', [...types])
    .where('t.at', '>=', from)
    .where('t.at', '<', to)
    .sum({ beans: 'e.amount' })
    .countDistinct({ count: 't.id' })
  if (after !== undefined) void query.where('e.id', '<', after)
  return { query }
}

/** The number of an entry before or after a period, so that only a stretch of the account is read. */
async function entryAt(database: Database, near: (query: Knex.QueryBuilder) => Knex.QueryBuilder): Promise<string | undefined> {
  const row = (await near(database({ t: 'ledger_transfers' }).join({ e: 'ledger_entries' }, 'e.transfer_id', 't.id')).first('e.id')) as { id: string | number } | undefined
  return row && String(row.id)
}

const sendings = (database: Database, channelId: ChannelId, { from, to }: Period): Knex.QueryBuilder => database('gift_sendings').where({ channel_id: channelId }).where('at', '>=', from).where('at', '<', to)

async function namesOf(database: Database, gifts: ReadonlyArray<{ gift_id: string; version: number }>): Promise<ReadonlyMap<string, LocalizedName>> {
  if (gifts.length === 0) return new Map()
  const rows = (await database('gift_versions').whereIn(['gift_id', 'version'], gifts.map(({ gift_id, version }) => [gift_id, version])).select('gift_id', 'draft')) as Array<{ gift_id: string; draft: string }>
  return new Map(rows.map(({ gift_id, draft }) => [gift_id, (JSON.parse(draft) as { name: LocalizedName }).name]))
}

/** What was paid back was not bought: it counts nothing. */
const toEarned = (key: string, { type, beans, count }: Sum): Earned => ({ key, source: sources[type] ?? 'gift', beans: BigInt(beans), count: type === 'ticket-refund' ? 0 : Number(count) })
