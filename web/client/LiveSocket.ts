// The page's one Socket.IO connection: typed requests with a time limit, facts, and a quick way back after a drop.
import type { Socket } from 'socket.io-client'
import type { ErrorBody } from '../../server/contract/errors.ts'
import type { ClientToServerEvents, ReplyData, RequestData, RequestName, ServerToClientEvents } from '../../server/contract/sockets.ts'
import { RequestFailed } from './RequestFailed.ts'

const ANSWER_MS = 8_000
/** What takes the server no time is answered by then, or the way to it is dead. */
const SOON_MS = 1_500
const RECONNECT_MS = 250
const REFUSED_MS = 1_000
/** A server that goes away is left after a moment between these, so that its crowd does not knock elsewhere all at once. */
const LEAVE_MIN_MS = 200
const LEAVE_MAX_MS = 1_000

type Facts = { [N in keyof ServerToClientEvents]: ServerToClientEvents[N] }
type Answer = { readonly ok: true; readonly data: unknown } | ({ readonly ok: false } & ErrorBody)

export class LiveSocket {
  readonly #socket: Socket<ServerToClientEvents, ClientToServerEvents>

  constructor(socket: Socket<ServerToClientEvents, ClientToServerEvents>) {
    this.#socket = socket
    socket.on('disconnect', (reason) => {
      // The server closed us on purpose (it drains): Socket.IO leaves coming back to us then.
      if (reason === 'io server disconnect') setTimeout(() => socket.connect(), 300)
    })
    // Refused by the server's own word (part of it is away): Socket.IO leaves coming back to us then too.
    socket.on('connect_error', () => {
      if (!socket.active) setTimeout(() => socket.connect(), REFUSED_MS)
    })
    socket.on('connect', () => socket.io.reconnectionDelay(RECONNECT_MS))
    socket.on('server:draining', () => this.#leaveSoon())
  }

  /** Loads Socket.IO and begins to connect; a server that went away is tried again every 250 ms to 1 s. */
  static async open(): Promise<LiveSocket> {
    const { io } = await import('socket.io-client')
    const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io({
      path: '/socket.io',
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnectionDelay: RECONNECT_MS,
      reconnectionDelayMax: 1_000,
      randomizationFactor: 0.3,
      timeout: 5_000,
    })
    return new LiveSocket(socket)
  }

  get connected(): boolean {
    return this.#socket.connected
  }

  /**
   * Asks the server. Never queued while disconnected: what was asked of a former connection means nothing to the next.
   * @throws RequestFailed with the server's code, `network` when not connected, `timeout` after 8 s or what is given.
   */
  async request<N extends RequestName>(name: N, data: RequestData<N>, withinMs = ANSWER_MS): Promise<ReplyData[N]> {
    if (!this.#socket.connected) throw new RequestFailed('network')
    const timed = this.#socket.timeout(withinMs)
    const emit = timed.emitWithAck.bind(timed) as unknown as (name: string, data: unknown) => Promise<Answer>
    let answer: Answer
    try {
      answer = await emit(name, data)
    } catch (cause) {
      throw new RequestFailed('timeout', { cause })
    }
    if (!answer.ok) throw new RequestFailed(answer.error.code, answer.error)
    return answer.data as ReplyData[N]
  }

  /**
   * Asks for something that is answered at once. Without an answer within 1.5 s the way is dead, though nobody said so (the
   * address changed): connects anew, and who listens to `onConnect` asks again.
   * @throws RequestFailed as `request` does.
   */
  async requestSoon<N extends RequestName>(name: N, data: RequestData<N>): Promise<ReplyData[N]> {
    const { id } = this.#socket
    try {
      return await this.request(name, data, SOON_MS)
    } catch (thrown) {
      if (thrown instanceof RequestFailed && thrown.code === 'timeout' && this.#socket.connected && this.#socket.id === id) this.reconnect()
      throw thrown
    }
  }

  /** Sends something whose answer does not matter. */
  tell<N extends RequestName>(name: N, data: RequestData<N>): void {
    void this.request(name, data).catch(() => undefined)
  }

  /** @returns what stops listening. */
  on<N extends keyof Facts>(name: N, listener: Facts[N]): () => void {
    const socket = this.#socket as unknown as { on(name: string, listener: unknown): void; off(name: string, listener: unknown): void }
    socket.on(name, listener)
    return () => socket.off(name, listener)
  }

  /** Calls back at each connection, at once if there is one. @returns what stops listening. */
  onConnect(listener: () => void): () => void {
    this.#socket.on('connect', listener)
    if (this.#socket.connected) queueMicrotask(listener)
    return () => this.#socket.off('connect', listener)
  }

  onDisconnect(listener: () => void): () => void {
    this.#socket.on('disconnect', listener)
    return () => this.#socket.off('disconnect', listener)
  }

  /** Connects anew: so that the server sees the cookies of now (after log-in and log-out), or because the old way is dead. */
  reconnect(): void {
    this.#socket.disconnect().connect()
  }

  close(): void {
    this.#socket.disconnect()
  }

  /** The same moment holds if the server is quicker and closes us itself. */
  #leaveSoon(): void {
    const { id } = this.#socket
    const moment = LEAVE_MIN_MS + Math.random() * (LEAVE_MAX_MS - LEAVE_MIN_MS)
    this.#socket.io.reconnectionDelay(moment)
    setTimeout(() => {
      if (this.#socket.connected && this.#socket.id === id) this.reconnect()
    }, moment)
  }
}
