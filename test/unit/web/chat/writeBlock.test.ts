import { expect, test } from 'vitest'
import type { ChatSelf } from '../../../../server/contract/chat.ts'
import { openModes } from '../../../../web/chat/chatLimits.ts'
import { rulesOf, writeBlock } from '../../../../web/chat/writeBlock.ts'

const self: ChatSelf = { role: 'viewer', mutedUntil: null, mutedReason: null, followsSince: null, nextAt: 0 }
const open = { loggedIn: true, self, modes: openModes, keptOut: false }

test('a viewer of an open chat may write', () => {
  expect(writeBlock(open)).toBeNull()
})

test('each reason closes the composer', () => {
  expect(writeBlock({ ...open, keptOut: true })).toEqual({ reason: 'kept-out' })
  expect(writeBlock({ ...open, loggedIn: false })).toEqual({ reason: 'log-in' })
  expect(writeBlock({ ...open, self: { ...self, mutedUntil: 'forever' } })).toEqual({ reason: 'muted', until: null })
  expect(writeBlock({ ...open, self: { ...self, mutedUntil: '2030-01-01T00:00:00Z' } })).toEqual({ reason: 'muted', until: '2030-01-01T00:00:00Z' })
  expect(writeBlock({ ...open, modes: { ...openModes, off: true } })).toEqual({ reason: 'off' })
})

test('a chat that is off stays open to its keepers', () => {
  expect(writeBlock({ ...open, self: { ...self, role: 'moderator' }, modes: { ...openModes, off: true } })).toBeNull()
})

test('every mode in force is told of', () => {
  expect(rulesOf(openModes)).toEqual([])
  expect(rulesOf({ slowSeconds: 5, followersMinutes: 0, guardsOnly: true, emoteOnly: true, noLinks: true, uniqueOnly: true, off: true })).toEqual(['off', 'followers', 'guards', 'emote', 'slow', 'noLinks', 'unique'])
})
