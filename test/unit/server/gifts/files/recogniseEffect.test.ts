// Effects are known by their bytes, whatever they are called.
import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { recogniseEffect } from '../../../../../server/gifts/files/recogniseEffect.ts'

const field = (number: number, bytes: Buffer): Buffer => Buffer.concat([Buffer.from([(number << 3) | 2, bytes.length]), bytes])
/** 30 frames a second, 60 frames. */
const params = Buffer.from([0x18, 30, 0x20, 60])
const movie = (...parts: Buffer[]): Buffer => deflateSync(Buffer.concat([field(1, Buffer.from('2.0.0')), ...parts]))

test('SVGA 2 is read at wire level', () => {
  expect(recogniseEffect(movie(field(2, params)))).toEqual({ kind: 'svga', extension: 'svga', durationMs: 2000 })
})

test('videos are known by their heads', () => {
  const webm = Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x82, 0x84]), Buffer.from('webm')])
  expect(recogniseEffect(webm)).toEqual({ kind: 'video', extension: 'webm', durationMs: null })
  expect(recogniseEffect(Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom')]))).toMatchObject({ kind: 'video', extension: 'mp4' })
})

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a page', Buffer.from('<html><script>alert(1)</script></html>')],
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['a list', Buffer.from('[1,2]')],
  ['a zip (SVGA 1)', Buffer.from('PK\u0003\u0004')],
  ['deflated text', deflateSync(Buffer.from('hello hello hello'))],
  ['SVGA without frames', movie(field(2, Buffer.from([0x18, 30])))],
  ['SVGA that plays too long', movie(field(2, Buffer.from([0x18, 1, 0x20, 60])))],
  ['SVGA cut off', movie(field(2, params)).subarray(0, 10)],
  ['a bomb', deflateSync(Buffer.alloc(64 * 1024 * 1024))],
  ['Matroska', Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3]), Buffer.from('matroska')])],
  ['a HEIC picture', Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic')])],
])('%s is no effect', (_what, file) => {
  expect(() => recogniseEffect(file)).toThrow(expect.objectContaining({ code: 'bad-effect' }))
})
