// One conversation on a page: its messages without gaps, what is being sent, and what the other does just now.
import { PRIVATE_TYPING_MS } from '../../server/contract/privateChat.ts'
import type { ConversationView, PrivateImage, PrivateMessage, PrivateRefusal, ThreadView } from '../../server/contract/privateChat.ts'
import type { LiveSocket } from '../client/LiveSocket.ts'
import { RequestFailed } from '../client/RequestFailed.ts'
import { mergeMessages } from './mergeMessages.ts'
import type { PrivateChatApi } from './privateChatApi.ts'

/** Own words on their way. */
export type Outgoing = {
  readonly clientId: string
  readonly text: string
  /** A picture of this device, shown from here until it is stored. */
  readonly picture: { readonly file: Blob; readonly url: string } | null
  readonly at: string
  /** Null while it is under way. */
  readonly failure: RequestFailed | null
}

export type ThreadSnapshot = {
  readonly view: Omit<ThreadView, 'messages' | 'more' | 'conversation'> | null
  readonly conversation: ConversationView | null
  readonly messages: readonly PrivateMessage[]
  readonly outgoing: readonly Outgoing[]
  /** Whether there are older messages, and whether they are being loaded. */
  readonly more: boolean
  readonly loadingOlder: boolean
  /** True in the one snapshot whose new messages stand before the others. */
  readonly prepended: boolean
  readonly typing: boolean
  readonly connected: boolean
  /** Why there is nothing to show. */
  readonly error: RequestFailed | null
}

type Sockets = { get(): Promise<LiveSocket> }
type Options = { readonly key: string; readonly api: Pick<PrivateChatApi, 'thread' | 'older' | 'newer' | 'upload'>; readonly sockets: Sockets; readonly newClientId: () => string }

const refusals: readonly string[] = ['blocked', 'messages-refused', 'limit-reached', 'user-not-found'] satisfies PrivateRefusal[]
const comesBack = (failure: RequestFailed | null) => failure?.code === 'network' || failure?.code === 'timeout'

export class Thread {
  readonly key: string
  readonly #options: Options
  readonly #listeners = new Set<() => void>()
  readonly #ends: (() => void)[] = []
  readonly #uploaded = new Map<string, PrivateImage>()
  #snapshot: ThreadSnapshot = { view: null, conversation: null, messages: [], outgoing: [], more: false, loadingOlder: false, prepended: false, typing: false, connected: true, error: null }
  #socket: LiveSocket | null = null
  #sending: Promise<void> = Promise.resolve()
  #typingTimer: ReturnType<typeof setTimeout> | undefined
  #typedAt = -Infinity
  #readSeq = 0
  /** Counts openings and closings: what was begun in an earlier one ends there. */
  #life = 0
  #closed = true

  constructor(options: Options) {
    this.key = options.key
    this.#options = options
  }

