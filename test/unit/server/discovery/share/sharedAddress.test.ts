import { expect, test } from 'vitest'
import { sharedAddress } from '../../../../../server/discovery/share/sharedAddress.ts'

const BASE = 'https://live.example.org'

test.each([
  [`${BASE}/c/ada`, { channel: 'ada' }],
  [`${BASE}/c/ada/?mode=hls#x`, { channel: 'ada' }],
  [`${BASE}/embed/ada`, { channel: 'ada' }],
  [`${BASE}/r/abcdefgh23456789`, { broadcastId: 'abcdefgh23456789' }],
  ['https://evil.example.org/c/ada', undefined],
  ['https://live.example.org.evil.example/c/ada', undefined],
  [`${BASE}/c/`, undefined],
  [`${BASE}/c/ada/more`, undefined],
  [`${BASE}/studio`, undefined],
  ['javascript:alert(1)', undefined],
  ['not an address', undefined],
])('%s leads to %o', (url, address) => {
  expect(sharedAddress(url, BASE)).toEqual(address)
})
