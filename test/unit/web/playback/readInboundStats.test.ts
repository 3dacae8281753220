// Reading a browser's WebRTC statistics.
import { expect, test } from 'vitest'
import { meanJitterBufferMs, readInboundStats } from '../../../../web/playback/readInboundStats.ts'

const report = [
  { id: 'A', type: 'inbound-rtp', kind: 'audio', bytesReceived: 100, jitterBufferDelay: 9, jitterBufferEmittedCount: 10 },
  { id: 'V', type: 'inbound-rtp', kind: 'video', bytesReceived: 900, framesDecoded: 30, estimatedPlayoutTimestamp: 42, jitterBufferDelay: 1.5, jitterBufferEmittedCount: 30 },
  { id: 'P', type: 'candidate-pair', nominated: true, state: 'succeeded', currentRoundTripTime: 0.03 },
  { id: 'Q', type: 'candidate-pair', nominated: false, state: 'failed', currentRoundTripTime: 9 },
]

test('bytes are of all media, the rest is the picture’s', () => {
  expect(readInboundStats(report)).toEqual({ bytes: 1_000, framesDecoded: 30, estimatedPlayoutTimestamp: 42, roundTripMs: 30, jitterBufferSeconds: 1.5, jitterBufferCount: 30 })
})

test('a broadcast of sound alone is measured by its sound', () => {
  expect(readInboundStats(report.filter(({ id }) => id !== 'V'))).toMatchObject({ bytes: 100, jitterBufferCount: 10 })
})

test('the mean stay in the jitter buffer is that of the time between two readings', () => {
  const before = readInboundStats(report)
  const now = { ...before, jitterBufferSeconds: 2.5, jitterBufferCount: 50 }
  expect(meanJitterBufferMs(before, now)).toBeCloseTo(50)
  expect(meanJitterBufferMs(now, now)).toBeNull()
  expect(meanJitterBufferMs(null, before)).toBeCloseTo(50)
})
