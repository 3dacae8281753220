// What flvHeader and flvTagBytes write, FlvReader reads, in any pieces; anything else is an FlvError.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FlvError } from '../../../../bridge/flv/FlvError.ts'
import { FlvReader } from '../../../../bridge/flv/FlvReader.ts'
import type { FlvTag } from '../../../../bridge/flv/FlvTag.ts'
import { flvHeader, flvTagBytes } from '../../../../bridge/flv/writeFlv.ts'
import { splitBytes } from '../../../support/rtmpChunks.ts'

function readAll(pieces: readonly Buffer[], maxTagBytes = 10_000) {
  const tags: FlvTag[] = []
  const headers: unknown[] = []
  const reader = new FlvReader({ maxTagBytes, onHeader: (header) => headers.push(header), onTag: (tag) => tags.push(tag) })
  for (const piece of pieces) reader.push(piece)
  return { tags, headers }
}

const anyTag = fc.record({
  type: fc.constantFrom('audio', 'video', 'script') as fc.Arbitrary<FlvTag['type']>,
  timestamp: fc.nat(0x7fffffff),
  data: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
})

test('a round trip keeps header and tags, in any pieces', () => {
  fc.assert(
    fc.property(fc.array(anyTag, { maxLength: 10 }), fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 }), fc.boolean(), (tags, sizes, audio) => {
      const bytes = Buffer.concat([flvHeader({ audio, video: true }), ...tags.map(flvTagBytes)])
      expect(readAll(splitBytes(bytes, sizes))).toEqual({ tags, headers: [{ audio, video: true }] })
    }),
  )
})

test('timestamps go on over the 32-bit wrap', () => {
  const tags = [0xffff_fff0, 0x1_0000_0010, 0xffff_fffa].map((timestamp) => ({ type: 'audio', timestamp, data: Buffer.alloc(1) }) as const)
  expect(readAll([flvHeader({ audio: true, video: false }), ...tags.map(flvTagBytes)]).tags.map((tag) => tag.timestamp)).toEqual([0xffff_fff0, 0x1_0000_0010, 0xffff_fffa])
})

describe('garbage', () => {
  const header = flvHeader({ audio: true, video: true })
  const tag = flvTagBytes({ type: 'video', timestamp: 0, data: Buffer.alloc(20) })
  const changed = (bytes: Buffer, offset: number, value: number) => {
    const copy = Buffer.from(bytes)
    copy[offset] = value
    return copy
  }

  test.each([
    ['no FLV signature', changed(header, 0, 0x47), /does not start/],
    ['a file header of 4 GB', changed(header, 5, 0xff), /bytes long/],
    ['an unknown tag type', Buffer.concat([header, changed(tag, 0, 10)]), /unknown FLV tag type/],
    ['an encrypted tag', Buffer.concat([header, changed(tag, 0, 0x29)]), /encrypted/],
    ['a tag above the limit', Buffer.concat([header, changed(tag, 1, 0xff)]), /exceeds the limit/],
    ['a wrong previous tag size', Buffer.concat([header, changed(tag, tag.length - 1, 1)]), /not followed by its own size/],
  ])('%s is refused', (_name, bytes, message) => {
    expect(() => readAll([bytes])).toThrow(FlvError)
    expect(() => readAll([bytes])).toThrow(message)
  })

  test('of any kind throws nothing but FlvError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, withHeader) => {
        try {
          readAll(withHeader ? [header, Buffer.from(bytes)] : [Buffer.from(bytes)])
        } catch (error) {
          expect(error).toBeInstanceOf(FlvError)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})

test('a tag that no 24-bit length can hold is not written', () => {
  expect(() => flvTagBytes({ type: 'video', timestamp: 0, data: Buffer.alloc(0x1000000) })).toThrow(RangeError)
})
