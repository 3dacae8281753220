// SQL of channels.
import type { Category } from '../contract/http.ts'
import type { ChannelId, UserId } from '../contract/ids.ts'
import type { TicketTerms } from '../contract/tickets.ts'
import { AppError } from '../core/AppError.ts'
import { newId } from '../core/newId.ts'
import { isDuplicate } from '../db/isDuplicate.ts'
import type { Database } from '../db/openDatabase.ts'
import { toTerms } from '../db/ticketTerms.ts'
import type { TicketColumns } from '../db/ticketTerms.ts'

export type Channel = {
  readonly id: ChannelId
  readonly ownerId: UserId
  readonly owner: string
  readonly name: string
  readonly title: string
  readonly category: Category
  readonly cover: string | null
  readonly record: boolean
  /** Normalised, in the host's order. */
  readonly tags: readonly string[]
  /** What its next show asks for; null: nothing. */
  readonly ticket: TicketTerms | null
}
export type SealedKey = { readonly hash: Buffer; readonly sealed: Buffer }
type ChannelBy = { id: ChannelId } | { name: string } | { owner_id: UserId } | { key_hash: Buffer }
type ChannelRow = TicketColumns & { id: ChannelId; owner_id: UserId; owner: string; name: string; title: string; category: Category; cover: string | null; record: number; tags: string | null }

const toChannel = (row: ChannelRow): Channel => ({
  id: row.id,
  ownerId: row.owner_id,
  owner: row.owner,
  name: row.name,
  title: row.title,
  category: row.category,
  cover: row.cover,
  record: Boolean(row.record),
  tags: row.tags ? row.tags.split(',') : [],
  ticket: toTerms(row),
})

const select = (database: Database) =>
  database('channels')
    .join('users', 'users.id', 'channels.owner_id')
    .select('channels.*', { owner: 'users.name' }, database.raw("(SELECT GROUP_CONCAT(tag ORDER BY place SEPARATOR ',') FROM channel_tags WHERE channel_id = channels.id) AS tags"))

/** By id, whatever became of its owner; else only while the owner's account is not deleted. */
export async function findChannel(database: Database, by: ChannelBy): Promise<Channel | undefined> {
  const [[column, value]] = Object.entries(by) as [[string, string | Buffer]]
  const query = select(database).where(`channels.${column}`, value)
  if (column !== 'id') void query.whereNull('users.deleted_at')
  const row = (await query.first()) as ChannelRow | undefined
  return row && toChannel(row)
}

/** The channel that a deleted account has left behind. */
export async function findAbandoned(database: Database, ownerId: UserId): Promise<Channel | undefined> {
  const row = (await select(database).where('channels.owner_id', ownerId).whereNotNull('users.deleted_at').first()) as ChannelRow | undefined
  return row && toChannel(row)
}

export async function renameChannel(database: Database, id: ChannelId, name: string): Promise<void> {
  await database('channels').where({ id }).update({ name })
}

/** Those of the channels that exist, in no order. */
export async function findChannels(database: Database, ids: readonly ChannelId[]): Promise<Channel[]> {
  return ids.length === 0 ? [] : ((await select(database).whereIn('channels.id', [...ids]).whereNull('users.deleted_at')) as ChannelRow[]).map(toChannel)
}

export async function listChannels(database: Database): Promise<Channel[]> {
  return ((await select(database).whereNull('users.deleted_at').orderBy('channels.name')) as ChannelRow[]).map(toChannel)
}

/** @throws AppError name-taken (the channel's name), channel-exists (the owner has one already) */
export async function insertChannel(
  database: Database,
  channel: { ownerId: UserId; name: string; title: string; category: Category; key: SealedKey },
): Promise<ChannelId> {
  const id = newId<ChannelId>()
  const { ownerId, name, title, category, key } = channel
  try {
    await database('channels').insert({ id, owner_id: ownerId, name, title, category, key_hash: key.hash, key_sealed: key.sealed, created_at: new Date() })
  } catch (error) {
    if (!isDuplicate(error)) throw error
    const owned = await findChannel(database, { owner_id: ownerId })
    throw owned
      ? new AppError('channel-exists', { cause: error, message: `You already have the channel ${owned.name}` })
      : new AppError('name-taken', { cause: error, message: `The name ${name} is taken` })
  }
  return id
}

export async function updateChannel(database: Database, id: ChannelId, change: { title?: string; category?: Category; record?: boolean; cover?: string | null }): Promise<void> {
  if (Object.keys(change).length > 0) await database('channels').where({ id }).update(change)
}

/** Replaces a channel's tags; within a transaction, so that two changes at once come one after the other. */
export async function writeTags(database: Database, id: ChannelId, tags: readonly string[]): Promise<void> {
  await database('channels').where({ id }).forUpdate().first('id')
  await database('channel_tags').where({ channel_id: id }).delete()
  if (tags.length > 0) await database('channel_tags').insert(tags.map((tag, place) => ({ channel_id: id, tag, place })))
}

export async function readKey(database: Database, id: ChannelId): Promise<SealedKey | undefined> {
  const row = (await database('channels').where({ id }).first('key_hash', 'key_sealed')) as { key_hash: Buffer; key_sealed: Buffer } | undefined
  return row && { hash: row.key_hash, sealed: row.key_sealed }
}

export async function writeKey(database: Database, id: ChannelId, key: SealedKey): Promise<void> {
  await database('channels').where({ id }).update({ key_hash: key.hash, key_sealed: key.sealed })
}
