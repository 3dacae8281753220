// How the page learns the server's time.
import { expect, test } from 'vitest'
import { clockOffset } from '../../../../web/playback/clockOffset.ts'

test('the server is taken to have looked at its clock halfway through the round trip', () => {
  expect(clockOffset({ sentAt: 1_000, answeredAt: 1_100, serverTime: 5_050 })).toBe(4_000)
})
