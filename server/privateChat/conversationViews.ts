// Reads conversations as one of the two sees them.
import type { Knex } from 'knex'
import { findUsers, viewPerson } from '../accounts/userStore.ts'
import type { UserId } from '../contract/ids.ts'
import { PRIVATE_PAGE } from '../contract/privateChat.ts'
import type { ConversationPage, ConversationView, PrivateBox, PrivateCounts } from '../contract/privateChat.ts'
import { AppError } from '../core/AppError.ts'
import type { Database } from '../db/openDatabase.ts'
import type { MemberRow } from './conversationStore.ts'
import { findMessagesAt, viewMessage } from './messageStore.ts'

type ViewRow = MemberRow & { last_seq: number; accepted: number; started_by: UserId | null; others_seen_seq: number; other_gone: number }

const select = (database: Database, userId: UserId): Knex.QueryBuilder =>
  database({ mine: 'private_members' })
    .join({ conversation: 'private_conversations' }, 'conversation.id', 'mine.conversation_id')
    .join({ theirs: 'private_members' }, (on) => on.on('theirs.conversation_id', 'mine.conversation_id').on('theirs.user_id', 'mine.other_id'))
    .where('mine.user_id', userId)
    .select('mine.*', 'conversation.last_seq', 'conversation.accepted', 'conversation.started_by', { others_seen_seq: 'theirs.seen_seq', other_gone: 'theirs.gone' })

/** Those that are not deleted by this user. */
const visible = (query: Knex.QueryBuilder): Knex.QueryBuilder => query.whereRaw('conversation.last_seq > mine.hidden_seq')

async function toViews(database: Database, userId: UserId, rows: readonly ViewRow[]): Promise<ConversationView[]> {
  const [people, messages] = await Promise.all([
    findUsers(database, rows.filter(({ other_gone }) => !other_gone).map(({ other_id }) => other_id)),
    findMessagesAt(database, rows.filter((row) => row.last_seq > row.hidden_seq).map((row) => [row.conversation_id, row.last_seq] as const)),
  ])
  const personOf = new Map(people.map((user) => [user.id, viewPerson(user)]))
  const lastOf = new Map(messages.map((row) => [row.conversation_id, viewMessage(row, userId)]))
  return rows.map((row) => {
    const person = personOf.get(row.other_id) ?? null
    const id = row.conversation_id
    return {
      id,
      key: person?.name ?? `~${id}`,
      version: row.version,
      person,
      request: Boolean(row.request),
      waiting: !row.accepted && row.started_by === userId,
      unread: row.unread,
      lastSeq: row.last_seq,
      readSeq: row.read_seq,
      seenSeq: row.others_seen_seq,
      hiddenSeq: row.hidden_seq,
      last: lastOf.get(id) ?? null,
      at: row.last_at.toISOString(),
    }
  })
}

/** In the order of the ids, without those that are not this user's. */
export async function viewConversations(database: Database, userId: UserId, ids: readonly string[]): Promise<ConversationView[]> {
  if (ids.length === 0) return []
  const views = await toViews(database, userId, (await select(database, userId).whereIn('mine.conversation_id', [...ids])) as ViewRow[])
  const viewOf = new Map(views.map((view) => [view.id, view]))
  return ids.flatMap((id) => viewOf.get(id) ?? [])
}

/** @throws AppError conversation-not-found */
export async function viewConversation(database: Database, userId: UserId, id: string): Promise<ConversationView> {
  const [view] = await viewConversations(database, userId, [id])
  if (!view) throw new AppError('conversation-not-found')
  return view
}

/** A page of the list, newest first. @param before the `next` of the page before */
export async function listConversations(database: Database, userId: UserId, { box, before }: { box: PrivateBox; before?: string | undefined }): Promise<ConversationPage> {
  const query = visible(select(database, userId))
    .where('mine.request', box === 'requests')
    .orderBy([{ column: 'mine.last_at', order: 'desc' }, { column: 'mine.conversation_id', order: 'desc' }])
    .limit(PRIVATE_PAGE + 1)
  const [ms, id] = before?.split('.') ?? []
  if (ms !== undefined && id !== undefined) {
    const at = new Date(Number(ms))
    void query.whereRaw('(mine.last_at < ? OR (mine.last_at = ? AND mine.conversation_id < ?))', [at, at, id])
  }
  const rows = (await query) as ViewRow[]
  const page = rows.slice(0, PRIVATE_PAGE)
  const last = page.at(-1)
  return { conversations: await toViews(database, userId, page), next: rows.length > PRIVATE_PAGE && last ? `${last.last_at.getTime()}.${last.conversation_id}` : null }
}

/** Conversations, requests included, with people of that name. */
export async function findConversationsByName(database: Database, userId: UserId, words: string, limit: number): Promise<ConversationView[]> {
  const query = visible(select(database, userId))
    .join('users', 'users.id', 'mine.other_id')
    .where('theirs.gone', false)
    .whereRaw('(LOCATE(?, users.name) > 0 OR LOCATE(?, users.display_name) > 0)', [words, words])
    .orderBy('mine.last_at', 'desc')
    .limit(limit)
  return toViews(database, userId, (await query) as ViewRow[])
}

export async function countUnread(database: Database, userId: UserId): Promise<PrivateCounts> {
  const row = (await visible(
    database({ mine: 'private_members' }).join({ conversation: 'private_conversations' }, 'conversation.id', 'mine.conversation_id').where('mine.user_id', userId),
  ).first(database.raw('COALESCE(SUM(IF(mine.request, 0, mine.unread)), 0) AS unread, COALESCE(SUM(mine.request), 0) AS requests'))) as { unread: string | number; requests: string | number }
  return { unread: Number(row.unread), requests: Number(row.requests) }
}
