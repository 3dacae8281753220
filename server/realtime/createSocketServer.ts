// The Socket.IO server: who may connect, as whom, and which handlers each socket gets.
import type { Server as HttpServer } from 'node:http'
import { Server } from 'socket.io'
import type { Accounts } from '../accounts/Accounts.ts'
import { sessionTokenIn } from '../accounts/sessionCookie.ts'
import type { Logger } from '../core/logger.ts'
import type { OriginRule } from '../http/originRule.ts'
import type { FootlightServer, FootlightSocket } from './answer.ts'

const MAX_MESSAGE_BYTES = 256 * 1024

export type SocketServerOptions = {
  readonly http: HttpServer
  readonly accounts: Accounts
  readonly mayCall: OriginRule
  /** Each room's handlers, put on every new socket. */
  readonly handlers: ReadonlyArray<(socket: FootlightSocket) => void>
  readonly log: Logger
}

export function createSocketServer({ http, accounts, mayCall, handlers, log }: SocketServerOptions): FootlightServer {
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
    for (const handle of handlers) handle(socket)
  })
  return server
}
