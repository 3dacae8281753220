// Which Lottie animations may be played in everybody's page.
import { expect, test } from 'vitest'
import { checkLottie } from '../../../../../server/gifts/files/checkLottie.ts'

const animation = { v: '5.7.0', fr: 30, ip: 0, op: 90, w: 200, h: 200, layers: [{ ty: 4, ks: { p: { a: 0, k: [1, 2] }, s: { x: 1, y: 2 } } }] }
const check = (change: object) => checkLottie(JSON.stringify({ ...animation, ...change }))

test('an ordinary one plays as long as its frames last', () => {
  expect(check({})).toBe(3000)
  expect(check({ assets: [{ id: 'a', layers: [] }, { id: 'b', e: 1, u: '', p: 'data:image/png;base64,AAAA' }] })).toBe(3000)
})

test.each([
  ['no layers', { layers: undefined }, /not a Lottie/],
  ['an expression', { layers: [{ ks: { o: { k: 1, x: 'var $bm_rt = alert(1)' } } }] }, /expressions/],
  ['an expression deep in an asset', { assets: [{ layers: [{ ks: { r: { k: 0, x: 'fetch("/")' } } }] }] }, /expressions/],
  ['a picture elsewhere', { assets: [{ id: 'a', u: 'https://example.com/', p: 'a.png' }] }, /embedded/],
  ['a picture that is SVG', { assets: [{ id: 'a', p: 'data:image/svg+xml;base64,AAAA' }] }, /embedded/],
  ['a font elsewhere', { fonts: { list: [{ fName: 'a', fPath: 'https://example.com/a.woff' }] } }, /fonts/],
  ['too long', { op: 30 * 21 }, /at most 20 s/],
  ['no time at all', { op: 0 }, /at most 20 s/],
  ['endless frames', { fr: 0 }, /countable/],
  ['frames as text', { fr: '30' }, /countable/],
  ['too wide', { w: 10_000 }, /sides/],
  ['too many layers', { layers: Array.from({ length: 401 }, () => ({})) }, /layers/],
  ['too many parts', { layers: [{ k: Array.from({ length: 200_001 }, () => 0) }] }, /too large/],
])('one with %s is refused', (_what, change, why) => {
  expect(() => check(change)).toThrow(why)
})

test('one that is nested without end is refused', () => {
  const deep = `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`
  expect(() => check({ layers: [JSON.parse(deep)] })).toThrow(/too large/)
})
