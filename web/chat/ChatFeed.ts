// One reader's stay in a channel's chat: joins, follows, catches up after every loss, sends, and tells the page once a frame.
import type { ChatFacts, ChatMessage, ChatModes, ChatSelf } from '../../server/contract/chat.ts'
import { may } from '../../server/contract/permissions.ts'
import type { ReplyData } from '../../server/contract/sockets.ts'
import type { LiveSocket } from '../client/LiveSocket.ts'
import { RequestFailed } from '../client/RequestFailed.ts'
import { ChatLog } from './ChatLog.ts'
import { openModes } from './chatLimits.ts'
import type { SendingMessage } from './ChatRow.ts'
import type { ChatSnapshot, ChatSource, ChatState } from './ChatSource.ts'
import { LikeCounter } from './LikeCounter.ts'
import { Outbox } from './Outbox.ts'
import type { Draft } from './Outbox.ts'

/** A hole may close by itself: batches of several servers cross. */
const HOLE_MS = 400
const HOLE_MAX_MS = 10_000
const RETRY_MS = 1_000
const RETRY_MAX_MS = 5_000
/** Lines of the room that are no older are told to a page that comes (back) as new ones. */
const SHOWN_AFTER_RETURN_MS = 10_000

export type FeedSocket = Pick<LiveSocket, 'request' | 'on' | 'onConnect' | 'onDisconnect' | 'connected'>

type Options = {
  readonly channel: string
  readonly openSocket: () => Promise<FeedSocket>
  /** Calls back before the next picture. */
  readonly schedule?: (draw: () => void) => void
}

export class ChatFeed implements ChatSource {
  readonly channel: string
  readonly likes: LikeCounter
  readonly #options: Options
  readonly #log = new ChatLog()
  readonly #outbox = new Outbox()
  readonly #listeners = new Set<() => void>()
  readonly #freshListeners = new Set<(message: ChatMessage, own: boolean) => void>()
  readonly #undo: (() => void)[] = []
  #socket: FeedSocket | null = null
  #state: ChatState = 'joining'
  #modes: ChatModes = openModes
  #pinned: ChatMessage | null = null
  #self: ChatSelf | null = null
  #nextAt = 0
  #serverAhead = 0
  #held: readonly ChatMessage[] = []
  #snapshot: ChatSnapshot
  #drawing = false
  #closed = false
  #joins = 0
  #retryMs = RETRY_MS
  #holeMs = HOLE_MS
  #retry: ReturnType<typeof setTimeout> | undefined
  #hole: ReturnType<typeof setTimeout> | undefined

