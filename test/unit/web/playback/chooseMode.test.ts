// The rules by which a viewer gets WebRTC or HLS.
import { expect, test } from 'vitest'
import { chooseMode, initialMode } from '../../../../web/playback/chooseMode.ts'
import type { ModeEvent, ModeState } from '../../../../web/playback/chooseMode.ts'

const after = (state: ModeState, ...types: Exclude<ModeEvent['type'], 'chosen'>[]) => types.reduce((now, type) => chooseMode(now, { type }), state)

test('without a choice WebRTC plays', () => {
  expect(initialMode('auto')).toMatchObject({ mode: 'webrtc', fallback: null })
})

test('WebRTC that does not connect in time gives way to HLS at once, and the page can say why', () => {
  expect(after(initialMode('auto'), 'webrtc-timed-out')).toMatchObject({ mode: 'hls', fallback: 'timeout' })
})

test('one failure is forgiven, the second brings HLS', () => {
  const once = after(initialMode('auto'), 'webrtc-failed')
  expect(once.mode).toBe('webrtc')
  expect(after(once, 'webrtc-failed')).toMatchObject({ mode: 'hls', fallback: 'failed' })
})

test('a stable connection between two failures wipes the first', () => {
  expect(after(initialMode('auto'), 'webrtc-failed', 'webrtc-stable', 'webrtc-failed').mode).toBe('webrtc')
})

test('WebRTC chosen by hand stays, whatever fails', () => {
  expect(after(initialMode('webrtc'), 'webrtc-failed', 'webrtc-failed', 'webrtc-timed-out')).toMatchObject({ mode: 'webrtc', fallback: null })
})

test('HLS chosen by hand stays, also with a new broadcast, and is no fallback', () => {
  expect(after(initialMode('hls'), 'broadcast-began')).toMatchObject({ mode: 'hls', fallback: null })
})

test('a new broadcast gives WebRTC another chance after a fallback', () => {
  expect(after(initialMode('auto'), 'webrtc-timed-out', 'broadcast-began')).toMatchObject({ mode: 'webrtc', fallback: null })
})

test('a browser without WebRTC gets HLS even when WebRTC was chosen, and is not asked again', () => {
  expect(after(initialMode('webrtc'), 'webrtc-unsupported')).toMatchObject({ mode: 'hls', fallback: 'unsupported' })
  expect(after(initialMode('auto'), 'webrtc-unsupported', 'broadcast-began').mode).toBe('hls')
})

test('choosing automatic again starts afresh', () => {
  const fallen = after(initialMode('auto'), 'webrtc-timed-out')
  expect(chooseMode(fallen, { type: 'chosen', choice: 'auto' })).toEqual(initialMode('auto'))
})
