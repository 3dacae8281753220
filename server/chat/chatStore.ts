// SQL of messages: how rows become what readers see, and the questions asked of them.
import { avatarUrl } from '../accounts/userStore.ts'
import { CHAT_RECENT } from '../contract/chat.ts'
import type { Badges, ChatLine, ChatMessage, DanmakuStyle } from '../contract/chat.ts'
import type { BroadcastId, ChannelId, UserId } from '../contract/ids.ts'
import type { ChannelRole } from '../contract/people.ts'
import type { Database } from '../db/openDatabase.ts'

/** recalled: by its author; deleted: by a moderator; dropped: held back and never shown. */
export type MessageState = 'said' | 'held' | 'recalled' | 'deleted' | 'dropped'

export type MessageRow = {
  id: string
  channel_id: ChannelId
  seq: number
  broadcast_id: BroadcastId | null
  offset_ms: number | null
  at: Date
  author_id: UserId | null
  author_role: ChannelRole | null
  author_badges: string | null
  client_id: string | null
  text: string
  reply_to: string | null
  mentions: string | null
  style: string | null
  line: ChatLine['type'] | null
  line_name: string | null
  line_detail: string | null
  line_user_id: UserId | null
  state: MessageState
}
type JoinedRow = MessageRow & {
  channel: string
  name: string | null
  display_name: string | null
  avatar: string | null
  reply_text: string | null
  reply_state: MessageState | null
  reply_author: string | null
}
export type StoredMessage = { readonly message: ChatMessage; readonly state: MessageState; readonly authorId: UserId | null }

const writeStyle = (style: DanmakuStyle | null): string | null => style && `${style.color}/${style.position}`
const readStyle = (style: string | null): DanmakuStyle | null => {
  const [color, position] = style?.split('/') ?? []
  return color && position ? ({ color, position } as DanmakuStyle) : null
}
const noBadges: Badges = { guard: null, fan: null }
const writeBadges = (author: ChatMessage['author']): string | null => (author && (author.guard || author.fan) ? JSON.stringify({ guard: author.guard, fan: author.fan }) : null)
const readBadges = (badges: string | null): Badges => (badges === null ? noBadges : (JSON.parse(badges) as Badges))
/** What a line has beside its type and name. */
function writeLine(line: ChatLine | null): string | null {
  const { type: _type, name: _name, ...detail } = line ?? {}
  return Object.keys(detail).length > 0 ? JSON.stringify(detail) : null
}
const readLine = (type: ChatLine['type'], name: string, detail: string | null): ChatLine => ({ type, name, ...(detail === null ? {} : (JSON.parse(detail) as object)) }) as ChatLine

/** MariaDB gives JSON as text, MySQL as what it means. */
export const readJson = <T>(value: unknown): T | null => (typeof value === 'string' ? (JSON.parse(value) as T) : ((value as T | undefined) ?? null))

export function toRow(message: ChatMessage, { channelId, state, lineUserId = null }: { channelId: ChannelId; state: MessageState; lineUserId?: UserId | null }): MessageRow {
  return {
    id: message.id,
    channel_id: channelId,
    seq: message.seq,
    broadcast_id: message.broadcastId,
    offset_ms: message.offsetMs,
    at: new Date(message.at),
    author_id: message.author?.id ?? null,
    author_role: message.author?.role ?? null,
    author_badges: writeBadges(message.author),
    client_id: message.clientId,
    text: message.text,
    reply_to: message.replyTo?.id ?? null,
    mentions: message.mentions.length > 0 ? JSON.stringify(message.mentions) : null,
    style: writeStyle(message.style),
    line: message.line?.type ?? null,
    line_name: message.line?.name ?? null,
    line_detail: writeLine(message.line),
    line_user_id: lineUserId,
    state,
  }
}

/** An author whose account is gone has neither name nor text left. */
function toMessage(row: JoinedRow): ChatMessage {
  const gone = row.author_id !== null && row.name === null
  const known = row.author_id !== null && row.name !== null
  return {
    id: row.id,
    seq: row.seq,
    channel: row.channel,
    broadcastId: row.broadcast_id,
    offsetMs: row.offset_ms,
    at: row.at.toISOString(),
    author: known ? { id: row.author_id as UserId, name: row.name as string, displayName: row.display_name ?? (row.name as string), avatarUrl: avatarUrl(row.avatar), role: row.author_role ?? 'viewer', ...readBadges(row.author_badges) } : null,
    clientId: row.client_id,
    text: gone ? '' : row.text,
    replyTo: row.reply_to && row.reply_state ? { id: row.reply_to, name: row.reply_author ?? '', text: row.reply_state === 'said' && row.reply_author !== null ? (row.reply_text ?? '') : '' } : null,
    mentions: readJson<string[]>(row.mentions) ?? [],
    style: readStyle(row.style),
    line: row.line && readLine(row.line, row.line_name ?? '', row.line_detail),
  }
}

const joined = (database: Database) =>
  database('chat_messages as m')
    .join('channels as c', 'c.id', 'm.channel_id')
    .leftJoin('users as u', 'u.id', 'm.author_id')
    .leftJoin('chat_messages as r', 'r.id', 'm.reply_to')
    .leftJoin('users as ru', 'ru.id', 'r.author_id')
    .select('m.*', { channel: 'c.name', name: 'u.name', display_name: 'u.display_name', avatar: 'u.avatar', reply_text: 'r.text', reply_state: 'r.state' })
    .select(database.raw('COALESCE(ru.display_name, ru.name) AS reply_author'))

