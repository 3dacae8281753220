// What authors and moderators do with messages that are said: take back, delete, pin, and set the room's modes.
import type { ChatMessage, ChatModes } from '../contract/chat.ts'
import type { ChannelId, UserId } from '../contract/ids.ts'
import { outranks } from '../contract/permissions.ts'
import { findUser } from '../accounts/userStore.ts'
import type { User } from '../accounts/userStore.ts'
import { AppError } from '../core/AppError.ts'
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import type { Audit } from '../moderation/Audit.ts'
import type { FootlightServer } from '../realtime/answer.ts'
import type { Bus } from '../realtime/Bus.ts'
import { isRecallable } from './Callers.ts'
import type { KnownCaller } from './Callers.ts'
import { chatRoom, keepersRoom } from './chatRooms.ts'
import { findMessage } from './chatStore.ts'
import type { FanOut } from './FanOut.ts'
import type { RoomLines } from './RoomLines.ts'
import type { RoomSettings } from './RoomSettings.ts'

export type KeepDeps = { readonly database: Database; readonly bus: Bus; readonly sockets: FootlightServer; readonly audit: Audit; readonly settings: RoomSettings; readonly fanOut: FanOut; readonly lines: RoomLines }

/** Who keeps order, from a page of the room or from the operators' desk. */
export type Keeper = Omit<KnownCaller, 'visitor'>

/** Texts of a user's deleted messages that the audit record keeps; all of them stay in the database. */
const TEXTS_KEPT = 50

/** The author takes a message back. A repeat changes nothing. @throws AppError message-not-found, forbidden, too-late */
export async function recallMessage(deps: KeepDeps, { channel, user }: KnownCaller, id: string): Promise<void> {
  const found = await findMessage(deps.database, channel.id, id)
  if (!found || found.state === 'deleted' || found.state === 'dropped') throw new AppError('message-not-found')
  if (found.authorId !== user.id) throw new AppError('forbidden', { message: 'Only its author may take a message back' })
  if (found.state === 'recalled') return
  if (!isRecallable(found.message.at)) throw new AppError('too-late', { message: 'A message may be taken back within two minutes' })
  await transact(deps.database, (within) => remove(within, channel.id, { id, states: ['said', 'held'], to: 'recalled', byId: user.id }))
  // The room never saw one that was held; who keeps order no longer has to decide.
  if (found.state === 'held') deps.sockets.to(keepersRoom(channel.id)).emit('chat:held-decided', { channel: channel.name, id, shown: false })
  await tellRemoved(deps, { channelId: channel.id, channel: channel.name, ids: [id], userId: null, by: 'author' })
}

/** A moderator deletes one message, or all of a user's in this channel. @returns how many. @throws AppError bad-request, message-not-found, user-not-found, forbidden */
export async function deleteMessages(deps: KeepDeps, caller: Keeper, { id, user: name, reason }: { id?: string | undefined; user?: string | undefined; reason: string }): Promise<number> {
  if ((id === undefined) === (name === undefined)) throw new AppError('bad-request', { message: 'Name either a message or a user', fields: { id: 'either this or a user' } })
  return id === undefined ? deleteAllOf(deps, caller, name ?? '', reason) : deleteOne(deps, caller, id, reason)
}

async function deleteOne(deps: KeepDeps, caller: Keeper, id: string, reason: string): Promise<number> {
  const { channel, user } = caller
  const found = await findMessage(deps.database, channel.id, id)
  if (!found || found.state === 'dropped') throw new AppError('message-not-found')
  if (found.state === 'recalled' || found.state === 'deleted') return 0
  if (found.authorId) requireRank(caller, await findUser(deps.database, { id: found.authorId }))
  const deleted = await transact(deps.database, async (within) => {
    const count = await remove(within, channel.id, { id, states: ['said', 'held'], to: 'deleted', byId: user.id })
    if (count > 0) await deps.audit.record({ actorId: user.id, channelId: channel.id, action: 'chat:delete', targetId: found.authorId, reason, detail: { message: id, text: found.message.text } }, within)
    return count
  })
  await tellRemoved(deps, { channelId: channel.id, channel: channel.name, ids: [id], userId: null, by: 'moderator' })
  return deleted
}

