// Reads an H.264 sequence parameter set: the few numbers that decide whether browsers can show the picture.
import { BitReader } from './BitReader.ts'
import { FlvError } from './FlvError.ts'

/** What a sequence parameter set says (ITU-T H.264 clause 7.3.2.1.1 and annex E.1.1). */
export type H264Sps = {
  readonly profileIdc: number
  /** The eight constraint bits; constraint_set0_flag is the highest. */
  readonly constraintFlags: number
  /** level_idc: 31 is level 3.1. */
  readonly level: number
  readonly chromaFormat: '4:0:0' | '4:2:0' | '4:2:2' | '4:4:4'
  /** The deeper one of luma and chroma. */
  readonly bitDepth: number
  /** Cropped picture size in pixels. */
  readonly width: number
  readonly height: number
  /** False for field or field-adaptive (interlaced) coding. */
  readonly progressive: boolean
  /** 2 means that pictures are shown in decoding order. */
  readonly pictureOrderType: number
  readonly numReorderFrames?: number
  readonly maxDecFrameBuffering?: number
}

const SPS_NAL_TYPE = 7
const PROFILES_WITH_CHROMA = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135])
const CHROMA_FORMATS = ['4:0:0', '4:2:0', '4:2:2', '4:4:4'] as const
const MAX_MACROBLOCKS = 1024
const EXTENDED_SAR = 255

/** Parses an SPS NAL unit without start code. Throws FlvError. */
export function parseH264Sps(nal: Buffer): H264Sps {
  const first = nal[0]
  if (first === undefined || (first & 0x1f) !== SPS_NAL_TYPE) throw new FlvError('an H.264 sequence header without an SPS')
  const bits = new BitReader(withoutEmulationPrevention(nal.subarray(1)))
  const profileIdc = bits.bits(8)
  const constraintFlags = bits.bits(8)
  const level = bits.bits(8)
  bits.unsigned(31)
  const { chroma, bitDepth, separatePlanes } = PROFILES_WITH_CHROMA.has(profileIdc) ? readChroma(bits) : { chroma: 1, bitDepth: 8, separatePlanes: false }
  bits.unsigned(12)
  const pictureOrderType = readPictureOrder(bits)
  bits.unsigned(16)
  bits.bits(1)
  const size = readSize(bits, separatePlanes ? 0 : chroma)
  const restriction = bits.flag() ? readVuiLeniently(bits) : {}
  const chromaFormat = CHROMA_FORMATS[chroma] ?? '4:2:0'
  return { profileIdc, constraintFlags, level, chromaFormat, bitDepth, ...size, pictureOrderType, ...restriction }
}

/** Drops the 3 of every 0 0 3 (clause 7.4.1.1). */
function withoutEmulationPrevention(payload: Buffer): Buffer {
  const kept: number[] = []
  let zeros = 0
  for (const byte of payload) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0
      continue
    }
    zeros = byte === 0 ? zeros + 1 : 0
    kept.push(byte)
  }
  return Buffer.from(kept)
}

function readChroma(bits: BitReader): { chroma: number; bitDepth: number; separatePlanes: boolean } {
  const chroma = bits.unsigned(3)
  const separatePlanes = chroma === 3 && bits.flag()
  const bitDepth = 8 + Math.max(bits.unsigned(6), bits.unsigned(6))
  bits.bits(1)
  if (bits.flag()) {
    const lists = chroma === 3 ? 12 : 8
    for (let list = 0; list < lists; list += 1) if (bits.flag()) skipScalingList(bits, list < 6 ? 16 : 64)
  }
  return { chroma, bitDepth, separatePlanes }
}

function skipScalingList(bits: BitReader, size: number): void {
  let last = 8
  for (let index = 0; index < size; index += 1) {
    const next = (last + bits.signed() + 256) % 256
    if (next === 0) return
    last = next
  }
}

function readPictureOrder(bits: BitReader): number {
  const type = bits.unsigned(2)
  if (type === 0) bits.unsigned(12)
  if (type === 1) {
    bits.bits(1)
    bits.signed()
    bits.signed()
    const cycle = bits.unsigned(255)
    for (let frame = 0; frame < cycle; frame += 1) bits.signed()
  }
  return type
}

function readSize(bits: BitReader, chromaArray: number): { width: number; height: number; progressive: boolean } {
  const widthInMacroblocks = bits.unsigned(MAX_MACROBLOCKS - 1) + 1
  const heightInMapUnits = bits.unsigned(MAX_MACROBLOCKS - 1) + 1
  const progressive = bits.flag()
  if (!progressive) bits.bits(1)
  bits.bits(1)
  const crop = bits.flag() ? { left: bits.unsigned(), right: bits.unsigned(), top: bits.unsigned(), bottom: bits.unsigned() } : { left: 0, right: 0, top: 0, bottom: 0 }
  const fields = progressive ? 1 : 2
  const unitX = chromaArray === 1 || chromaArray === 2 ? 2 : 1
  const unitY = (chromaArray === 1 ? 2 : 1) * fields
  const width = widthInMacroblocks * 16 - (crop.left + crop.right) * unitX
  const height = heightInMapUnits * 16 * fields - (crop.top + crop.bottom) * unitY
  if (width <= 0 || height <= 0) throw new FlvError('an SPS crops its whole picture away')
  return { width, height, progressive }
}

type Restriction = { numReorderFrames?: number; maxDecFrameBuffering?: number }

/** Some encoders cut their VUI short; everything before it is still good. */
function readVuiLeniently(bits: BitReader): Restriction {
  try {
    return readVui(bits)
  } catch (error) {
    if (error instanceof FlvError) return {}
    throw error
  }
}

function readVui(bits: BitReader): Restriction {
  if (bits.flag() && bits.bits(8) === EXTENDED_SAR) bits.bits(32)
  if (bits.flag()) bits.bits(1)
  if (bits.flag()) {
    bits.bits(4)
    if (bits.flag()) bits.bits(24)
  }
  if (bits.flag()) {
    bits.unsigned(5)
    bits.unsigned(5)
  }
  if (bits.flag()) {
    bits.bits(32)
    bits.bits(32)
    bits.bits(1)
  }
  const nalHrd = bits.flag()
  if (nalHrd) skipHrd(bits)
  const vclHrd = bits.flag()
  if (vclHrd) skipHrd(bits)
  if (nalHrd || vclHrd) bits.bits(1)
  bits.bits(1)
  if (!bits.flag()) return {}
  bits.bits(1)
  for (let field = 0; field < 4; field += 1) bits.unsigned(16)
  return { numReorderFrames: bits.unsigned(16), maxDecFrameBuffering: bits.unsigned(16) }
}

function skipHrd(bits: BitReader): void {
  const count = bits.unsigned(31) + 1
  bits.bits(8)
  for (let index = 0; index < count; index += 1) {
    bits.unsigned()
    bits.unsigned()
    bits.bits(1)
  }
  bits.bits(20)
}
