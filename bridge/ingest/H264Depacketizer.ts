// Puts H.264 access units together from RTP (RFC 6184, packetization mode 1).
import type { RtpPacket } from './rtpPacket.ts'

export type AccessUnit = { readonly timestamp: number; readonly keyframe: boolean; readonly nals: readonly Buffer[]; readonly sps?: Buffer; readonly pps?: Buffer }

const NAL = { slice: 1, idr: 5, sps: 7, pps: 8, stapA: 24, fuA: 28 } as const
const MAX_UNIT_BYTES = 8 * 1024 * 1024

/** Emits complete units only; after a loss nothing until the next keyframe, so that no reader ever sees a torn picture. */
export class H264Depacketizer {
  readonly #onUnit: (unit: AccessUnit) => void
  #nals: Buffer[] = []
  #fragments: Buffer[] = []
  #bytes = 0
  #timestamp: number | undefined
  #broken = true

  constructor(onUnit: (unit: AccessUnit) => void) {
    this.#onUnit = onUnit
  }

  push({ payload, timestamp, marker }: RtpPacket, lost: boolean): void {
    if (this.#timestamp !== timestamp) this.#flush()
    if (lost) {
      this.#broken = true
      this.#clear()
    }
    this.#timestamp = timestamp
    this.#bytes += payload.length
    if (this.#bytes > MAX_UNIT_BYTES) {
      this.#broken = true
      this.#clear()
    } else if (payload.length > 1) this.#unpack(payload)
    if (marker) this.#flush()
  }

  #unpack(payload: Buffer): void {
    const type = payload.readUInt8(0) & 0x1f
    if (type === NAL.stapA) this.#unpackAggregate(payload)
    else if (type === NAL.fuA) this.#unpackFragment(payload)
    else if (type > 0 && type < NAL.stapA) this.#nals.push(payload)
  }

  #unpackAggregate(payload: Buffer): void {
    let offset = 1
    while (offset + 2 < payload.length) {
      const size = payload.readUInt16BE(offset)
      if (size === 0 || offset + 2 + size > payload.length) return
      this.#nals.push(payload.subarray(offset + 2, offset + 2 + size))
      offset += 2 + size
    }
  }

  #unpackFragment(payload: Buffer): void {
    if (payload.length < 3) return
    const indicator = payload.readUInt8(0)
    const header = payload.readUInt8(1)
    if ((header & 0x80) !== 0) this.#fragments = [Buffer.from([(indicator & 0xe0) | (header & 0x1f)])]
    if (this.#fragments.length === 0) return
    this.#fragments.push(payload.subarray(2))
    if ((header & 0x40) === 0) return
    this.#nals.push(Buffer.concat(this.#fragments))
    this.#fragments = []
  }

  #flush(): void {
    const nals = this.#nals
    const timestamp = this.#timestamp
    const torn = this.#fragments.length > 0
    this.#clear()
    if (torn) this.#broken = true
    if (nals.length === 0 || timestamp === undefined) return
    const slices = nals.filter((nal) => nalType(nal) >= NAL.slice && nalType(nal) <= NAL.idr)
    const keyframe = slices.some((nal) => nalType(nal) === NAL.idr)
    if (keyframe && !torn) this.#broken = false
    const unit = { timestamp, keyframe, nals: this.#broken ? [] : slices, sps: nals.find((nal) => nalType(nal) === NAL.sps), pps: nals.find((nal) => nalType(nal) === NAL.pps) }
    if (unit.nals.length > 0 || unit.sps || unit.pps) this.#onUnit(unit)
  }

  #clear(): void {
    this.#nals = []
    this.#fragments = []
    this.#bytes = 0
  }
}

function nalType(nal: Buffer): number {
  return nal.readUInt8(0) & 0x1f
}