  constructor(options: Options) {
    this.channel = options.channel
    this.#options = options
    this.likes = new LikeCounter(async (count) => (await this.#ask('like', { channel: this.channel, count })).total)
    this.#snapshot = this.#draw()
  }

  get snapshot(): ChatSnapshot {
    return this.#snapshot
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly onFresh = (listener: (message: ChatMessage, own: boolean) => void): (() => void) => {
    this.#freshListeners.add(listener)
    return () => this.#freshListeners.delete(listener)
  }

  async start(): Promise<void> {
    const socket = await this.#options.openSocket()
    if (this.#closed) return
    this.#socket = socket
    const { channel } = this
    const here =
      <F extends { readonly channel: string }>(take: (fact: F) => void) =>
      (fact: F) => {
        if (fact.channel === channel && !this.#closed) take(fact)
      }
    this.#undo.push(
      socket.onConnect(() => void this.#join()),
      socket.onDisconnect(() => this.#set(() => (this.#state = this.#state === 'joined' ? 'reconnecting' : this.#state))),
      socket.on('chat:batched', here(({ messages, skipped }) => this.#batched(messages, skipped))),
      socket.on('chat:removed', here((fact) => this.#removed(fact))),
      socket.on('chat:pinned', here(({ message }) => this.#set(() => (this.#pinned = message)))),
      socket.on('chat:modes-changed', here(({ modes }) => this.#set(() => (this.#modes = modes)))),
      socket.on('chat:held', here(({ message }) => this.#set(() => (this.#held = [...this.#held.filter(({ id }) => id !== message.id), message])))),
      socket.on('chat:held-decided', here(({ id }) => this.#set(() => (this.#held = this.#held.filter((message) => message.id !== id))))),
      socket.on('chat:liked', here(({ added, total }) => this.likes.liked(added, total))),
      socket.on('chat:self-changed', here(({ self }) => this.#selfChanged(self))),
      socket.on('people:entered', here(({ people, more }) => this.#set(() => this.#log.enter(people, more)))),
      socket.on('kept-out', here(() => this.#set(() => (this.#state = 'kept-out')))),
    )
  }

  send(draft: Draft): void {
    const message = this.#outbox.add(draft)
    this.#set(() => undefined)
    void this.#deliver(message)
  }

  retry(clientId: string): void {
    const message = this.#outbox.retry(clientId)
    if (message === null) return
    this.#set(() => undefined)
    void this.#deliver(message)
  }

  /** Gives a failed message up. */
  discard(clientId: string): void {
    this.#set(() => this.#outbox.take(clientId))
  }

  isOwn(message: ChatMessage): boolean {
    return this.#outbox.isOwn(message.clientId)
  }

  isGone(id: string): boolean {
    return this.#log.isGone(id)
  }

  /** Tools of authors and moderators. @throws RequestFailed with the server's code */
  async recall(id: string): Promise<void> {
    await this.#ask('chat:recall', { channel: this.channel, id })
    this.#removed({ channel: this.channel, ids: [id], userId: null, by: 'author' })
  }

  async delete(what: { readonly id: string } | { readonly user: string }, reason = ''): Promise<void> {
    await this.#ask('chat:delete', { channel: this.channel, ...what, reason })
  }

  async pin(id: string | null): Promise<void> {
    await this.#ask('chat:pin', { channel: this.channel, id })
  }

  async setModes(modes: Partial<ChatModes>): Promise<void> {
    const answer = await this.#ask('chat:set-modes', { channel: this.channel, modes })
    this.#set(() => (this.#modes = answer.modes))
  }

  async decide(id: string, show: boolean): Promise<void> {
    await this.#ask('chat:held-decide', { channel: this.channel, id, show })
    this.#set(() => (this.#held = this.#held.filter((message) => message.id !== id)))
  }

  /** Asks again what the reader may do here, as after they followed the host. */
  async refresh(): Promise<void> {
    await this.#join()
  }

  people(): Promise<ReplyData['people:list']> {
    return this.#ask('people:list', { channel: this.channel })
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    clearTimeout(this.#retry)
    clearTimeout(this.#hole)
    this.likes.close()
    for (const undo of this.#undo) undo()
    if (this.#socket?.connected === true) void this.#socket.request('chat:leave', { channel: this.channel }).catch(() => undefined)
  }

  #ask: FeedSocket['request'] = async (name, data) => {
    if (this.#socket === null) throw new RequestFailed('network')
    try {
      return await this.#socket.request(name, data)
    } catch (thrown) {
      if (thrown instanceof RequestFailed && thrown.code === 'unavailable') this.#joinLater()
      throw thrown
    }
  }

  async #join(): Promise<void> {
    clearTimeout(this.#retry)
    clearTimeout(this.#hole)
    this.#hole = undefined
    const turn = ++this.#joins
    const after = this.#log.contiguous
    try {
      const answer = await this.#socket?.request('chat:join', { channel: this.channel, ...(after === null ? {} : { after }) })
      if (answer === undefined || this.#closed || turn !== this.#joins) return
      const before = this.#log.contiguous
      let caughtUp: readonly ChatMessage[] = []
      this.#set(() => {
        this.#removed({ channel: this.channel, ids: answer.removed, userId: null, by: 'moderator' })
        caughtUp = this.#log.catchUp(answer)
        for (const { clientId } of caughtUp) if (clientId !== null) this.#outbox.take(clientId)
        this.#state = 'joined'
        this.#modes = answer.modes
        this.#pinned = answer.pinned
      })
      this.#serverAhead = answer.serverTime - Date.now()
      // A gift given a moment ago is shown as if it had just come: whoever was cut off for a while misses none.
      this.#tellFresh(caughtUp.filter(({ line, at }) => line !== null && answer.serverTime - Date.parse(at) < SHOWN_AFTER_RETURN_MS))
      this.#selfChanged(answer.self)
      this.likes.told(answer.likes)
      this.#retryMs = RETRY_MS
      if (before !== this.#log.contiguous) this.#holeMs = HOLE_MS
      this.#watchHole()
      if (may(answer.self.role, 'chat:review')) await this.#listHeld()
    } catch (thrown) {
      if (this.#closed || turn !== this.#joins) return
      const { code } = RequestFailed.from(thrown)
      if (code === 'kept-out') this.#set(() => (this.#state = 'kept-out'))
      else if (code === 'channel-not-found' || code === 'bad-request') this.#set(() => (this.#state = 'missing'))
      else this.#joinLater()
    }
  }

  /** Part of the server is away, though our socket may be up: says so, and asks again soon. */
  #joinLater(): void {
    this.#set(() => (this.#state = this.#state === 'joining' ? 'joining' : 'reconnecting'))
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => void this.#join(), this.#retryMs)
    this.#retryMs = Math.min(RETRY_MAX_MS, this.#retryMs * 2)
  }

  async #listHeld(): Promise<void> {
    const { messages } = await this.#ask('chat:held-list', { channel: this.channel }).catch(() => ({ messages: this.#held }))
    if (!this.#closed) this.#set(() => (this.#held = messages))
  }

  #batched(messages: readonly ChatMessage[], skipped: readonly number[]): void {
    const fresh = this.#log.add(messages, skipped)
    for (const { clientId } of fresh) if (clientId !== null) this.#outbox.take(clientId)
    this.#set(() => undefined)
    this.#tellFresh(fresh)
    this.#watchHole()
  }

  #watchHole(): void {
    if (!this.#log.hasHole) {
      clearTimeout(this.#hole)
      this.#hole = undefined
      this.#holeMs = HOLE_MS
      return
    }
    if (this.#hole !== undefined) return
    this.#hole = setTimeout(() => {
      this.#hole = undefined
      if (this.#socket?.connected !== true || this.#state !== 'joined') return
      this.#holeMs = Math.min(HOLE_MAX_MS, this.#holeMs * 2)
      void this.#join()
    }, this.#holeMs)
  }

  async #deliver({ clientId, text, replyTo, style }: SendingMessage): Promise<void> {
    try {
      const { message, held, nextAt } = await this.#ask('chat:send', { channel: this.channel, clientId, text, ...(replyTo === null ? {} : { replyTo: replyTo.id }), ...(style === null ? {} : { style }) })
      if (this.#closed) return
      this.#set(() => (this.#nextAt = this.#here(nextAt)))
      if (held) return this.#set(() => this.#outbox.hold(clientId))
      this.#outbox.take(clientId)
      this.#batched([message], [])
    } catch (thrown) {
      if (this.#closed) return
      const { code, retryAfter } = RequestFailed.from(thrown)
      if (code === 'slow-mode' && retryAfter !== null) this.#nextAt = Date.now() + retryAfter * 1_000
      this.#set(() => this.#outbox.fail(clientId, thrown))
    }
  }

  /** The server's moment by this page's clock; 0 stays 0. */
  #here(moment: number): number {
    return moment === 0 ? 0 : moment - this.#serverAhead
  }

  #selfChanged(self: ChatSelf): void {
    this.#set(() => {
      this.#self = self
      this.#nextAt = this.#here(self.nextAt)
      if (!may(self.role, 'chat:review')) this.#held = []
    })
  }

  #removed(fact: Parameters<ChatFacts['chat:removed']>[0]): void {
    this.#set(() => {
      this.#log.remove(fact, this.#self !== null && may(this.#self.role, 'chat:delete'))
      if (this.#pinned !== null && (fact.ids.includes(this.#pinned.id) || (fact.userId !== null && this.#pinned.author?.id === fact.userId))) this.#pinned = null
    })
  }

  #tellFresh(messages: readonly ChatMessage[]): void {
    for (const message of messages) for (const listener of this.#freshListeners) listener(message, this.isOwn(message))
  }

  #set(change: () => void): void {
    change()
    if (this.#drawing || this.#closed) return
    this.#drawing = true
    const schedule = this.#options.schedule ?? requestAnimationFrame
    schedule(() => {
      this.#drawing = false
      this.#snapshot = this.#draw()
      for (const listener of this.#listeners) listener()
    })
  }

  #draw(): ChatSnapshot {
    const sending = this.#outbox.messages.map((message) => ({ kind: 'sending' as const, key: message.clientId, sending: message }))
    return { state: this.#state, rows: sending.length === 0 ? this.#log.rows : [...this.#log.rows, ...sending], modes: this.#modes, pinned: this.#pinned, self: this.#self, nextAt: this.#nextAt, serverAhead: this.#serverAhead, held: this.#held }
  }
}
