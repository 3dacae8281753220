// What a viewer is told.
import { expect, test } from 'vitest'
import { playerState } from '../../../../web/playback/playerState.ts'
import type { Known } from '../../../../web/playback/playerState.ts'

const live: Known = { banned: false, ticketNeeded: false, answered: true, broadcast: 'live', hadMedia: true, mediaUp: true }

test.each<[string, Partial<Known>, string]>([
  ['before the server answers: connecting', { answered: false, broadcast: null, hadMedia: false }, 'connecting'],
  ['no broadcast: offline', { broadcast: null }, 'offline'],
  ['the first picture is awaited: connecting', { hadMedia: false, mediaUp: false }, 'connecting'],
  ['a transport without a picture yet: connecting', { hadMedia: false }, 'connecting'],
  ['picture there: live', {}, 'live'],
  ['media lost after a picture: reconnecting', { mediaUp: false }, 'reconnecting'],
  ['the host dropped: interrupted, whatever the transport does', { broadcast: 'interrupted', mediaUp: false }, 'interrupted'],
  ['ended', { broadcast: 'ended' }, 'ended'],
  ['starting', { broadcast: 'starting', hadMedia: false }, 'starting'],
  ['refused by the server: banned, before anything else', { banned: true }, 'banned'],
])('%s', (_, known, state) => {
  expect(playerState({ ...live, ...known })).toBe(state)
})
