import { expect, test } from 'vitest'
import { nextState } from '../../../../server/live/broadcastState.ts'

test('a broadcast goes live when its media flows', () => {
  expect(nextState('starting', 'media-started')).toBe('live')
})

test('a lost connection interrupts it, and coming back makes it live again', () => {
  expect(nextState('live', 'media-lost')).toBe('interrupted')
  expect(nextState('interrupted', 'media-started')).toBe('live')
})

test.each(['starting', 'live', 'interrupted'] as const)('a goodbye ends it while %s', (state) => {
  expect(nextState(state, 'finished')).toBe('ended')
})

test.each(['media-started', 'media-lost', 'finished'] as const)('%s does not revive an ended broadcast', (event) => {
  expect(nextState('ended', event)).toBe('ended')
})