  get snapshot(): ThreadSnapshot {
    return this.#snapshot
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Begins to listen; may be closed and opened again. */
  open(): void {
    if (!this.#closed) return
    this.#closed = false
    void this.#listen((this.#life += 1))
  }

  /** Asks for the newest messages, and for all between those that are here and those. */
  async sync(): Promise<void> {
    const held = this.#snapshot.messages.at(-1)?.seq
    try {
      const { messages, more, conversation, ...view } = await this.#options.api.thread(this.key)
      if (this.#closed) return
      const first = messages[0]?.seq ?? 0
      const gap = held !== undefined && first > held + 1
      if (gap) await this.#fill(held)
      this.#set({ view, error: null, messages: this.#merge(messages, conversation), ...(held === undefined ? { more } : {}) })
      this.#know(conversation)
    } catch (thrown) {
      const error = RequestFailed.from(thrown)
      if (this.#snapshot.view === null || error.code === 'conversation-not-found' || error.code === 'user-not-found') this.#set({ error })
    }
  }

  async loadOlder(limit?: number): Promise<void> {
    const [first] = this.#snapshot.messages
    if (first === undefined || !this.#snapshot.more || this.#snapshot.loadingOlder) return
    this.#set({ loadingOlder: true })
    try {
      const { messages, more } = await this.#options.api.older(this.key, first.seq, limit)
      this.#set({ messages: this.#merge(messages), more, loadingOlder: false, prepended: true })
    } catch {
      // Scrolling on asks again.
      this.#set({ loadingOlder: false })
    }
  }

  /** Loads older pages until that message is here. */
  async loadThrough(seq: number): Promise<void> {
    for (let first = this.#snapshot.messages[0]?.seq ?? 0; first > seq && this.#snapshot.more; ) {
      await this.loadOlder(100)
      const now = this.#snapshot.messages[0]?.seq ?? 0
      if (now === first || this.#closed) return
      first = now
    }
  }

  send(text: string, file: Blob | null): void {
    const outgoing: Outgoing = { clientId: this.#options.newClientId(), text, picture: file && { file, url: URL.createObjectURL(file) }, at: new Date().toISOString(), failure: null }
    this.#set({ outgoing: [...this.#snapshot.outgoing, outgoing] })
    this.#queue(outgoing)
  }

  retry(clientId: string): void {
    const failed = this.#snapshot.outgoing.find((one) => one.clientId === clientId && one.failure !== null)
    if (failed === undefined) return
    this.#change(clientId, { failure: null })
    this.#queue(failed)
  }

  discard(clientId: string): void {
    this.#drop([clientId])
  }

  /** The reader sees everything up to that message. */
  markRead(seq: number): void {
    const { conversation } = this.#snapshot
    if (conversation === null || seq <= Math.max(conversation.readSeq, this.#readSeq) || !this.#socket?.connected) return
    const before = this.#readSeq
    this.#readSeq = seq
    this.#socket.request('private:read', { key: conversation.key, seq }).catch(() => (this.#readSeq = before))
  }

  /** The reader is writing. */
  type(): void {
    const { conversation } = this.#snapshot
    // Who has not accepted is not told.
    if (conversation === null || conversation.person === null || conversation.waiting || conversation.request || Date.now() - this.#typedAt < PRIVATE_TYPING_MS) return
    this.#typedAt = Date.now()
    this.#socket?.tell('private:typing', { to: this.key })
  }

  close(): void {
    this.#closed = true
    this.#life += 1
    clearTimeout(this.#typingTimer)
    for (const end of this.#ends.splice(0)) end()
  }

  async #listen(life: number): Promise<void> {
    void this.sync()
    const socket = await this.#options.sockets.get().catch(() => null)
    if (socket === null || life !== this.#life) return
    this.#socket = socket
    let first = true
    this.#ends.push(
      socket.onConnect(() => {
        this.#set({ connected: true })
        // The very first time the messages are asked for already.
        if (!first || this.#snapshot.view !== null) void this.sync()
        first = false
        for (const { clientId, failure } of this.#snapshot.outgoing) if (comesBack(failure)) this.retry(clientId)
      }),
      socket.onDisconnect(() => this.#set({ connected: false, typing: false })),
      socket.on('private:said', ({ conversation, message }) => this.#isThis(conversation) && this.#hear(conversation, message)),
      socket.on('private:recalled', ({ conversation, message }) => this.#isThis(conversation) && this.#hear(conversation, message)),
      socket.on('private:changed', ({ conversation }) => this.#isThis(conversation) && this.#know(conversation)),
      socket.on('private:typed', ({ key }) => key === this.key && this.#showTyping()),
    )
    if (!socket.connected) this.#set({ connected: false })
  }

  #isThis({ id, key }: ConversationView): boolean {
    return key === this.key || id === this.#snapshot.conversation?.id
  }

  #hear(conversation: ConversationView, message: PrivateMessage): void {
    const last = this.#snapshot.messages.at(-1)?.seq
    // A hole before it: some fact was lost, or another is still to come; asking settles both.
    if (this.#snapshot.view === null || (last ?? conversation.hiddenSeq) + 1 < message.seq) void this.sync()
    if (!message.mine && message.state === 'said') this.#set({ typing: false })
    if (this.#snapshot.view !== null && message.seq >= (this.#snapshot.messages[0]?.seq ?? 0) && (last === undefined || message.seq <= last + 1)) this.#set({ messages: this.#merge([message], conversation) })
    this.#know(conversation)
  }

  /** Takes over a newer view of the conversation. */
  #know(conversation: ConversationView | null): void {
    const held = this.#snapshot.conversation
    if (conversation === null || (held !== null && conversation.version < held.version)) return
    this.#set({ conversation, messages: this.#merge([], conversation) })
    // Whether and how one may write depends on these.
    if (held !== null && (held.waiting !== conversation.waiting || held.request !== conversation.request || held.key !== conversation.key)) void this.sync()
  }

  async #fill(after: number): Promise<void> {
    for (let seq = after, more = true; more && !this.#closed; ) {
      const page = await this.#options.api.newer(this.key, seq)
      this.#set({ messages: this.#merge(page.messages) })
      seq = page.messages.at(-1)?.seq ?? seq
      more = page.more
    }
  }

  #merge(came: readonly PrivateMessage[], conversation = this.#snapshot.conversation): PrivateMessage[] {
    const messages = mergeMessages(this.#snapshot.messages, came, conversation?.hiddenSeq)
    this.#drop(came.flatMap(({ clientId }) => clientId ?? []))
    return messages
  }

  /** One after the other, so that they arrive as they were written. */
  #queue(outgoing: Outgoing): void {
    this.#sending = this.#sending.then(() => this.#deliver(outgoing))
  }

  async #deliver({ clientId, text, picture }: Outgoing): Promise<void> {
    try {
      if (this.#socket?.connected !== true) throw new RequestFailed('network')
      const image = picture === null ? undefined : (this.#uploaded.get(clientId) ?? (await this.#options.api.upload(picture.file)))
      if (image !== undefined) this.#uploaded.set(clientId, image)
      const { message } = await this.#socket.request('private:send', { to: this.key, clientId, text, image: image?.id })
      const last = this.#snapshot.messages.at(-1)?.seq
      if (last === undefined || message.seq > last + 1 || this.#snapshot.conversation === null) await this.sync()
      this.#set({ messages: this.#merge([message]) })
      if (this.#snapshot.view?.left != null) void this.sync()
    } catch (thrown) {
      const failure = RequestFailed.from(thrown)
      // The picture waited too long to be sent: it is uploaded anew.
      if (failure.code === 'bad-image') this.#uploaded.delete(clientId)
      this.#change(clientId, { failure })
      const { view } = this.#snapshot
      if (view !== null && refusals.includes(failure.code)) this.#set({ view: { ...view, refusal: failure.code as PrivateRefusal } })
    }
  }

  #showTyping(): void {
    this.#set({ typing: true })
    clearTimeout(this.#typingTimer)
    this.#typingTimer = setTimeout(() => this.#set({ typing: false }), 2 * PRIVATE_TYPING_MS)
  }

  #change(clientId: string, change: Partial<Outgoing>): void {
    this.#set({ outgoing: this.#snapshot.outgoing.map((one) => (one.clientId === clientId ? { ...one, ...change } : one)) })
  }

  #drop(clientIds: readonly string[]): void {
    const gone = this.#snapshot.outgoing.filter(({ clientId }) => clientIds.includes(clientId))
    if (gone.length === 0) return
    for (const { picture } of gone) if (picture) URL.revokeObjectURL(picture.url)
    this.#set({ outgoing: this.#snapshot.outgoing.filter((one) => !gone.includes(one)) })
  }

  #set(change: Partial<ThreadSnapshot>): void {
    if (this.#closed) return
    this.#snapshot = { ...this.#snapshot, prepended: false, ...change }
    for (const listener of this.#listeners) listener()
  }
}
