// SQL of private messages.
import type { Knex } from 'knex'
import type { UserId } from '../contract/ids.ts'
import type { PrivateMessage } from '../contract/privateChat.ts'
import type { Database } from '../db/openDatabase.ts'
import { viewImage } from './PrivateImages.ts'

export type MessageRow = {
  id: string
  conversation_id: string
  seq: number
  sender_id: UserId
  client_id: string
  text: string
  state: PrivateMessage['state']
  at: Date
  image_id: string | null
  width: number | null
  height: number | null
}
type Range = { readonly hiddenSeq: number; readonly before?: number; readonly after?: number; readonly limit: number }

const select = (database: Database) =>
  database('private_messages').leftJoin('private_images', 'private_images.message_id', 'private_messages.id').select('private_messages.*', 'private_images.width', 'private_images.height', { image_id: 'private_images.id' })

export function viewMessage(row: MessageRow, userId: UserId): PrivateMessage {
  const mine = row.sender_id === userId
  const { id, seq, state, text } = row
  return { id, seq, mine, clientId: mine ? row.client_id : null, at: row.at.toISOString(), state, text, image: row.image_id === null ? null : viewImage({ id: row.image_id, width: row.width ?? 0, height: row.height ?? 0 }) }
}

export async function findMessage(database: Database, by: { id: string } | { conversation_id: string; sender_id: UserId; client_id: string }): Promise<MessageRow | undefined> {
  const where = Object.fromEntries(Object.entries(by).map(([column, value]) => [`private_messages.${column}`, value]))
  return (await select(database).where(where).first()) as MessageRow | undefined
}

/** The messages with those places; for the last ones of a list of conversations. */
export async function findMessagesAt(database: Database, places: ReadonlyArray<readonly [conversationId: string, seq: number]>): Promise<MessageRow[]> {
  if (places.length === 0) return []
  return (await select(database).whereIn(['private_messages.conversation_id', 'private_messages.seq'], places.map((place) => [...place]))) as MessageRow[]
}

/** Oldest first: the newest ones, those before a seq, or those after one. `more`: there are further ones that way. */
export async function readMessages(database: Database, conversationId: string, { hiddenSeq, before, after, limit }: Range): Promise<{ rows: MessageRow[]; more: boolean }> {
  const query = select(database).where('private_messages.conversation_id', conversationId).where('seq', '>', Math.max(hiddenSeq, after ?? 0)).limit(limit + 1)
  if (before !== undefined) void query.where('seq', '<', before)
  const rows = (await query.orderBy('seq', after === undefined ? 'desc' : 'asc')) as MessageRow[]
  const page = rows.slice(0, limit)
  return { rows: after === undefined ? page.reverse() : page, more: rows.length > limit }
}

export async function insertMessage(transaction: Knex.Transaction, message: Omit<MessageRow, 'image_id' | 'width' | 'height'>): Promise<void> {
  await transaction('private_messages').insert(message)
}

/** Takes the words out; the place in the conversation stays. */
export async function emptyMessages(transaction: Knex.Transaction, where: { id: string } | { conversation_id: string; sender_id: UserId }, state: 'recalled' | 'erased'): Promise<void> {
  await transaction('private_messages').where(where).update({ text: '', state })
}

/** What both have deleted is gone. */
export async function purgeMessages(transaction: Knex.Transaction, conversationId: string, throughSeq: number): Promise<void> {
  await transaction('private_messages').where({ conversation_id: conversationId }).where('seq', '<=', throughSeq).delete()
}

/** The newest messages with that text which a user can still see. */
export async function searchMessages(database: Database, userId: UserId, { words, limit }: { words: string; limit: number }): Promise<MessageRow[]> {
  return (await select(database)
    .join('private_members', { 'private_members.conversation_id': 'private_messages.conversation_id' })
    .where({ 'private_members.user_id': userId, 'private_messages.state': 'said' })
    .whereRaw('private_messages.seq > private_members.hidden_seq')
    .whereRaw('LOCATE(?, private_messages.text) > 0', [words])
    .orderBy([{ column: 'private_messages.at', order: 'desc' }, { column: 'private_messages.id' }])
    .limit(limit)) as MessageRow[]
}
