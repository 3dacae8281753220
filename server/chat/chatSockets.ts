// Socket requests of the chat.
import type { ReplyData, RequestData, RequestName } from '../contract/sockets.ts'
import { AppError } from '../core/AppError.ts'
import type { Logger } from '../core/logger.ts'
import { answer } from '../realtime/answer.ts'
import type { FootlightSocket } from '../realtime/answer.ts'
import type { Callers } from './Callers.ts'
import type { ChatLimits } from './ChatLimits.ts'
import { heldMessages } from './chatStore.ts'
import { deleteMessages, pinMessage, recallMessage, setModes } from './keepChat.ts'
import type { KeepDeps } from './keepChat.ts'
import type { Likes } from './Likes.ts'
import type { Members } from './Members.ts'
import { catchUp } from './RecentMessages.ts'
import type { RecentMessages } from './RecentMessages.ts'
import { decideHeld } from './reviewHeld.ts'
import { sendMessage } from './sendMessage.ts'
import type { SendDeps } from './sendMessage.ts'
import { whenAvailable } from './whenAvailable.ts'

/** Chats one page reads at once. */
const CHATS_A_SOCKET = 8

export type ChatSocketDeps = SendDeps & KeepDeps & { readonly callers: Callers; readonly limits: ChatLimits; readonly members: Members; readonly recent: RecentMessages; readonly likes: Likes; readonly log: Logger }

export function chatSockets(socket: FootlightSocket, deps: ChatSocketDeps): void {
  const { callers, limits, members, recent, likes, settings, database, log } = deps
  const serve = <N extends RequestName>(name: N, handle: (data: RequestData<N>) => Promise<ReplyData[N]>): void =>
    answer(socket, log, name, (data) => whenAvailable(() => handle(data)))

  serve('chat:join', async ({ channel: name, after }) => {
    await limits.spendJoin(socket.id)
    const { channel, user, standing } = await callers.identify(socket.data, name, 'chat:read')
    members.leave(socket, channel.id)
    if (members.countOf(socket) >= CHATS_A_SOCKET) throw new AppError('limit-reached', { message: `A page may follow ${CHATS_A_SOCKET} chats` })
    const self = await callers.selfOf(channel, user, standing)
    // The room first: what is said while the rest is read then comes by itself.
    members.enter({ socket, channel, user, self })
    const total = await likes.totalOf(channel.id)
    const newest = await recent.of(channel.id)
    // Last, so that no change that was told while the rest was read is answered over.
    const { modes, pinned } = await settings.of(channel.id)
    return { ...catchUp(newest, after), modes, pinned, self, likes: total, serverTime: Date.now() }
  })

  serve('chat:leave', async ({ channel: name }) => {
    // Whoever was kept out meanwhile may still leave.
    for (const channelId of members.channels()) if (members.nameOf(channelId) === name) members.leave(socket, channelId)
    return {}
  })

  serve('chat:send', (request) => sendMessage(deps, socket.data, request))

  serve('chat:recall', async ({ channel, id }) => {
    await recallMessage(deps, await callers.identifyUser(socket.data, channel, 'chat:send'), id)
    return {}
  })

  serve('chat:delete', async ({ channel, ...which }) => ({ deleted: await deleteMessages(deps, await callers.identifyUser(socket.data, channel, 'chat:delete'), which) }))

  serve('chat:pin', async ({ channel, id }) => {
    await pinMessage(deps, await callers.identifyUser(socket.data, channel, 'chat:pin'), id)
    return {}
  })

  serve('chat:set-modes', async ({ channel, modes }) => {
    await limits.spendModes(socket.id)
    return { modes: await setModes(deps, await callers.identifyUser(socket.data, channel, 'chat:set-modes'), modes) }
  })

  serve('chat:held-list', async ({ channel: name }) => {
    const { channel } = await callers.identifyUser(socket.data, name, 'chat:review')
    const { messages } = await heldMessages(database, channel.id)
    return { messages }
  })

  serve('chat:held-decide', async ({ channel, id, show }) => {
    await decideHeld(deps, await callers.identifyUser(socket.data, channel, 'chat:review'), { id, show })
    return {}
  })

  serve('like', async ({ channel: name, count }) => {
    const { channel, user, visitor } = await callers.identify(socket.data, name, 'like')
    const granted = await limits.grantLikes(user?.id ?? visitor.visitorId, visitor.addressHash, count)
    return { total: await likes.add(channel, granted) }
  })
}
