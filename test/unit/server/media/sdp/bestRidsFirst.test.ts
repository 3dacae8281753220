import { expect, test } from 'vitest'
import { bestRidsFirst } from '../../../../../server/media/sdp/bestRidsFirst.ts'

const plain = (...rids: string[]) => rids.map((rid) => ({ rid, params: '' }))

test('usual names are ranked whatever their order', () => {
  expect(bestRidsFirst(plain('q', 'h', 'f'))).toEqual(['f', 'h', 'q'])
  expect(bestRidsFirst(plain('h', 'm', 'l'))).toEqual(['h', 'm', 'l'])
  expect(bestRidsFirst(plain('r0', 'r1'))).toEqual(['r1', 'r0'])
})

test('restrictions tell the size where all have one', () => {
  const rids = [{ rid: 'a', params: 'pt=96;max-width=320' }, { rid: 'b', params: 'max-width=1280;max-height=720' }]
  expect(bestRidsFirst(rids)).toEqual(['b', 'a'])
})

test('otherwise the first listed is the best (RFC 8853)', () => {
  expect(bestRidsFirst(plain('2', '1', '0'))).toEqual(['2', '1', '0'])
  expect(bestRidsFirst([])).toEqual([])
})
