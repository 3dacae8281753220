import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ReceptionMeter } from '../../../../web/playback/ReceptionMeter.ts'

const now = { serverNow: 0, ingestMs: null }
const stats = (bytes: number) => ({ bytes, framesDecoded: 0, estimatedPlayoutTimestamp: null, roundTripMs: null, jitterBufferSeconds: 0, jitterBufferCount: 0 })

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

test('media is quiet for as long as no byte came, whichever transport should bring it', () => {
  const meter = new ReceptionMeter()
  expect(meter.quietMs).toBe(Infinity)
  meter.take(stats(100), now)
  vi.advanceTimersByTime(700)
  meter.restart()
  meter.take(stats(0), now)
  expect(meter.quietMs).toBe(700)
  meter.take(stats(50), now)
  expect(meter.quietMs).toBe(0)
})

test('a silence of four seconds is told once, and a new transport gets four of its own', () => {
  const meter = new ReceptionMeter()
  meter.take(stats(100), now)
  vi.advanceTimersByTime(3_000)
  meter.restart()
  meter.take(stats(0), now)
  vi.advanceTimersByTime(3_999)
  expect(meter.fallsSilent()).toBe(false)
  vi.advanceTimersByTime(1)
  expect(meter.fallsSilent()).toBe(true)
  expect(meter.fallsSilent()).toBe(false)
})
