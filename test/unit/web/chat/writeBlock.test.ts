import { expect, test } from 'vitest'
import type { ChatSelf } from '../../../../server/contract/chat.ts'
import { openModes } from '../../../../web/chat/chatLimits.ts'
import { rulesOf, writeBlock, writeMoments } from '../../../../web/chat/writeBlock.ts'

const self: ChatSelf = { role: 'viewer', mutedUntil: null, mutedReason: null, guard: null, followsSince: null, nextAt: 0 }
const open = { loggedIn: true, self, modes: openModes, keptOut: false, left: { muted: 0, followed: 0 } }

test('a viewer of an open chat may write', () => {
  expect(writeBlock(open)).toBeNull()
})

test('each reason closes the composer', () => {
  expect(writeBlock({ ...open, keptOut: true })).toEqual({ reason: 'kept-out' })
  expect(writeBlock({ ...open, loggedIn: false })).toEqual({ reason: 'log-in' })
  expect(writeBlock({ ...open, self: { ...self, mutedUntil: 'forever', mutedReason: 'spam' } })).toEqual({ reason: 'muted', until: null, why: 'spam' })
  expect(writeBlock({ ...open, left: { muted: 60, followed: 0 }, self: { ...self, mutedUntil: '2030-01-01T00:00:00Z' } })).toEqual({ reason: 'muted', until: '2030-01-01T00:00:00Z', why: '' })
  expect(writeBlock({ ...open, modes: { ...openModes, off: true } })).toEqual({ reason: 'off' })
})

test('a timed mute ends by itself', () => {
  expect(writeBlock({ ...open, self: { ...self, mutedUntil: '2030-01-01T00:00:00Z' } })).toBeNull()
})

test('followers only: who does not follow is told to, who follows too lately waits, who follows long enough writes', () => {
  const modes = { ...openModes, followersMinutes: 10 }
  const follower = { ...self, followsSince: '2030-01-01T00:00:00Z' }
  expect(writeBlock({ ...open, modes })).toEqual({ reason: 'followers' })
  expect(writeBlock({ ...open, modes, self: follower, left: { muted: 0, followed: 42 } })).toEqual({ reason: 'followed-lately', seconds: 42, minutes: 10 })
  expect(writeBlock({ ...open, modes, self: follower })).toBeNull()
  expect(writeBlock({ ...open, modes, self: { ...self, role: 'host' } })).toBeNull()
})

test('guards only: a guard writes, and needs not to have followed', () => {
  const modes = { ...openModes, guardsOnly: true, followersMinutes: 10 }
  expect(writeBlock({ ...open, modes })).toEqual({ reason: 'guards' })
  expect(writeBlock({ ...open, modes, self: { ...self, guard: 'week' } })).toBeNull()
  expect(writeBlock({ ...open, modes, self: { ...self, role: 'moderator' } })).toBeNull()
})

test('the moments one waits for are by this page’s clock', () => {
  const modes = { ...openModes, followersMinutes: 10 }
  const later = { ...self, mutedUntil: '2030-01-01T01:00:00.000Z', followsSince: '2030-01-01T00:00:00.000Z' }
  expect(writeMoments({ self: later, modes, serverAhead: 5_000 })).toEqual({ muted: Date.parse('2030-01-01T00:59:55.000Z'), followed: Date.parse('2030-01-01T00:09:55.000Z') })
  expect(writeMoments({ self: { ...self, mutedUntil: 'forever' }, modes: openModes, serverAhead: 0 })).toEqual({ muted: 0, followed: 0 })
})

test('a chat that is off stays open to its keepers', () => {
  expect(writeBlock({ ...open, self: { ...self, role: 'moderator' }, modes: { ...openModes, off: true } })).toBeNull()
})

test('every mode in force is told of', () => {
  expect(rulesOf(openModes)).toEqual([])
  expect(rulesOf({ slowSeconds: 5, followersMinutes: 0, guardsOnly: true, emoteOnly: true, noLinks: true, uniqueOnly: true, off: true })).toEqual(['off', 'followers', 'guards', 'emote', 'slow', 'noLinks', 'unique'])
})
