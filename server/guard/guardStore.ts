// SQL of guards: who stands by whom until when, and what was paid for it.
import type { Knex } from 'knex'
import { avatarUrl } from '../accounts/userStore.ts'
import type { GuardEntry, GuardTerm, OwnGuardView } from '../contract/guard.ts'
import type { ChannelId, UserId } from '../contract/ids.ts'
import type { PersonView } from '../contract/people.ts'
import type { Database } from '../db/openDatabase.ts'
import { nextNoticeAt, termAt, viewStanding } from './guardTime.ts'
import type { GuardTime } from './guardTime.ts'

type TimeRow = { since: Date; week_until: Date; month_until: Date; year_until: Date }
type PersonRow = { user_id: UserId; name: string; display_name: string | null; avatar: string | null }
export type Guardian = { readonly channelId: ChannelId; readonly userId: UserId; readonly until: Date; readonly noticeAt: Date }
export type GuardPurchaseRow = { readonly id: string; readonly channelId: ChannelId; readonly userId: UserId; readonly term: GuardTerm; readonly price: bigint; readonly beans: bigint; readonly transferId: string; readonly until: Date; readonly at: Date }

const timeColumns = ['guardians.since', 'guardians.week_until', 'guardians.month_until', 'guardians.year_until'] as const
const personColumns = { user_id: 'users.id', name: 'users.name', display_name: 'users.display_name', avatar: 'users.avatar' } as const
const toTime = (row: TimeRow): GuardTime => ({ since: row.since, week: row.week_until, month: row.month_until, year: row.year_until })
const toPerson = (row: PersonRow): PersonView => ({ id: row.user_id, name: row.name, displayName: row.display_name ?? row.name, avatarUrl: avatarUrl(row.avatar) })

/** Locked until the transaction ends; a row that is not there is made first, because nothing cannot be locked. @returns over by now when there was none */
export async function lockGuardian(transaction: Knex.Transaction, channelId: ChannelId, userId: UserId, now: Date): Promise<GuardTime> {
  const none = { since: now, week_until: now, month_until: now, year_until: now, notice_at: null }
  await transaction('guardians').insert({ channel_id: channelId, user_id: userId, ...none }).onConflict(['channel_id', 'user_id']).merge(['channel_id'])
  return toTime((await transaction('guardians').where({ channel_id: channelId, user_id: userId }).forUpdate().first(...timeColumns)) as TimeRow)
}

export async function findGuardian(database: Database, channelId: ChannelId, userId: UserId): Promise<GuardTime | null> {
  const row = (await database('guardians').where({ channel_id: channelId, user_id: userId }).first(...timeColumns)) as TimeRow | undefined
  return row ? toTime(row) : null
}

/** Of a row that is locked. */
export async function keepGuardian(transaction: Knex.Transaction, channelId: ChannelId, userId: UserId, time: GuardTime, now: Date): Promise<void> {
  const change = { since: time.since, week_until: time.week, month_until: time.month, year_until: time.year, notice_at: nextNoticeAt(time.week, now) }
  await transaction('guardians').where({ channel_id: channelId, user_id: userId }).update(change)
}

export async function insertPurchase(transaction: Knex.Transaction, { price, beans, ...purchase }: GuardPurchaseRow): Promise<void> {
  await transaction('guard_purchases').insert({
    id: purchase.id,
    channel_id: purchase.channelId,
    user_id: purchase.userId,
    term: purchase.term,
    price: String(price),
    beans: String(beans),
    transfer_id: purchase.transferId,
    until: purchase.until,
    at: purchase.at,
  })
}

export async function findPurchase(database: Database, id: string): Promise<{ readonly term: GuardTerm; readonly at: Date } | undefined> {
  return (await database('guard_purchases').where({ id }).first('term', 'at')) as { term: GuardTerm; at: Date } | undefined
}

/** All who guard the channel now, with the ends of their terms. */
export async function guardsOf(database: Database, channelId: ChannelId, now: Date): Promise<Map<UserId, GuardTime>> {
  const rows = (await database('guardians').where({ channel_id: channelId }).where('week_until', '>', now).select('user_id', ...timeColumns)) as Array<TimeRow & { user_id: UserId }>
  return new Map(rows.map((row) => [row.user_id, toTime(row)]))
}

/** Year guards first, then month guards; among equals who came first. */
export async function listGuards(database: Database, channelId: ChannelId, { after, limit, now }: { after: number; limit: number; now: Date }): Promise<GuardEntry[]> {
  const rows = (await database('guardians')
    .join('users', 'users.id', 'guardians.user_id')
    .where('guardians.channel_id', channelId)
    .where('week_until', '>', now)
    .whereNull('users.deleted_at')
    .orderByRaw('guardians.year_until > ? DESC, guardians.month_until > ? DESC, guardians.since, guardians.user_id', [now, now])
    .offset(after)
    .limit(limit)
    .select(...timeColumns, personColumns)) as Array<TimeRow & PersonRow>
  return rows.map((row) => ({ person: toPerson(row), term: termAt(toTime(row), now) ?? 'week', since: row.since.toISOString() }))
}

export async function countGuards(database: Database, channelId: ChannelId, now: Date): Promise<number> {
  const [row] = (await database('guardians').where({ channel_id: channelId }).where('week_until', '>', now).count({ total: '*' })) as Array<{ total: number | string }>
  return Number(row?.total ?? 0)
}

/** Whom the user guards, the next to end first. */
export async function listGuarded(database: Database, userId: UserId, now: Date): Promise<OwnGuardView[]> {
  const rows = (await database('guardians')
    .join('channels', 'channels.id', 'guardians.channel_id')
    .join('users', 'users.id', 'channels.owner_id')
    .where('guardians.user_id', userId)
    .where('week_until', '>', now)
    .whereNull('users.deleted_at')
    .orderBy('week_until')
    .limit(500)
    .select(...timeColumns, personColumns, { channel: 'channels.name', title: 'channels.title' })) as Array<TimeRow & PersonRow & { channel: string; title: string }>
  return rows.flatMap((row) => {
    const standing = viewStanding(toTime(row), now)
    return standing ? [{ channel: row.channel, title: row.title, host: toPerson(row), standing }] : []
  })
}

/** Those who are to be told of the end of their guard, locked; rows that another server holds are left to it. */
export async function takeDueNotices(transaction: Knex.Transaction, now: Date, limit: number): Promise<Guardian[]> {
  const rows = (await transaction('guardians').where('notice_at', '<=', now).orderBy('notice_at').limit(limit).forUpdate().skipLocked().select('channel_id', 'user_id', 'week_until', 'notice_at')) as Array<{ channel_id: ChannelId; user_id: UserId; week_until: Date; notice_at: Date }>
  return rows.map((row) => ({ channelId: row.channel_id, userId: row.user_id, until: row.week_until, noticeAt: row.notice_at }))
}

export async function noteNotice(transaction: Knex.Transaction, { channelId, userId }: Guardian, next: Date | null): Promise<void> {
  await transaction('guardians').where({ channel_id: channelId, user_id: userId }).update({ notice_at: next })
}

/** What the person was to hosts, and what others were to this one; payments stay, as the ledger does. */
export async function eraseGuards(database: Database, userId: UserId): Promise<void> {
  await database('guardians').where({ user_id: userId }).delete()
  await database('guardians').whereIn('channel_id', database('channels').where({ owner_id: userId }).select('id')).delete()
}
