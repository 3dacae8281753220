import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pictureSize } from '../../../../server/media/pictureSize.ts'

const rtp = (payload: Buffer) => Buffer.concat([Buffer.from('80600001000000000000000a', 'hex'), payload])
/** Made by x264: baseline 640x360, and high 1920x1080 (whose 1088 coded rows are cropped). */
const baseline = Buffer.from('Z0LAHtkAoC/5cBEAAAMAAQAAAwA8DxYuSA==', 'base64')
const high = Buffer.from('Z2QAKKzZQHgCJ+XARAAAAwAEAAADAPA8YMZY', 'base64')

test('H.264: alone, in an aggregate, and never from another unit', () => {
  expect(pictureSize('h264', rtp(baseline))).toEqual({ width: 640, height: 360 })
  const aggregate = Buffer.concat([Buffer.from([24, 0, 4, 0x68, 0xce, 0x3c, 0x80, 0, high.length]), high])
  expect(pictureSize('h264', rtp(aggregate))).toEqual({ width: 1920, height: 1080 })
  expect(pictureSize('h264', rtp(Buffer.from([0x41, 1, 2, 3])))).toBeUndefined()
})

test('VP8: from a keyframe’s first packet only', () => {
  const key = Buffer.concat([Buffer.from([0x10]), Buffer.from([0x30, 0x01, 0x00, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0x68, 0x01])])
  expect(pictureSize('vp8', rtp(key))).toEqual({ width: 640, height: 360 })
  const extended = Buffer.concat([Buffer.from([0x90, 0x80, 0x81, 0x02]), key.subarray(1)])
  expect(pictureSize('vp8', rtp(extended))).toEqual({ width: 640, height: 360 })
  expect(pictureSize('vp8', rtp(Buffer.concat([Buffer.from([0x00]), key.subarray(1)])))).toBeUndefined()
  const inter = Buffer.from(key)
  inter[1] = 0x31
  expect(pictureSize('vp8', rtp(inter))).toBeUndefined()
})

test('no packet breaks it', () => {
  fc.assert(fc.property(fc.constantFrom('h264', 'vp8'), fc.uint8Array({ maxLength: 80 }), (codec, bytes) => void pictureSize(codec, Buffer.from(bytes))), { numRuns: 5000 })
})
