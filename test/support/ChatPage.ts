// A page without a screen that reads and writes a channel's chat: asks over Socket.IO and keeps every fact it is told.
import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import type { ChatFacts, ChatMessage } from '../../server/contract/chat.ts'
import type { ErrorBody, Reply } from '../../server/contract/errors.ts'
import type { ReplyData, RequestData, RequestName } from '../../server/contract/sockets.ts'
import { eventually } from './eventually.ts'
import type { Visitor } from './Visitor.ts'

const ANSWER_MS = 15_000
type FactOf<N extends keyof ChatFacts> = Parameters<ChatFacts[N]>[0]
let sent = 0

/** The caller closes it. */
export class ChatPage {
  readonly #socket: Socket
  readonly facts: Array<{ readonly name: string; readonly fact: unknown }> = []

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.onAny((name: string, fact: unknown) => void this.facts.push({ name, fact }))
  }

  /** Connects as that visitor, to another server when `url` is given. */
  static async open(visitor: Visitor, url = visitor.base): Promise<ChatPage> {
    const socket = io(url, { transports: ['websocket'], reconnection: false, forceNew: true, extraHeaders: visitor.cookie ? { cookie: visitor.cookie } : {} })
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', () => resolve())
      socket.once('connect_error', reject)
    })
    return new ChatPage(socket)
  }

  get connected(): boolean {
    return this.#socket.connected
  }

  /** The answer as it came, good or bad. */
  async ask<N extends RequestName>(name: N, data: RequestData<N>): Promise<Reply<ReplyData[N]>> {
    return (await this.#socket.timeout(ANSWER_MS).emitWithAck(name, data)) as Reply<ReplyData[N]>
  }

  /** The answer's data. @throws Error with the code when it was refused */
  async request<N extends RequestName>(name: N, data: RequestData<N>): Promise<ReplyData[N]> {
    const reply = await this.ask(name, data)
    if (!reply.ok) throw new Error(`${name}: ${reply.error.code}: ${reply.error.message}`)
    return reply.data
  }

  /** Why it was refused; null when it was not. */
  async refusal<N extends RequestName>(name: N, data: RequestData<N>): Promise<ErrorBody['error'] | null> {
    const reply = await this.ask(name, data)
    return reply.ok ? null : reply.error
  }

  /** Says a text; every call is another message. */
  say(channel: string, text: string, more: Partial<RequestData<'chat:send'>> = {}): Promise<ReplyData['chat:send']> {
    return this.request('chat:send', { channel, text, clientId: newClientId(), ...more })
  }

  /** The code a text is refused with; null when it is said. */
  async sayRefused(channel: string, text: string): Promise<string | null> {
    return (await this.refusal('chat:send', { channel, text, clientId: newClientId() }))?.code ?? null
  }

  told<N extends keyof ChatFacts>(name: N): Array<FactOf<N>> {
    return this.facts.filter((one) => one.name === name).map(({ fact }) => fact as FactOf<N>)
  }

  /** Messages shown so far, in the order they came. */
  shown(): ChatMessage[] {
    return this.told('chat:batched').flatMap(({ messages }) => [...messages])
  }

  texts(): string[] {
    return this.shown().map(({ text }) => text)
  }

  async sees(text: string): Promise<void> {
    await eventually(`"${text}" is shown`, () => this.texts().includes(text), 8000)
  }

  async isTold<N extends keyof ChatFacts>(name: N, matches: (fact: FactOf<N>) => boolean = () => true): Promise<FactOf<N>> {
    await eventually(`${name} is told`, () => this.told(name).some(matches), 8000)
    return this.told(name).find(matches) as FactOf<N>
  }

  close(): void {
    this.#socket.disconnect()
  }
}

export const newClientId = (): string => `client-${process.pid}-${(sent += 1)}`
