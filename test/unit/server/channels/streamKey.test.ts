import { expect, test } from 'vitest'
import { hashStreamKey, newStreamKey, openStreamKey, sealStreamKey, streamKeyMatches } from '../../../../server/channels/streamKey.ts'

test('a sealed key opens with the same secret and shows nothing of itself', () => {
  const streamKey = newStreamKey()
  const sealed = sealStreamKey(streamKey, 'a secret of this house')
  expect(openStreamKey(sealed, 'a secret of this house')).toBe(streamKey)
  expect(sealed.toString('latin1')).not.toContain(streamKey)
})

test('another secret, or a changed byte, opens nothing', () => {
  const sealed = sealStreamKey(newStreamKey(), 'a secret of this house')
  expect(() => openStreamKey(sealed, 'another secret')).toThrow()
  sealed[sealed.length - 1]! ^= 1
  expect(() => openStreamKey(sealed, 'a secret of this house')).toThrow()
})

test('the same key is sealed differently each time', () => {
  expect(sealStreamKey('live_key', 'secret').equals(sealStreamKey('live_key', 'secret'))).toBe(false)
})

test('a key matches its own hash and no other', () => {
  const hash = hashStreamKey('live_one')
  expect(streamKeyMatches('live_one', hash)).toBe(true)
  expect(streamKeyMatches('live_two', hash)).toBe(false)
  expect(streamKeyMatches('', hash)).toBe(false)
})
