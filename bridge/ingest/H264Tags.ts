// Turns H.264 access units into FLV tags, with a new sequence header whenever the picture's format changes.
import type { FlvTag } from '../flv/FlvTag.ts'
import type { AccessUnit } from './H264Depacketizer.ts'

const KEYFRAME_AVC = 0x17
const INTER_AVC = 0x27

export class H264Tags {
  #sps: Buffer | undefined
  #pps: Buffer | undefined
  #announced: Buffer | undefined

  /** The tags for a unit at `timestamp` ms; none before the first keyframe with its parameter sets. */
  convert(unit: AccessUnit, timestamp: number): FlvTag[] {
    this.#sps = unit.sps ?? this.#sps
    this.#pps = unit.pps ?? this.#pps
    if (unit.nals.length === 0 || !this.#sps || !this.#pps || this.#sps.length < 4) return []
    const tags: FlvTag[] = []
    if (unit.keyframe) {
      const record = decoderConfiguration(this.#sps, this.#pps)
      if (!this.#announced?.equals(record)) tags.push(video(timestamp, KEYFRAME_AVC, 0, [record]))
      this.#announced = record
    }
    if (this.#announced === undefined) return []
    const body = unit.nals.flatMap((nal) => [uint32(nal.length), nal])
    return [...tags, video(timestamp, unit.keyframe ? KEYFRAME_AVC : INTER_AVC, 1, body)]
  }
}

function video(timestamp: number, first: number, packetType: number, body: readonly Buffer[]): FlvTag {
  return { type: 'video', timestamp, data: Buffer.concat([Buffer.from([first, packetType, 0, 0, 0]), ...body]) }
}

/** An AVCDecoderConfigurationRecord (ISO 14496-15 5.2.4.1) with 4-byte lengths. */
function decoderConfiguration(sps: Buffer, pps: Buffer): Buffer {
  const head = Buffer.from([1, sps.readUInt8(1), sps.readUInt8(2), sps.readUInt8(3), 0xff, 0xe1])
  return Buffer.concat([head, uint16(sps.length), sps, Buffer.from([1]), uint16(pps.length), pps])
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
