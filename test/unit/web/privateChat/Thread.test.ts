import { afterEach, expect, test } from 'vitest'
import type { ConversationView, PrivateMessage, ThreadView } from '../../../../server/contract/privateChat.ts'
import type { LiveSocket } from '../../../../web/client/LiveSocket.ts'
import { RequestFailed } from '../../../../web/client/RequestFailed.ts'
import { Thread } from '../../../../web/privateChat/Thread.ts'
import { eventually } from '../../../support/eventually.ts'

/** A server with one conversation, and the socket to it. */
class FakeServer {
  readonly messages: PrivateMessage[] = []
  readonly listeners = new Map<string, Set<(fact: never) => void>>()
  connected = true
  /** The next answers get lost on their way back. */
  losesAnswers = false
  refuses: RequestFailed | null = null

  readonly socket = {
    isConnected: () => this.connected,
    get connected(): boolean {
      return (this as { isConnected(): boolean }).isConnected()
    },
    request: (name: string, data: { clientId: string; text: string }) => Promise.resolve(name === 'private:send' ? { message: this.store(data) } : {}),
    tell: () => undefined,
    on: (name: string, listener: (fact: never) => void) => this.#listen(name, listener),
    onConnect: (listener: () => void) => {
      if (this.connected) queueMicrotask(listener)
      return this.#listen('connect', listener)
    },
    onDisconnect: (listener: () => void) => this.#listen('disconnect', listener),
  }

  readonly api = {
    thread: (): Promise<ThreadView> => {
      const messages = this.messages.slice(-3)
      return Promise.resolve({ person: null, conversation: this.view(), messages, more: this.messages.length > 3, refusal: null, lands: 'inbox', left: null, blockedByMe: false })
    },
    older: (_key: string, before: number) => Promise.resolve({ messages: this.messages.filter(({ seq }) => seq < before).slice(-3), more: before > 4 }),
    newer: (_key: string, after: number) => Promise.resolve({ messages: this.messages.filter(({ seq }) => seq > after).slice(0, 2), more: this.messages.length > after + 2 }),
    upload: () => Promise.reject(new Error('no pictures here')),
  }

  view = (): ConversationView => ({ id: 'conversation', key: 'bob', version: this.messages.length, person: null, request: false, waiting: false, unread: 0, lastSeq: this.messages.length, readSeq: 0, seenSeq: 0, hiddenSeq: 0, last: null, at: new Date().toISOString() })

  add(text: string, clientId: string | null = null): PrivateMessage {
    const seq = this.messages.length + 1
    const message: PrivateMessage = { id: `message-${seq}`, seq, mine: clientId !== null, clientId, at: new Date().toISOString(), state: 'said', text, image: null }
    this.messages.push(message)
    return message
  }

  store({ clientId, text }: { clientId: string; text: string }): PrivateMessage {
    if (this.refuses) throw this.refuses
    const message = this.messages.find((one) => one.clientId === clientId) ?? this.add(text, clientId)
    if (this.losesAnswers) throw new RequestFailed('timeout')
    return message
  }

  tell(message: PrivateMessage): void {
    this.emit('private:said', { conversation: this.view(), message })
  }

  emit(name: string, fact?: unknown): void {
    for (const listener of this.listeners.get(name) ?? []) listener(fact as never)
  }

  #listen(name: string, listener: (fact: never) => void): () => void {
    const set = this.listeners.get(name) ?? new Set()
    this.listeners.set(name, set.add(listener))
    return () => set.delete(listener)
  }
}

const threads: Thread[] = []
afterEach(() => threads.splice(0).forEach((thread) => thread.close()))
let named = 0

async function open(server: FakeServer): Promise<Thread> {
  const thread = new Thread({ key: 'bob', api: server.api, sockets: { get: () => Promise.resolve(server.socket as unknown as LiveSocket) }, newClientId: () => `client-${(named += 1)}` })
  threads.push(thread)
  thread.open()
  await eventually('the thread is open', () => thread.snapshot.view !== null && (server.listeners.get('private:said')?.size ?? 0) > 0)
  return thread
}
const texts = (thread: Thread) => thread.snapshot.messages.map(({ text }) => text)

test('what came while the page was away is filled in without a gap', async () => {
  const server = new FakeServer()
  ;['1', '2'].forEach((text) => server.add(text))
  const thread = await open(server)
  server.emit('disconnect')
  expect(thread.snapshot.connected).toBe(false)
  ;['3', '4', '5', '6', '7', '8', '9'].forEach((text) => server.add(text))
  server.emit('connect')
  await eventually('all are there', () => thread.snapshot.messages.length === 9)
  expect(texts(thread)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9'])
})

test('a fact that is missing is noticed by the next one', async () => {
  const server = new FakeServer()
  server.add('1')
  const thread = await open(server)
  server.add('2')
  server.tell(server.add('3'))
  await eventually('the hole is closed', () => thread.snapshot.messages.length === 3)
  expect(texts(thread)).toEqual(['1', '2', '3'])
})

test('older pages join on without repeats, and say so to the list', async () => {
  const server = new FakeServer()
  for (let n = 1; n <= 8; n += 1) server.add(String(n))
  const thread = await open(server)
  await thread.loadOlder()
  expect(thread.snapshot.prepended).toBe(true)
  server.tell(server.add('9'))
  expect(thread.snapshot.prepended).toBe(false)
  await thread.loadThrough(1)
  expect(texts(thread)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9'])
  expect(thread.snapshot.more).toBe(false)
})

test('own words are shown at once, and once, whether the fact or the answer comes first', async () => {
  const server = new FakeServer()
  const thread = await open(server)
  thread.send('hello', null)
  expect(thread.snapshot.outgoing).toMatchObject([{ text: 'hello', failure: null }])
  await eventually('it is stored', () => server.messages.length === 1)
  server.tell(server.messages[0] as PrivateMessage)
  await eventually('it is sent', () => thread.snapshot.outgoing.length === 0)
  expect(texts(thread)).toEqual(['hello'])
})

test('words whose answer got lost are sent again after a reconnect, and stored once', async () => {
  const server = new FakeServer()
  const thread = await open(server)
  server.losesAnswers = true
  thread.send('hello', null)
  await eventually('it failed', () => thread.snapshot.outgoing[0]?.failure?.code === 'timeout')
  server.losesAnswers = false
  server.emit('connect')
  await eventually('it is sent', () => thread.snapshot.outgoing.length === 0)
  expect(texts(thread)).toEqual(['hello'])
  expect(server.messages).toHaveLength(1)
})

test('a refusal keeps the words, says why, and is not tried again by itself', async () => {
  const server = new FakeServer()
  const thread = await open(server)
  server.refuses = new RequestFailed('blocked')
  thread.send('hello', null)
  await eventually('it failed', () => thread.snapshot.outgoing[0]?.failure?.code === 'blocked')
  expect(thread.snapshot.view?.refusal).toBe('blocked')
  server.refuses = null
  server.emit('connect')
  expect(thread.snapshot.outgoing[0]?.failure?.code).toBe('blocked')
  thread.retry(thread.snapshot.outgoing[0]?.clientId ?? '')
  await eventually('it is sent', () => thread.snapshot.outgoing.length === 0)
})
