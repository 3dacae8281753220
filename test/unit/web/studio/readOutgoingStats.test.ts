// What a host sees while live.
import { expect, test } from 'vitest'
import { readOutgoingStats } from '../../../../web/studio/readOutgoingStats.ts'

const report = (bytes: number) => [
  { id: 'c', type: 'codec', mimeType: 'video/H264' },
  { id: '0', type: 'outbound-rtp', kind: 'video', rid: 'r0', codecId: 'c', bytesSent: bytes / 4, frameWidth: 320, frameHeight: 180, framesPerSecond: 30 },
  { id: '1', type: 'outbound-rtp', kind: 'video', rid: 'r1', codecId: 'c', bytesSent: bytes / 2, headerBytesSent: 0, frameWidth: 640, frameHeight: 360, framesPerSecond: 29.7, qualityLimitationReason: 'cpu' },
  { id: '2', type: 'outbound-rtp', kind: 'video', rid: 'r2', codecId: 'c', bytesSent: 0 },
  { id: '3', type: 'outbound-rtp', kind: 'audio', bytesSent: bytes / 4 },
  { id: '4', type: 'remote-inbound-rtp', fractionLost: 0.02, roundTripTime: 0.031 },
  { id: '5', type: 'remote-inbound-rtp', fractionLost: 0, roundTripTime: 0.02 },
]

test('the largest layer that is sent stands for the picture', () => {
  expect(readOutgoingStats(report(4_000), null, 1_000)).toMatchObject({ width: 640, height: 360, fps: 30, codec: 'H264', layers: 2, limitedBy: 'cpu' })
})

test('bitrate is of everything, between two readings', () => {
  const first = readOutgoingStats(report(4_000), null, 1_000)
  expect(first.bitrate).toBeNull()
  expect(readOutgoingStats(report(129_000), first.totals, 2_000).bitrate).toBe(1_000_000)
})

test('counters that began anew after a reconnection give no nonsense', () => {
  const first = readOutgoingStats(report(4_000), null, 1_000)
  expect(readOutgoingStats(report(1_000), first.totals, 2_000).bitrate).toBeNull()
})

test('loss and round trip are the worst that was reported', () => {
  expect(readOutgoingStats(report(4_000), null, 1_000)).toMatchObject({ lossPercent: 2, roundTripMs: 31 })
  expect(readOutgoingStats([], null, 1_000)).toMatchObject({ lossPercent: null, roundTripMs: null, codec: null, width: 0 })
})
