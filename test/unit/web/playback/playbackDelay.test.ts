// What the delay in the player's corner means.
import { expect, test } from 'vitest'
import { hlsDelay, webrtcDelay } from '../../../../web/playback/playbackDelay.ts'
import type { DelayFacts } from '../../../../web/playback/playbackDelay.ts'

const serverNow = 1_795_000_000_000
const NTP = 2_208_988_800_000
const facts: DelayFacts = { serverNow, estimatedPlayoutTimestamp: null, roundTripMs: null, jitterBufferMs: null, ingestMs: null }

test('the capture time of what plays now, in NTP milliseconds, gives the whole delay', () => {
  expect(webrtcDelay({ ...facts, estimatedPlayoutTimestamp: serverNow - 140 + NTP })).toBe(140)
})

test('a browser that counts from 1970 is understood too', () => {
  expect(webrtcDelay({ ...facts, estimatedPlayoutTimestamp: serverNow - 95 })).toBe(95)
})

test('over RTMP the way from the encoder to the server is added', () => {
  expect(webrtcDelay({ ...facts, ingestMs: 60, estimatedPlayoutTimestamp: serverNow - 140 + NTP })).toBe(200)
})

test('clocks that disagree wildly are not believed: half a round trip, the jitter buffer and ingest stand in', () => {
  expect(webrtcDelay({ ...facts, estimatedPlayoutTimestamp: 5_000, roundTripMs: 40, jitterBufferMs: 55.4, ingestMs: 10 })).toBe(85)
})

test('without any measurement there is no number', () => {
  expect(webrtcDelay(facts)).toBeNull()
})

test('a clock slightly behind the server never shows a negative delay', () => {
  expect(webrtcDelay({ ...facts, estimatedPlayoutTimestamp: serverNow + 100 + NTP })).toBe(0)
})

test('HLS goes by program date time', () => {
  expect(hlsDelay({ serverNow, playingDate: serverNow - 6_200, playerLatencyMs: 4_000 })).toBe(6_200)
})

test('HLS without program date time falls back to the player, and to nothing', () => {
  expect(hlsDelay({ serverNow, playingDate: null, playerLatencyMs: 4_000.4 })).toBe(4_000)
  expect(hlsDelay({ serverNow, playingDate: null, playerLatencyMs: 0 })).toBeNull()
})
