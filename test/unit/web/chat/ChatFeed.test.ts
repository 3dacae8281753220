import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ChatReplies } from '../../../../server/contract/chat.ts'
import { RequestFailed } from '../../../../web/client/RequestFailed.ts'
import { ChatFeed } from '../../../../web/chat/ChatFeed.ts'
import type { FeedSocket } from '../../../../web/chat/ChatFeed.ts'
import { openModes } from '../../../../web/chat/chatLimits.ts'
import { chatMessage } from './message.ts'

type Asked = { readonly name: string; readonly data: Record<string, unknown> }

/** A server's side of the chat, whose answers each test writes. */
class FakeServer extends EventEmitter {
  connected = true
  readonly asked: Asked[] = []
  answers: Record<string, (data: Record<string, unknown>) => unknown> = {}

  join(change: Partial<ChatReplies['chat:join']> = {}): ChatReplies['chat:join'] {
    return { messages: [], removed: [], complete: true, through: 0, modes: openModes, pinned: null, self: { role: 'viewer', mutedUntil: null, mutedReason: null, guard: null, followsSince: null, nextAt: 0 }, likes: 0, serverTime: Date.now(), ...change }
  }

  get socket(): FeedSocket {
    const listen = (name: string, listener: (...args: unknown[]) => void) => {
      this.on(name, listener)
      return () => this.off(name, listener)
    }
    return {
      connected: true,
      request: async (name: string, data: Record<string, unknown>) => {
        this.asked.push({ name, data })
        return await (this.answers[name]?.(data) ?? {})
      },
      on: listen,
      onConnect: (listener: () => void) => (queueMicrotask(listener), listen('connect', listener)),
      onDisconnect: (listener: () => void) => listen('disconnect', listener),
    } as unknown as FeedSocket
  }

  count(name: string): number {
    return this.asked.filter((one) => one.name === name).length
  }
}

let server: FakeServer
let feed: ChatFeed
beforeEach(async () => {
  vi.useFakeTimers()
  server = new FakeServer()
  server.answers['chat:join'] = () => server.join({ messages: [chatMessage(1)], through: 1 })
  feed = new ChatFeed({ channel: 'stage', openSocket: async () => server.socket, schedule: (draw) => draw() })
  await feed.start()
  await vi.advanceTimersByTimeAsync(0)
})
afterEach(() => {
  feed.close()
  vi.useRealTimers()
})

const texts = () => feed.snapshot.rows.map((row) => (row.kind === 'message' ? row.message.text : row.kind === 'sending' ? `${row.sending.state}: ${row.sending.text}` : row.kind))
const say = (...seqs: number[]) => server.emit('chat:batched', { channel: 'stage', messages: seqs.map((seq) => chatMessage(seq)), skipped: [] })

test('joining shows what was said before, and batches what is said now', () => {
  say(2, 3)
  expect(feed.snapshot.state).toBe('joined')
  expect(texts()).toEqual(['words 1', 'words 2', 'words 3'])
})

test('another channel’s facts are nobody’s business here', () => {
  server.emit('chat:batched', { channel: 'other', messages: [chatMessage(9)], skipped: [] })
  expect(texts()).toEqual(['words 1'])
})

test('a hole that stays is asked for, from where everything is known', async () => {
  say(4)
  await vi.advanceTimersByTimeAsync(100)
  expect(server.count('chat:join')).toBe(1)
  server.answers['chat:join'] = ({ after }) => (expect(after).toBe(1), server.join({ messages: [chatMessage(2), chatMessage(3)], through: 4 }))
  await vi.advanceTimersByTimeAsync(400)
  expect(texts()).toEqual(['words 1', 'words 2', 'words 3', 'words 4'])
  await vi.advanceTimersByTimeAsync(20_000)
  expect(server.count('chat:join')).toBe(2)
})

test('a hole the server cannot fill is asked for less and less often', async () => {
  server.answers['chat:join'] = () => server.join({ through: 1 })
  say(4)
  await vi.advanceTimersByTimeAsync(20_000)
  expect(server.count('chat:join')).toBeLessThan(9)
})

test('after a reconnect the chat goes on without a gap, and shows that it was away', async () => {
  server.emit('disconnect')
  expect(feed.snapshot.state).toBe('reconnecting')
  server.answers['chat:join'] = () => server.join({ messages: [chatMessage(2)], through: 2 })
  server.emit('connect')
  await vi.advanceTimersByTimeAsync(0)
  expect(server.asked.at(-1)).toEqual({ name: 'chat:join', data: { channel: 'stage', after: 1 } })
  expect([feed.snapshot.state, texts()]).toEqual(['joined', ['words 1', 'words 2']])
})