async function deleteAllOf(deps: KeepDeps, caller: Keeper, name: string, reason: string): Promise<number> {
  const { channel, user } = caller
  const author = await findUser(deps.database, { name })
  if (!author) throw new AppError('user-not-found', { message: `There is no user ${name}` })
  requireRank(caller, author)
  const ids = await transact(deps.database, async (within) => {
    const rows = (await within('chat_messages')
      .where({ channel_id: channel.id, author_id: author.id })
      .whereIn('state', ['said', 'held'])
      .orderBy('seq', 'desc')
      .forUpdate()
      .select('id', 'text')) as Array<{ id: string; text: string }>
    if (rows.length === 0) return []
    await remove(within, channel.id, { authorId: author.id, states: ['said', 'held'], to: 'deleted', byId: user.id })
    const detail = { count: rows.length, texts: rows.slice(0, TEXTS_KEPT).map(({ text }) => text) }
    await deps.audit.record({ actorId: user.id, channelId: channel.id, action: 'chat:delete', targetId: author.id, reason, detail }, within)
    return rows.map(({ id }) => id)
  })
  if (ids.length > 0) await tellRemoved(deps, { channelId: channel.id, channel: channel.name, ids: ids.slice(0, 500), userId: author.id, by: 'moderator' })
  return ids.length
}

/** Pins a message to the top of the room, or takes the pinned one off. @throws AppError message-not-found */
export async function pinMessage(deps: KeepDeps, { channel }: KnownCaller, id: string | null): Promise<void> {
  const found = id === null ? undefined : await findMessage(deps.database, channel.id, id)
  if (id !== null && found?.state !== 'said') throw new AppError('message-not-found')
  await deps.settings.pin(channel.id, id)
  tellPinned(deps, channel, found?.message ?? null)
}

/** @returns all modes as they now are */
export async function setModes(deps: KeepDeps, { channel, user }: KnownCaller, change: Partial<ChatModes>): Promise<ChatModes> {
  const former = (await deps.settings.of(channel.id)).modes
  const modes = await deps.settings.setModes(channel.id, change)
  deps.bus.tell('chat-changed', { channelId: channel.id })
  deps.sockets.to(chatRoom(channel.id)).emit('chat:modes-changed', { channel: channel.name, modes })
  if (JSON.stringify(former) !== JSON.stringify(modes)) await deps.lines.add(channel, { type: 'modes-changed', name: user.displayName }, user.id)
  return modes
}

/** One's own messages one may always delete. */
function requireRank({ user, role, standing }: Keeper, author: User | undefined): void {
  if (author && author.id !== user.id && !outranks(role, standing.roleOf(author))) throw new AppError('forbidden', { message: 'This person has the same or a higher role here' })
}

type Which = { readonly id?: string; readonly authorId?: UserId; readonly states: readonly string[]; readonly to: 'recalled' | 'deleted'; readonly byId: UserId }

/** The text stays, as evidence; it is never shown again. */
async function remove(within: Database, channelId: ChannelId, { id, authorId, states, to, byId }: Which): Promise<number> {
  const which = within('chat_messages').where({ channel_id: channelId }).whereIn('state', [...states])
  if (id !== undefined) void which.where({ id })
  if (authorId !== undefined) void which.where({ author_id: authorId })
  return which.update({ state: to, removed_by: byId, removed_at: new Date() })
}

/** Tells every page, and takes the message off the top of the room if it was pinned there. */
async function tellRemoved(deps: KeepDeps, removal: Parameters<FanOut['remove']>[0]): Promise<void> {
  deps.fanOut.remove(removal)
  const unpinned = await deps.database('chat_rooms').where({ channel_id: removal.channelId }).whereIn('pinned_id', [...removal.ids]).update({ pinned_id: null })
  if (unpinned > 0) tellPinned(deps, { id: removal.channelId, name: removal.channel }, null)
}

function tellPinned({ bus, sockets }: KeepDeps, { id, name }: { id: ChannelId; name: string }, message: ChatMessage | null): void {
  bus.tell('chat-changed', { channelId: id })
  sockets.to(chatRoom(id)).emit('chat:pinned', { channel: name, message })
}
