// Messages that the word filter holds back: a moderator shows them to the room, or drops them.
import type { ChatMessage } from '../contract/chat.ts'
import { may } from '../contract/permissions.ts'
import { AppError } from '../core/AppError.ts'
import { transact } from '../db/transact.ts'
import { userRoom } from '../realtime/createSocketServer.ts'
import type { Callers, KnownCaller } from './Callers.ts'
import { keepersRoom } from './chatRooms.ts'
import { findMessage } from './chatStore.ts'
import type { KeepDeps } from './keepChat.ts'
import { lockRoom, renumber } from './MessageWriter.ts'

/**
 * A shown message takes the next number and the present time, so that everyone gets it, those who catch up included.
 * @throws AppError message-not-found (another moderator was quicker)
 */
export async function decideHeld(deps: KeepDeps & { readonly callers: Callers }, caller: KnownCaller, { id, show }: { id: string; show: boolean }): Promise<void> {
  const { channel } = caller
  const found = await findMessage(deps.database, channel.id, id)
  if (found?.state !== 'held' || !found.authorId) throw new AppError('message-not-found', { message: 'This message no longer waits' })
  const shown = show ? await showHeld(deps, caller, found.message) : null
  if (!show) await dropHeld(deps, caller, found.message)
  deps.sockets.to(keepersRoom(channel.id)).emit('chat:held-decided', { channel: channel.name, id, shown: show })
  if (shown) deps.fanOut.say(channel.id, shown, shown.author !== null && may(shown.author.role, 'chat:exempt'))
  else deps.sockets.to(userRoom(found.authorId)).emit('chat:removed', { channel: channel.name, ids: [id], userId: null, by: 'moderator' })
}

async function showHeld({ database, audit, callers }: KeepDeps & { readonly callers: Callers }, { channel, user }: KnownCaller, message: ChatMessage): Promise<ChatMessage> {
  const broadcast = await callers.broadcastOf(channel.id)
  const now = new Date()
  const offsetMs = broadcast?.liveAt ? Math.max(0, now.getTime() - Date.parse(broadcast.liveAt)) : null
  const seq = await transact(database, async (within) => {
    // The room before its messages, as writers lock them.
    await lockRoom(within, channel.id)
    await requireHeld(within, message.id)
    const next = await renumber(within, channel.id, message.id, { state: 'said', at: now, broadcast_id: broadcast?.id ?? null, offset_ms: offsetMs })
    await audit.record({ actorId: user.id, channelId: channel.id, action: 'chat:held-show', targetId: message.author?.id ?? null, reason: '', detail: { message: message.id, text: message.text } }, within)
    return next
  })
  return { ...message, seq, at: now.toISOString(), broadcastId: broadcast?.id ?? null, offsetMs }
}

async function dropHeld({ database, audit }: KeepDeps, { channel, user }: KnownCaller, message: ChatMessage): Promise<void> {
  await transact(database, async (within) => {
    await requireHeld(within, message.id)
    await within('chat_messages').where({ id: message.id }).update({ state: 'dropped', removed_by: user.id, removed_at: new Date() })
    await audit.record({ actorId: user.id, channelId: channel.id, action: 'chat:held-drop', targetId: message.author?.id ?? null, reason: '', detail: { message: message.id, text: message.text } }, within)
  })
}

async function requireHeld(within: KeepDeps['database'], id: string): Promise<void> {
  const row = (await within('chat_messages').where({ id }).forUpdate().first('state')) as { state: string } | undefined
  if (row?.state !== 'held') throw new AppError('message-not-found', { message: 'This message no longer waits' })
}
