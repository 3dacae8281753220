// The Socket.IO server: who may connect, as whom, and how several servers share their rooms through Redis.
import type { Server as HttpServer } from 'node:http'
import { createAdapter } from '@socket.io/redis-adapter'
import { Server } from 'socket.io'
import type { Accounts } from '../accounts/Accounts.ts'
import { sessionTokenIn } from '../accounts/sessionCookie.ts'
import { sessionIdOf } from '../accounts/Sessions.ts'
import type { SessionId } from '../accounts/Sessions.ts'
import type { Visitors } from '../accounts/Visitors.ts'
import type { UserId } from '../contract/ids.ts'
import type { Redis } from '../core/openRedis.ts'
import type { OriginRule } from '../http/originRule.ts'
import type { FootlightServer, FootlightSocket } from './answer.ts'

/** The sockets of one log-in; disconnected when it ends. */
export const sessionRoom = (id: SessionId): string => `session:${id}`
/** All sockets of one user, on every server. */
export const userRoom = (userId: UserId): string => `user:${userId}`

/** Whether the socket came with a log-in that was open then. */
export const cameLoggedIn = (socket: FootlightSocket): boolean => [...socket.rooms].some((room) => room.startsWith(userRoom('' as UserId)))

const MAX_MESSAGE_BYTES = 256 * 1024

export type SocketServerOptions = {
  readonly http: HttpServer
  readonly mayCall: OriginRule
  readonly accounts: Accounts
  readonly visitors: Visitors
  /** Two connections for the adapter alone: one to publish, one to subscribe. Commands wait in them while Redis is away. */
  readonly adapterRedis: { readonly publish: Redis; readonly subscribe: Redis }
}

export function createSocketServer({ http, mayCall, accounts, visitors, adapterRedis }: SocketServerOptions): FootlightServer {
  const server: FootlightServer = new Server(http, {
    serveClient: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    pingInterval: 10_000,
    pingTimeout: 8000,
    allowRequest: (request, decide) => decide(null, mayCall(request)),
    adapter: createAdapter(adapterRedis.publish, adapterRedis.subscribe, { key: 'footlight', publishOnSpecificResponseChannel: true }),
  })

  server.use((socket: FootlightSocket, next) => {
    const token = sessionTokenIn(socket.handshake.headers.cookie)
    Object.assign(socket.data, { token, visitor: visitors.of(socket.request) })
    if (!token) return next()
    void socket.join(sessionRoom(sessionIdOf(token)))
    accounts.userOf(token).then(
      (user) => {
        if (user) void socket.join(userRoom(user.id))
        next()
      },
      () => next(new Error('unavailable')),
    )
  })
  server.on('connection', (socket) => {
    const { token } = socket.data
    if (!token || !cameLoggedIn(socket)) return
    // A session that ended during the handshake was not among the open sockets yet, and must not stay.
    accounts.userOf(token).then(
      (user) => void (user ?? socket.disconnect(true)),
      () => socket.disconnect(true),
    )
  })
  return server
}

/** Puts each handler on every socket that comes. */
export function serveSockets(server: FootlightServer, handlers: ReadonlyArray<(socket: FootlightSocket) => void>): void {
  server.on('connection', (socket) => {
    for (const handle of handlers) handle(socket)
  })
}
