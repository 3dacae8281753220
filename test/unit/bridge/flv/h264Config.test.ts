// Sequence headers tell whether browsers can take the picture; hostile ones are refused, never believed.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FlvError } from '../../../../bridge/flv/FlvError.ts'
import { parseH264Config, webrtcVerdict } from '../../../../bridge/flv/h264Config.ts'
import type { H264Config } from '../../../../bridge/flv/h264Config.ts'

/** Writes an SPS bit by bit, the way encoders do. */
class BitWriter {
  bits = ''
  u(count: number, value: number): this {
    this.bits += value.toString(2).padStart(count, '0').slice(-count)
    return this
  }
  ue(value: number): this {
    const code = (value + 1).toString(2)
    this.bits += '0'.repeat(code.length - 1) + code
    return this
  }
  bytes(): Buffer {
    const padded = `${this.bits}1`.padEnd(Math.ceil((this.bits.length + 1) / 8) * 8, '0')
    return Buffer.from((padded.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  }
}

type SpsShape = { profile: number; constraints?: number; chroma?: number; depth?: number; order?: number; interlaced?: boolean; crop?: readonly number[]; reorder?: number }

function sps({ profile, constraints = 0, chroma = 1, depth = 8, order = 0, interlaced = false, crop, reorder }: SpsShape): Buffer {
  const bits = new BitWriter().u(8, 0x67).u(8, profile).u(8, constraints).u(8, 31).ue(0)
  if (profile >= 100 || profile === 44) {
    bits.ue(chroma)
    if (chroma === 3) bits.u(1, 0)
    bits.ue(depth - 8).ue(depth - 8).u(1, 0).u(1, 0)
  }
  bits.ue(0).ue(order)
  if (order === 0) bits.ue(2)
  bits.ue(4).u(1, 0).ue(79).ue(interlaced ? 22 : 44).u(1, interlaced ? 0 : 1)
  if (interlaced) bits.u(1, 1)
  bits.u(1, 1).u(1, crop === undefined ? 0 : 1)
  for (const value of crop ?? []) bits.ue(value)
  bits.u(1, reorder === undefined ? 0 : 1)
  if (reorder !== undefined) bits.u(8, 0).u(1, 1).u(1, 1).ue(0).ue(0).ue(10).ue(10).ue(reorder).ue(4)
  const raw = bits.bytes()
  // Emulation prevention, as the NAL layer adds it.
  const escaped: number[] = []
  let zeros = 0
  for (const byte of raw) {
    if (zeros >= 2 && byte <= 3) {
      escaped.push(3)
      zeros = 0
    }
    zeros = byte === 0 ? zeros + 1 : 0
    escaped.push(byte)
  }
  return Buffer.from(escaped)
}

function record(nal: Buffer, pps = Buffer.from([0x68, 0xce])): Buffer {
  const length = (bytes: Buffer) => Buffer.from([bytes.length >> 8, bytes.length & 0xff])
  return Buffer.concat([Buffer.from([1, nal[1] ?? 0, nal[2] ?? 0, nal[3] ?? 0, 0xff, 0xe1]), length(nal), nal, Buffer.from([1]), length(pps), pps])
}

const config = (shape: SpsShape): H264Config => parseH264Config(record(sps(shape)))

describe('parsing', () => {
  test('reads size, profile, level and both parameter sets', () => {
    const parsed = config({ profile: 66, constraints: 0xc0 })
    expect(parsed).toMatchObject({ profile: 'constrained-baseline', level: 31, width: 1280, height: 720, chromaFormat: '4:2:0', bitDepth: 8, nalLengthBytes: 4, progressive: true })
    expect(parsed.pps).toEqual(Buffer.from([0x68, 0xce]))
    expect(parsed.numReorderFrames).toBeUndefined()
  })

  test('crops in chroma units, and in pairs of lines when interlaced', () => {
    expect(config({ profile: 77, crop: [0, 8, 0, 4] })).toMatchObject({ width: 1264, height: 712 })
    expect(config({ profile: 77, interlaced: true, crop: [0, 0, 0, 2] })).toMatchObject({ width: 1280, height: 728, progressive: false })
    expect(config({ profile: 244, chroma: 3, crop: [0, 1, 0, 1] })).toMatchObject({ width: 1279, height: 719, chromaFormat: '4:4:4' })
  })

  test('reads the reordering bound behind the rest of the VUI', () => {
    expect(config({ profile: 100, reorder: 2 })).toMatchObject({ numReorderFrames: 2, maxDecFrameBuffering: 4 })
  })

  test.each([66, 77, 88, 100, 110, 122, 244, 44].map((profile) => [profile]))('names profile %i', (profile) => {
    const names: Record<number, string> = { 66: 'baseline', 77: 'main', 88: 'extended', 100: 'high', 110: 'high-10', 122: 'high-4:2:2', 244: 'high-4:4:4', 44: 'other' }
    expect(config({ profile }).profile).toBe(names[profile])
  })
})

describe('the verdict', () => {
  test.each<[string, SpsShape, number, unknown]>([
    ['constrained baseline is copied', { profile: 66, constraints: 0x40 }, 0, { copy: true }],
    ['baseline is copied, whatever its composition time', { profile: 66 }, 40, { copy: true }],
    ['main without reordering is copied', { profile: 77, reorder: 0 }, 0, { copy: true }],
    ['high without reordering is copied', { profile: 100, reorder: 0 }, 0, { copy: true }],
    ['a constant composition time is no reordering where the SPS excludes it', { profile: 100, reorder: 0 }, 33, { copy: true }],
    ['pictures in decoding order are copied', { profile: 100, order: 2 }, 33, { copy: true }],
    ['main that leaves it open is copied without composition time', { profile: 77 }, 0, { copy: true }],
    ['main that leaves it open has B-frames with composition time', { profile: 77 }, 67, { copy: false, reason: 'b-frames' }],
    ['declared reordering means B-frames', { profile: 100, reorder: 2 }, 0, { copy: false, reason: 'b-frames' }],
    ['10 bits are transcoded', { profile: 110, depth: 10 }, 0, { copy: false, reason: 'bit-depth' }],
    ['4:2:2 is transcoded', { profile: 122, chroma: 2 }, 0, { copy: false, reason: 'chroma' }],
    ['4:4:4 is transcoded', { profile: 244, chroma: 3 }, 0, { copy: false, reason: 'chroma' }],
    ['the extended profile is transcoded', { profile: 88 }, 0, { copy: false, reason: 'profile' }],
    ['interlaced pictures are transcoded', { profile: 77, interlaced: true, reorder: 0 }, 0, { copy: false, reason: 'profile' }],
  ])('%s', (_name, shape, composition, expected) => {
    expect(webrtcVerdict(config(shape), composition)).toEqual(expected)
  })
})

describe('hostile input', () => {
  const good = record(sps({ profile: 100, reorder: 1 }))

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['another version', Buffer.concat([Buffer.from([2]), good.subarray(1)])],
    ['no SPS', Buffer.from([1, 66, 0, 31, 0xff, 0xe0, 0])],
    ['an SPS that is none', record(Buffer.from([0x68, 1, 2, 3]))],
    ['an SPS longer than the record', Buffer.from([1, 66, 0, 31, 0xff, 0xe1, 0xff, 0xff, 0x67])],
    ['an endless Exp-Golomb code', record(Buffer.concat([Buffer.from([0x67, 66, 0, 31]), Buffer.alloc(40)]))],
    ['a crop larger than the picture', record(sps({ profile: 77, crop: [400, 400, 0, 0] }))],
  ])('%s is refused', (_name, bytes) => {
    expect(() => parseH264Config(bytes)).toThrow(FlvError)
  })

  test('of any kind throws nothing but FlvError', () => {
    const cut = fc.nat(good.length).map((length) => good.subarray(0, length))
    const flipped = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }).map((changes) => {
      const copy = Buffer.from(good)
      for (const [offset, value] of changes) copy[offset] = value
      return copy
    })
    const random = fc.uint8Array({ maxLength: 100 }).map((bytes) => record(Buffer.concat([Buffer.from([0x67]), Buffer.from(bytes)])))
    fc.assert(
      fc.property(fc.oneof(cut, flipped, random), (bytes) => {
        try {
          webrtcVerdict(parseH264Config(bytes), 0)
        } catch (error) {
          expect(error).toBeInstanceOf(FlvError)
        }
      }),
      { numRuns: 3_000 },
    )
  })
})
