// SQL of announced shows and the reminders set for them.
import type { Knex } from 'knex'
import { REMIND_BEFORE_MS } from '../contract/schedule.ts'
import type { ShowView } from '../contract/schedule.ts'
import type { ChannelId, UserId } from '../contract/ids.ts'
import type { Database } from '../db/openDatabase.ts'

export type Show = { readonly id: string; readonly channelId: ChannelId; readonly channel: string; readonly ownerId: UserId; readonly title: string; readonly startsAt: Date }
export type Due = { readonly show: Show; readonly userIds: UserId[] }
type Row = { id: string; channel_id: ChannelId; channel: string; owner_id: UserId; title: string; starts_at: Date }
type ViewRow = Row & { reminders: number | string; mine: number | string }

/** A show that is late is still announced for a while. */
const LATE_MS = 3_600_000

const toShow = (row: Row): Show => ({ id: row.id, channelId: row.channel_id, channel: row.channel, ownerId: row.owner_id, title: row.title, startsAt: row.starts_at })
const shows = (database: Database) => database('shows').join('channels', 'channels.id', 'shows.channel_id').whereNull('shows.cancelled_at')

/** When a reminder set now is due: before the show, or for one that is about to begin when it begins. */
export const dueAt = (startsAt: Date, now: Date): Date => {
  const before = startsAt.getTime() - REMIND_BEFORE_MS
  return new Date(before > now.getTime() ? before : startsAt.getTime())
}

/** Locks the channel, so that two announcements at once are counted one after the other. @returns how many shows are upcoming */
export async function lockUpcoming(transaction: Knex.Transaction, channelId: ChannelId): Promise<number> {
  await transaction('channels').where({ id: channelId }).forUpdate().first('id')
  const row = (await transaction('shows').where({ channel_id: channelId, cancelled_at: null }).where('starts_at', '>', new Date()).count({ shows: '*' }).first()) as { shows: number | string }
  return Number(row.shows)
}

export async function insertShow(database: Database, show: { id: string; channelId: ChannelId; title: string; startsAt: Date }): Promise<void> {
  await database('shows').insert({ id: show.id, channel_id: show.channelId, title: show.title, starts_at: show.startsAt, created_at: new Date() })
}

export async function findShow(database: Database, id: string): Promise<Show | undefined> {
  const row = (await shows(database).where('shows.id', id).first('shows.*', 'channels.owner_id', { channel: 'channels.name' })) as Row | undefined
  return row && toShow(row)
}

/** A new time makes every reminder due anew. */
export async function updateShow(transaction: Database, { id }: Show, change: { title?: string; startsAt?: Date }): Promise<void> {
  const { title, startsAt } = change
  if (title !== undefined || startsAt) await transaction('shows').where({ id }).update({ ...(title === undefined ? {} : { title }), ...(startsAt === undefined ? {} : { starts_at: startsAt }) })
  if (startsAt) await transaction('show_reminders').where({ show_id: id }).update({ due_at: dueAt(startsAt, new Date()), told_at: null })
}

/** @returns whether it was not cancelled before */
export async function cancelShow(database: Database, { id }: Show): Promise<boolean> {
  return (await database('shows').where({ id, cancelled_at: null }).update({ cancelled_at: new Date() })) > 0
}

/** Upcoming shows (of a channel, or the one of that id), the next first. */
export async function viewShows(database: Database, which: { channelId: ChannelId } | { id: string }, me: UserId | undefined): Promise<ShowView[]> {
  const query = shows(database)
    .select('shows.*', 'channels.owner_id', { channel: 'channels.name' })
    .select({ reminders: database('show_reminders').count('*').whereRaw('show_reminders.show_id = shows.id') })
    .select({ mine: database('show_reminders').count('*').whereRaw('show_reminders.show_id = shows.id').where('show_reminders.user_id', me ?? '') })
    .where('shows.starts_at', '>', new Date(Date.now() - LATE_MS))
    .orderBy('shows.starts_at')
    .orderBy('shows.id')
  const rows = (await ('id' in which ? query.where('shows.id', which.id) : query.where('shows.channel_id', which.channelId))) as ViewRow[]
  return rows.map((row) => ({ id: row.id, channel: row.channel, title: row.title, startsAt: row.starts_at.toISOString(), reminders: Number(row.reminders), remindMe: Number(row.mine) > 0 }))
}

export async function addReminder(database: Database, { id, startsAt }: Show, userId: UserId): Promise<void> {
  await database('show_reminders').insert({ show_id: id, user_id: userId, due_at: dueAt(startsAt, new Date()) }).onConflict().ignore()
}

export async function removeReminder(database: Database, { id }: Show, userId: UserId): Promise<void> {
  await database('show_reminders').where({ show_id: id, user_id: userId }).delete()
}

export async function eraseReminders(database: Database, userId: UserId): Promise<void> {
  await database('show_reminders').where({ user_id: userId }).delete()
}

/** Those who set a reminder. */
export async function remindedOf(database: Database, { id }: Show): Promise<UserId[]> {
  const rows = (await database('show_reminders').where({ show_id: id }).select('user_id')) as Array<{ user_id: UserId }>
  return rows.map(({ user_id }) => user_id)
}

/** Reminders that are due and not told of, by show; those of shows long past are left alone. */
export async function dueReminders(database: Database, now: Date): Promise<Due[]> {
  const rows = (await shows(database)
    .join('show_reminders', 'show_reminders.show_id', 'shows.id')
    .whereNull('show_reminders.told_at')
    .where('show_reminders.due_at', '<=', now)
    .where('shows.starts_at', '>', new Date(now.getTime() - LATE_MS))
    .limit(10_000)
    .select('shows.*', 'channels.owner_id', { channel: 'channels.name' }, 'show_reminders.user_id')) as Array<Row & { user_id: UserId }>
  const due = new Map<string, Due>()
  for (const row of rows) {
    const known = due.get(row.id) ?? { show: toShow(row), userIds: [] }
    known.userIds.push(row.user_id)
    due.set(row.id, known)
  }
  return [...due.values()]
}

export async function noteReminded(database: Database, { show, userIds }: Due): Promise<void> {
  for (let from = 0; from < userIds.length; from += 1000)
    await database('show_reminders').where({ show_id: show.id }).whereIn('user_id', userIds.slice(from, from + 1000)).update({ told_at: new Date() })
}
