// Asks for something that costs coins, with one key, until there is an answer: a lost connection neither loses nor doubles it.
import type { ReplyData, RequestData } from '../../server/contract/sockets.ts'
import type { FeedSocket } from '../chat/ChatFeed.ts'
import { RequestFailed } from '../client/RequestFailed.ts'

type Paid = 'gift:send' | 'packet:send'
/** The way there failed: nobody knows whether it was done. Anything else is the server's word that it was not. */
const unknownOutcome = new Set(['network', 'timeout', 'unavailable', 'draining', 'internal'])
const AGAIN_MS = 600
const AGAIN_MAX_MS = 4_000

type Options<N extends Paid> = {
  readonly socket: FeedSocket
  readonly name: N
  /** With its `key`. */
  readonly data: RequestData<N>
  /** Called when the first try was not answered, and it goes on trying. */
  readonly onPending: () => void
  /** Ends the tries, as when the page goes away. */
  readonly signal: AbortSignal
  readonly pauseMs?: number
}

/** @throws RequestFailed with the server's refusal, or the last reason when aborted. */
export async function sendSurely<N extends Paid>({ socket, name, data, onPending, signal, pauseMs = AGAIN_MS }: Options<N>): Promise<ReplyData[N]> {
  for (let pause = pauseMs; ; pause = Math.min(AGAIN_MAX_MS, pause * 2)) {
    try {
      return await socket.request(name, data)
    } catch (thrown) {
      if (signal.aborted || !unknownOutcome.has(RequestFailed.from(thrown).code)) throw thrown
    }
    onPending()
    await connectedAfter(socket, pause, signal)
  }
}

/** A pause, and then a connection. */
async function connectedAfter(socket: FeedSocket, pauseMs: number, signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, pauseMs))
  signal.throwIfAborted()
  if (socket.connected) return
  await new Promise<void>((resolve, reject) => {
    const stop = socket.onConnect(() => {
      stop()
      resolve()
    })
    signal.addEventListener('abort', () => {
      stop()
      reject(signal.reason as Error)
    }, { once: true })
  })
}
