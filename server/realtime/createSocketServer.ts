// The Socket.IO server: who connects, which handlers each socket gets, and which facts go to which room.
import type { Server as HttpServer } from 'node:http'
import { Server } from 'socket.io'
import type { Accounts } from '../accounts/Accounts.ts'
import { sessionTokenIn } from '../accounts/sessionCookie.ts'
import type { Channels } from '../channels/Channels.ts'
import type { Logger } from '../core/logger.ts'
import type { OriginRule } from '../http/originRule.ts'
import { channelRoom, studioRoom } from '../live/rooms.ts'
import type { Live } from '../live/Live.ts'
import type { NoticeBoard } from '../live/NoticeBoard.ts'
import { publishSockets } from '../live/publishSockets.ts'
import type { ViewerCount } from '../live/ViewerCount.ts'
import { watchSockets } from '../live/watchSockets.ts'
import type { JoinTimes } from '../stats/metrics.ts'
import type { FootlightServer, FootlightSocket } from './answer.ts'

const MAX_MESSAGE_BYTES = 256 * 1024

export type SocketServerOptions = {
  readonly http: HttpServer
  readonly accounts: Accounts
  readonly channels: Channels
  readonly live: Live
  readonly viewers: ViewerCount
  readonly notices: NoticeBoard
  readonly joinTimes: JoinTimes
  readonly mayCall: OriginRule
  readonly log: Logger
}

export function createSocketServer(options: SocketServerOptions): FootlightServer {
  const { http, accounts, channels, live, viewers, notices, joinTimes, mayCall, log } = options
  const server: FootlightServer = new Server(http, {
    serveClient: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    pingInterval: 10_000,
    pingTimeout: 8000,
    allowRequest: (request, decide) => decide(null, mayCall(request)),
  })

  server.use((socket: FootlightSocket, next) => {
    accounts
      .userOf(sessionTokenIn(socket.handshake.headers.cookie))
      .then((user) => {
        Object.assign(socket.data, { user })
        next()
      })
      .catch((error: unknown) => {
        log.error({ err: error }, 'a socket could not be let in')
        next(new Error('internal'))
      })
  })

  server.on('connection', (socket: FootlightSocket) => {
    watchSockets(socket, { channels, live, viewers, joinTimes, log })
    publishSockets(socket, { channels, live, notices, log })
  })

  live.on('changed', ({ channelId, broadcast }) => {
    server.to([channelRoom(channelId), studioRoom(channelId)]).emit('broadcast:changed', { channel: broadcast.channel, broadcast })
  })
  live.on('noticed', ({ channelId, channel, notice }) => {
    server.to(studioRoom(channelId)).emit('studio:noticed', { ...notice, channel })
  })
  viewers.on('counted', ({ channelId, viewers: count }) => {
    const channel = live.of(channelId)?.channel.name
    if (channel) server.to([channelRoom(channelId), studioRoom(channelId)]).emit('viewers:counted', { channel, viewers: count })
  })

  return server
}
