// The one place where a socket request is checked and its outcome, good or bad, becomes a Reply.
import type { Server, Socket } from 'socket.io'
import type { Visitor } from '../accounts/Visitors.ts'
import { requestSchemas } from '../contract/sockets.ts'
import type { ClientToServerEvents, ReplyData, RequestData, RequestName, ServerToClientEvents } from '../contract/sockets.ts'
import type { Reply } from '../contract/errors.ts'
import { AppError } from '../core/AppError.ts'
import { checked } from '../core/checked.ts'
import { isUnreachable } from '../core/isUnreachable.ts'
import type { Logger } from '../core/logger.ts'
import type { ServerFacts } from './Bus.ts'

/** `token` is the session's, for looking its user up anew. */
export type SocketData = { readonly token: string | undefined; readonly visitor: Visitor }
/** What servers say to each other; see Bus. */
type InterServerEvents = { fact: (name: keyof ServerFacts, fact: unknown) => void }
export type FootlightServer = Server<ClientToServerEvents, ServerToClientEvents, InterServerEvents, SocketData>
export type FootlightSocket = Socket<ClientToServerEvents, ServerToClientEvents, InterServerEvents, SocketData>

/** Answers every request of that name: a bad argument, a refusal and a failure become error replies; nothing is thrown further. */
export function answer<N extends RequestName>(socket: FootlightSocket, log: Logger, name: N, handle: (data: RequestData<N>) => Promise<ReplyData[N]>): void {
  const listener = async (data: unknown, reply: unknown): Promise<void> => {
    const respond = typeof reply === 'function' ? (reply as (answer: Reply<ReplyData[N]>) => void) : () => undefined
    try {
      respond({ ok: true, data: await handle(checked(requestSchemas[name], data) as RequestData<N>) })
    } catch (error) {
      const failure = error instanceof AppError ? error : new AppError(isUnreachable(error) ? 'unavailable' : 'internal')
      if (failure.status >= 500) log.error({ err: error, event: name }, 'a socket request failed')
      respond({ ok: false, ...failure.toBody() })
    }
  }
  // The event map ties each name to its own argument type; a generic name loses that tie.
  ;(socket.on as (event: string, listener: (data: unknown, reply: unknown) => Promise<void>) => void).call(socket, name, listener)
}
