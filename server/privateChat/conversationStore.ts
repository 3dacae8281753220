// SQL of conversations and of what each of the two knows of them. Whoever changes one locks its row first.
import type { Knex } from 'knex'
import type { UserId } from '../contract/ids.ts'
import { newId } from '../core/newId.ts'
import { isDuplicate } from '../db/isDuplicate.ts'
import type { Database } from '../db/openDatabase.ts'

export type ConversationRow = { id: string; one_id: UserId; two_id: UserId; started_by: UserId | null; accepted: number; last_seq: number; asked: number }
export type MemberRow = { conversation_id: string; user_id: UserId; other_id: UserId; request: number; unread: number; read_seq: number; seen_seq: number; hidden_seq: number; version: number; gone: number; last_at: Date }
type MemberChange = Partial<Omit<Record<keyof MemberRow, unknown>, 'conversation_id' | 'user_id' | 'other_id' | 'version'>>

const ordered = (one: UserId, other: UserId) => (one < other ? { one_id: one, two_id: other } : { one_id: other, two_id: one })

export const otherOf = ({ one_id, two_id }: ConversationRow, userId: UserId): UserId => (one_id === userId ? two_id : one_id)

export async function findConversation(database: Database, one: UserId, other: UserId): Promise<ConversationRow | undefined> {
  return database<ConversationRow>('private_conversations').where(ordered(one, other)).first()
}

/** A conversation by its id, for its two people alone. */
export async function findOwnConversation(database: Database, id: string, userId: UserId): Promise<ConversationRow | undefined> {
  const row = await database<ConversationRow>('private_conversations').where({ id }).first()
  return row && [row.one_id, row.two_id].includes(userId) ? row : undefined
}

/** The pair's conversation, made when there is none: of several at once, one makes it. */
export async function openConversation(database: Database, one: UserId, other: UserId): Promise<ConversationRow> {
  const now = new Date()
  const id = newId()
  try {
    await database.transaction(async (transaction) => {
      await transaction('private_conversations').insert({ id, ...ordered(one, other), created_at: now })
      await transaction('private_members').insert([
        { conversation_id: id, user_id: one, other_id: other, last_at: now },
        { conversation_id: id, user_id: other, other_id: one, last_at: now },
      ])
    })
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
  const row = await findConversation(database, one, other)
  if (!row) throw new Error('a conversation that was just opened is not there')
  return row
}

/** Waits for everyone else who changes it. To be called before anything else is read in the transaction. */
export async function lockConversation(transaction: Knex.Transaction, id: string): Promise<ConversationRow> {
  const row = await transaction<ConversationRow>('private_conversations').where({ id }).forUpdate().first()
  if (!row) throw new Error('a conversation that is changed is not there')
  return row
}

export async function updateConversation(transaction: Knex.Transaction, id: string, change: Partial<Pick<ConversationRow, 'started_by' | 'last_seq' | 'asked'>> & { accepted?: boolean }): Promise<void> {
  await transaction('private_conversations').where({ id }).update(change)
}

export async function readMembers(database: Database, conversationId: string): Promise<MemberRow[]> {
  return database<MemberRow>('private_members').where({ conversation_id: conversationId })
}

export async function readMember(database: Database, conversationId: string, userId: UserId): Promise<MemberRow> {
  const row = await database<MemberRow>('private_members').where({ conversation_id: conversationId, user_id: userId }).first()
  if (!row) throw new Error('a conversation lacks one of its two')
  return row
}

/** Changes what one of the two sees, or both where no user is given; each time it is a newer version. */
export async function updateMember(transaction: Knex.Transaction, conversationId: string, userId: UserId | null, change: MemberChange = {}): Promise<void> {
  await transaction('private_members')
    .where({ conversation_id: conversationId, ...(userId === null ? {} : { user_id: userId }) })
    .update({ ...change, version: transaction.raw('version + 1') })
}

/** Counts anew what of the other's is unread. */
export async function recountUnread(transaction: Knex.Transaction, conversationId: string, userId: UserId, readSeq: number): Promise<number> {
  const row = (await transaction('private_messages').where({ conversation_id: conversationId, state: 'said' }).where('seq', '>', readSeq).whereNot({ sender_id: userId }).count({ unread: '*' }).first()) as { unread: string | number }
  return Number(row.unread)
}