test('a sent message is pending, then shown once, whichever of answer and batch comes first', async () => {
  let answer: (value: unknown) => void = () => undefined
  server.answers['chat:send'] = () => new Promise((settle) => (answer = settle))
  const fresh: [string, boolean][] = []
  feed.onFresh((message, own) => fresh.push([message.text, own]))
  feed.send({ text: 'mine', replyTo: null, style: null })
  expect(texts()).toEqual(['words 1', 'pending: mine'])
  const clientId = String(server.asked.at(-1)?.data['clientId'])
  const mine = chatMessage(2, { clientId, text: 'mine' })
  server.emit('chat:batched', { channel: 'stage', messages: [mine], skipped: [] })
  expect(texts()).toEqual(['words 1', 'mine'])
  answer({ message: mine, held: false, nextAt: 0 })
  await vi.advanceTimersByTimeAsync(0)
  expect(texts()).toEqual(['words 1', 'mine'])
  expect(fresh).toEqual([['mine', true]])
})

test('a message that failed is tried again under the same id', async () => {
  server.answers['chat:send'] = () => Promise.reject(new RequestFailed('network'))
  feed.send({ text: 'mine', replyTo: null, style: null })
  await vi.advanceTimersByTimeAsync(0)
  const row = feed.snapshot.rows.at(-1)
  expect(row?.kind === 'sending' && [row.sending.state, row.sending.failure]).toEqual(['failed', 'network'])
  server.answers['chat:send'] = ({ clientId }) => ({ message: chatMessage(2, { clientId: String(clientId), text: 'mine' }), held: false, nextAt: 0 })
  feed.retry(row?.key ?? '')
  await vi.advanceTimersByTimeAsync(0)
  expect(texts()).toEqual(['words 1', 'mine'])
  const ids = server.asked.filter(({ name }) => name === 'chat:send').map(({ data }) => data['clientId'])
  expect(new Set(ids).size).toBe(1)
})

test('a held message stays with its author until a moderator shows it', async () => {
  server.answers['chat:send'] = ({ clientId }) => ({ message: chatMessage(0, { clientId: String(clientId), text: 'mine' }), held: true, nextAt: 0 })
  feed.send({ text: 'mine', replyTo: null, style: null })
  await vi.advanceTimersByTimeAsync(0)
  expect(texts()).toEqual(['words 1', 'held: mine'])
  server.emit('chat:batched', { channel: 'stage', messages: [chatMessage(2, { clientId: feed.snapshot.rows.at(-1)?.key ?? '', text: 'mine' })], skipped: [] })
  expect(texts()).toEqual(['words 1', 'mine'])
})

test('slow mode is counted by this page’s clock, whatever the server’s says', async () => {
  vi.setSystemTime(5_000_000)
  server.answers['chat:join'] = () => server.join({ serverTime: Date.parse('2030-01-01T00:00:00.000Z') })
  await feed.refresh()
  server.answers['chat:send'] = ({ clientId }) => ({ message: chatMessage(2, { clientId: String(clientId) }), held: false, nextAt: Date.parse('2030-01-01T00:00:10.000Z') })
  feed.send({ text: 'mine', replyTo: null, style: null })
  await vi.advanceTimersByTimeAsync(0)
  expect(feed.snapshot.nextAt).toBe(5_010_000)
})

test('an unavailable server makes the room say that it is reconnecting, and is asked again', async () => {
  server.answers['chat:send'] = () => Promise.reject(new RequestFailed('unavailable'))
  feed.send({ text: 'mine', replyTo: null, style: null })
  await vi.advanceTimersByTimeAsync(0)
  expect(feed.snapshot.state).toBe('reconnecting')
  await vi.advanceTimersByTimeAsync(1_100)
  expect(feed.snapshot.state).toBe('joined')
})

test('who is kept out is told so and does not knock again', async () => {
  server.emit('kept-out', { channel: 'stage', until: null, reason: '' })
  expect(feed.snapshot.state).toBe('kept-out')
  await vi.advanceTimersByTimeAsync(30_000)
  expect(server.count('chat:join')).toBe(1)
})

test('a moderator’s queue is listed on joining and follows decisions', async () => {
  server.answers['chat:join'] = () => server.join({ self: { role: 'moderator', mutedUntil: null, mutedReason: null, guard: null, followsSince: null, nextAt: 0 } })
  server.answers['chat:held-list'] = () => ({ messages: [chatMessage(50)] })
  server.emit('connect')
  await vi.advanceTimersByTimeAsync(0)
  server.emit('chat:held', { channel: 'stage', message: chatMessage(51), left: 2 })
  expect(feed.snapshot.held.map(({ seq }) => seq)).toEqual([50, 51])
  server.emit('chat:held-decided', { channel: 'stage', id: 'message-50', shown: true })
  expect(feed.snapshot.held.map(({ seq }) => seq)).toEqual([51])
})
