// The Socket.IO server: who may connect, as whom, and which handlers each socket gets.
import { createHash } from 'node:crypto'
import type { Server as HttpServer } from 'node:http'
import { Server } from 'socket.io'
import { sessionTokenIn } from '../accounts/sessionCookie.ts'
import type { OriginRule } from '../http/originRule.ts'
import type { FootlightServer, FootlightSocket } from './answer.ts'

/** The sockets of one log-in; disconnected when it ends. The name is a hash, since room names reach adapters and logs. */
export const sessionRoom = (token: string): string => `session:${createHash('sha256').update(token).digest('base64url')}`

const MAX_MESSAGE_BYTES = 256 * 1024

export type SocketServerOptions = {
  readonly http: HttpServer
  readonly mayCall: OriginRule
  /** Each room's handlers, put on every new socket. */
  readonly handlers: ReadonlyArray<(socket: FootlightSocket) => void>
}

export function createSocketServer({ http, mayCall, handlers }: SocketServerOptions): FootlightServer {
  const server: FootlightServer = new Server(http, {
    serveClient: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    pingInterval: 10_000,
    pingTimeout: 8000,
    allowRequest: (request, decide) => decide(null, mayCall(request)),
  })

  server.on('connection', (socket: FootlightSocket) => {
    const token = sessionTokenIn(socket.handshake.headers.cookie)
    Object.assign(socket.data, { token })
    if (token) void socket.join(sessionRoom(token))
    for (const handle of handlers) handle(socket)
  })
  return server
}
