// Decides from an H.264 sequence header alone whether browsers can be sent the picture as it is.
import { FlvError } from './FlvError.ts'
import { parseH264Sps } from './parseH264Sps.ts'
import type { H264Sps } from './parseH264Sps.ts'

export type H264Profile = 'baseline' | 'constrained-baseline' | 'main' | 'extended' | 'high' | 'high-10' | 'high-4:2:2' | 'high-4:4:4' | 'other'

/** What an AVCDecoderConfigurationRecord and its first SPS say (ISO 14496-15 5.2.4.1). */
export type H264Config = H264Sps & {
  readonly profile: H264Profile
  /** Bytes of the length before each NAL unit: 1, 2 or 4. */
  readonly nalLengthBytes: number
  /** NAL units without start codes. */
  readonly sps: Buffer
  readonly pps?: Buffer
}

export type WebrtcVerdict = { readonly copy: true } | { readonly copy: false; readonly reason: 'b-frames' | 'profile' | 'chroma' | 'bit-depth' }

const COPYABLE: ReadonlySet<H264Profile> = new Set(['baseline', 'constrained-baseline', 'main', 'high'])
const PROFILE_NAMES: Readonly<Record<number, H264Profile>> = { 77: 'main', 88: 'extended', 100: 'high', 110: 'high-10', 122: 'high-4:2:2', 244: 'high-4:4:4' }
const BASELINE = 66
const CONSTRAINT_SET_1 = 0x40

/** Reads an AVCDecoderConfigurationRecord: the body of an H.264 sequence tag. Throws FlvError. */
export function parseH264Config(record: Buffer): H264Config {
  if (record.length < 7 || record[0] !== 1) throw new FlvError('an H.264 sequence header that is no decoder configuration')
  const nalLengthBytes = (record.readUInt8(4) & 3) + 1
  if (nalLengthBytes === 3) throw new FlvError('H.264 NAL units cannot have a 3 byte length')
  const spsCount = record.readUInt8(5) & 0x1f
  if (spsCount === 0) throw new FlvError('an H.264 sequence header without an SPS')
  const sets: Buffer[] = []
  let offset = 6
  for (let index = 0; index < spsCount; index += 1) offset = readParameterSet(record, offset, sets)
  const sps = sets[0] as Buffer
  const ppsCount = record[offset] ?? 0
  const ppsSets: Buffer[] = []
  if (ppsCount > 0) readParameterSet(record, offset + 1, ppsSets)
  const parsed = parseH264Sps(sps)
  return { ...parsed, profile: profileName(parsed), nalLengthBytes, sps, ...(ppsSets[0] === undefined ? {} : { pps: ppsSets[0] }) }
}

/**
 * Whether WebRTC can take the picture unchanged: 8-bit 4:2:0 of the baseline, main and high profiles, without reordered
 * frames. Where the SPS leaves reordering open, `firstFrameCompositionMs` (of the first keyframe) above 0 betrays B-frames.
 */
export function webrtcVerdict(config: H264Config, firstFrameCompositionMs: number): WebrtcVerdict {
  if (config.bitDepth > 8) return { copy: false, reason: 'bit-depth' }
  if (config.chromaFormat !== '4:2:0') return { copy: false, reason: 'chroma' }
  // Hardware decoders of browsers refuse interlaced pictures.
  if (!COPYABLE.has(config.profile) || !config.progressive) return { copy: false, reason: 'profile' }
  if (canReorder(config, firstFrameCompositionMs)) return { copy: false, reason: 'b-frames' }
  return { copy: true }
}

function canReorder(config: H264Config, firstFrameCompositionMs: number): boolean {
  if (config.profileIdc === BASELINE || config.pictureOrderType === 2) return false
  if (config.numReorderFrames !== undefined) return config.numReorderFrames > 0
  return firstFrameCompositionMs > 0
}

function profileName(sps: H264Sps): H264Profile {
  if (sps.profileIdc === BASELINE) return (sps.constraintFlags & CONSTRAINT_SET_1) !== 0 ? 'constrained-baseline' : 'baseline'
  return PROFILE_NAMES[sps.profileIdc] ?? 'other'
}

function readParameterSet(record: Buffer, offset: number, into: Buffer[]): number {
  if (offset + 2 > record.length) throw new FlvError('an H.264 sequence header ends too early')
  const end = offset + 2 + record.readUInt16BE(offset)
  if (end > record.length) throw new FlvError('an H.264 sequence header ends too early')
  into.push(record.subarray(offset + 2, end))
  return end
}
