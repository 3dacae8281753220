import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watchSilence } from '../../../../server/media/watchSilence.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const watched = () => {
  const transport = { closed: false, bytes: 0, observer: new EventEmitter(), getStats: () => Promise.resolve([{ bytesReceived: transport.bytes }]) }
  const onSilent = vi.fn()
  watchSilence(transport as never, onSilent)
  return { transport, onSilent }
}

test('a client that sends a little now and then stays', async () => {
  const { transport, onSilent } = watched()
  for (let at = 0; at < 10; at += 1) {
    transport.bytes += 20
    await vi.advanceTimersByTimeAsync(15_000)
  }
  expect(onSilent).not.toHaveBeenCalled()
})

test('a client that goes silent is told of once, within 30 seconds', async () => {
  const { transport, onSilent } = watched()
  transport.bytes = 20
  await vi.advanceTimersByTimeAsync(5_000)
  await vi.advanceTimersByTimeAsync(15_000)
  expect(onSilent).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(onSilent).toHaveBeenCalledTimes(1)
})

test('one that never connected is left to the connection’s own time limit, a closed one to nobody', async () => {
  const never = watched()
  const closed = watched()
  closed.transport.bytes = 20
  await vi.advanceTimersByTimeAsync(5_000)
  closed.transport.observer.emit('close')
  await vi.advanceTimersByTimeAsync(120_000)
  expect(never.onSilent).not.toHaveBeenCalled()
  expect(closed.onSilent).not.toHaveBeenCalled()
  expect(vi.getTimerCount()).toBe(1)
})