const stored = (row: JoinedRow): StoredMessage => ({ message: toMessage(row), state: row.state, authorId: row.author_id })

/** The newest messages that are said, oldest first. */
export async function recentMessages(database: Database, channelId: ChannelId, limit = CHAT_RECENT): Promise<ChatMessage[]> {
  const rows = (await joined(database).where({ 'm.channel_id': channelId, 'm.state': 'said' }).orderBy('m.seq', 'desc').limit(limit)) as JoinedRow[]
  return rows.reverse().map(toMessage)
}

/** The newest number given, whatever became of its message. */
export async function lastSeq(database: Database, channelId: ChannelId): Promise<number> {
  const row = (await database('chat_rooms').where({ channel_id: channelId }).first('last_seq')) as { last_seq: number } | undefined
  return row?.last_seq ?? 0
}

export async function findMessage(database: Database, channelId: ChannelId, id: string): Promise<StoredMessage | undefined> {
  const row = (await joined(database).where({ 'm.id': id, 'm.channel_id': channelId }).first()) as JoinedRow | undefined
  return row && stored(row)
}

/** What was stored of these (author, client id) pairs before. */
export async function findRepeats(database: Database, channelId: ChannelId, keys: ReadonlyArray<{ authorId: UserId; clientId: string }>): Promise<StoredMessage[]> {
  if (keys.length === 0) return []
  const rows = (await joined(database)
    .where('m.channel_id', channelId)
    .whereIn(['m.author_id', 'm.client_id'], keys.map(({ authorId, clientId }) => [authorId, clientId]))) as JoinedRow[]
  return rows.map(stored)
}

/** Lines of these ids that were stored before. */
export async function findStoredLines(database: Database, channelId: ChannelId, ids: readonly string[]): Promise<StoredMessage[]> {
  if (ids.length === 0) return []
  const rows = (await joined(database).where('m.channel_id', channelId).whereIn('m.id', [...ids])) as JoinedRow[]
  return rows.map(stored)
}

/** Messages that wait for a decision, oldest first, and how many there are. */
export async function heldMessages(database: Database, channelId: ChannelId, limit = CHAT_RECENT): Promise<{ messages: ChatMessage[]; total: number }> {
  const rows = (await joined(database).where({ 'm.channel_id': channelId, 'm.state': 'held' }).orderBy('m.seq').limit(limit)) as JoinedRow[]
  const [count] = (await database('chat_messages').where({ channel_id: channelId, state: 'held' }).count({ total: '*' })) as Array<{ total: number | string }>
  return { messages: rows.map(toMessage), total: Number(count?.total ?? 0) }
}

/** Ids of the messages from that number on that were taken away after they were said. */
export async function removedFrom(database: Database, channelId: ChannelId, seq: number): Promise<string[]> {
  const rows = (await database('chat_messages').where({ channel_id: channelId }).where('seq', '>=', seq).whereIn('state', ['recalled', 'deleted']).select('id')) as Array<{ id: string }>
  return rows.map(({ id }) => id)
}

/** Ids of messages taken away since then. */
export async function recentlyRemoved(database: Database, channelId: ChannelId, since: Date): Promise<string[]> {
  const rows = (await database('chat_messages')
    .where({ channel_id: channelId })
    .whereIn('state', ['recalled', 'deleted'])
    .where('removed_at', '>', since)
    .limit(500)
    .select('id')) as Array<{ id: string }>
  return rows.map(({ id }) => id)
}

/** What a replay shows between two offsets, in order. */
export async function replayMessages(database: Database, broadcastId: BroadcastId, { from, to, limit }: { from: number; to: number; limit: number }): Promise<ChatMessage[]> {
  const rows = (await joined(database)
    .where({ 'm.broadcast_id': broadcastId, 'm.state': 'said' })
    .whereBetween('m.offset_ms', [from, to])
    .orderBy(['m.offset_ms', 'm.seq'])
    .limit(limit)) as JoinedRow[]
  return rows.map(toMessage)
}

/** All that was said in a broadcast, part by part. @param afterSeq where the former part ended */
export async function broadcastMessages(database: Database, broadcastId: BroadcastId, { afterSeq, limit }: { afterSeq: number; limit: number }): Promise<ChatMessage[]> {
  const rows = (await joined(database).where({ 'm.broadcast_id': broadcastId, 'm.state': 'said' }).where('m.seq', '>', afterSeq).orderBy('m.seq').limit(limit)) as JoinedRow[]
  return rows.map(toMessage)
}

/** A deleted account leaves no word and no name behind. @returns what was erased */
export async function eraseAuthor(database: Database, userId: UserId): Promise<Array<{ id: string; channel_id: ChannelId; state: MessageState }>> {
  const rows = (await database('chat_messages').where({ author_id: userId }).orWhere({ line_user_id: userId }).select('id', 'channel_id', 'state')) as Array<{ id: string; channel_id: ChannelId; state: MessageState }>
  await database('chat_messages').where({ author_id: userId }).update({ text: '', author_id: null, client_id: null, mentions: null, state: 'deleted' })
  await database('chat_messages').where({ line_user_id: userId }).update({ line_name: '', line_detail: null, line_user_id: null, state: 'deleted' })
  return rows
}
