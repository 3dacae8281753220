import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LiveSocket } from '../../../../web/client/LiveSocket.ts'

/** Stands in for Socket.IO's socket: connects at once, and answers what it is told to. */
class FakeSocket extends EventEmitter {
  connected = true
  id: string | undefined = 'first'
  connects = 0
  delay = 0
  answer: (() => Promise<unknown>) | null = null
  readonly io = { reconnectionDelay: (ms: number) => (this.delay = ms) }

  disconnect(): this {
    this.drop('io client disconnect')
    return this
  }

  drop(reason: string): void {
    if (!this.connected) return
    this.connected = false
    this.id = undefined
    this.emit('disconnect', reason)
  }

  connect(): this {
    this.connects++
    this.connected = true
    this.id = `again ${this.connects}`
    this.emit('connect')
    return this
  }

  timeout(ms: number) {
    return {
      emitWithAck: () => this.answer?.() ?? new Promise((_, reject) => setTimeout(() => reject(new Error('operation has timed out')), ms)),
    }
  }
}

function liveSocket() {
  const fake = new FakeSocket()
  return { fake, socket: new LiveSocket(fake as unknown as ConstructorParameters<typeof LiveSocket>[0]) }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a draining server is left after a moment between 0.2 and 1 s, once', async () => {
  const { fake } = liveSocket()
  fake.emit('server:draining', {})
  await vi.advanceTimersByTimeAsync(199)
  expect(fake.connects).toBe(0)
  await vi.advanceTimersByTimeAsync(801)
  expect(fake.connects).toBe(1)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(fake.connects).toBe(1)
})

test('a draining server that closes the socket first is not left twice, and Socket.IO waits that moment', async () => {
  const { fake } = liveSocket()
  fake.emit('server:draining', {})
  expect(fake.delay).toBeGreaterThanOrEqual(200)
  expect(fake.delay).toBeLessThanOrEqual(1_000)
  fake.drop('transport close')
  fake.connect()
  expect(fake.delay).toBe(250)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(fake.connects).toBe(1)
})

test('a socket that the server closed on purpose comes back', async () => {
  const { fake } = liveSocket()
  fake.drop('io server disconnect')
  await vi.advanceTimersByTimeAsync(300)
  expect(fake.connects).toBe(1)
})

test('what is asked soon and not answered within 1.5 s connects anew', async () => {
  const { fake, socket } = liveSocket()
  const asked = expect(socket.requestSoon('publish:restart-ice', {})).rejects.toMatchObject({ code: 'timeout' })
  await vi.advanceTimersByTimeAsync(1_499)
  expect(fake.connects).toBe(0)
  await vi.advanceTimersByTimeAsync(1)
  await asked
  expect(fake.connects).toBe(1)
})

test('a connection made since the question is left alone', async () => {
  const { fake, socket } = liveSocket()
  const asked = expect(socket.requestSoon('publish:restart-ice', {})).rejects.toMatchObject({ code: 'timeout' })
  await vi.advanceTimersByTimeAsync(500)
  fake.drop('ping timeout')
  fake.connect()
  await vi.advanceTimersByTimeAsync(1_000)
  await asked
  expect(fake.connects).toBe(1)
})

test('a refusal is an answer: the connection stays', async () => {
  const { fake, socket } = liveSocket()
  fake.answer = () => Promise.resolve({ ok: false, error: { code: 'session-not-found', message: 'gone' } })
  await expect(socket.requestSoon('publish:restart-ice', {})).rejects.toMatchObject({ code: 'session-not-found' })
  expect(fake.connects).toBe(0)
})

test('nothing is asked of a connection that is not there', async () => {
  const { fake, socket } = liveSocket()
  fake.drop('transport close')
  await expect(socket.request('watch:leave', {})).rejects.toMatchObject({ code: 'network' })
})
