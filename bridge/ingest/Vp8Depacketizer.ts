// Puts VP8 frames together from RTP (RFC 7741).
import type { RtpPacket } from './rtpPacket.ts'

export type Vp8Frame = { readonly timestamp: number; readonly keyframe: boolean; readonly data: Buffer; readonly size?: { readonly width: number; readonly height: number } }

const MAX_FRAME_BYTES = 8 * 1024 * 1024

/** Emits complete frames only; after a loss nothing until the next keyframe. */
export class Vp8Depacketizer {
  readonly #onFrame: (frame: Vp8Frame) => void
  #parts: Buffer[] = []
  #bytes = 0
  #timestamp: number | undefined
  #started = false
  #broken = true

  constructor(onFrame: (frame: Vp8Frame) => void) {
    this.#onFrame = onFrame
  }

  push({ payload, timestamp, marker }: RtpPacket, lost: boolean): void {
    if (this.#timestamp !== timestamp || lost) {
      if (lost || this.#parts.length > 0) this.#broken = true
      this.#clear()
    }
    this.#timestamp = timestamp
    const start = descriptorBytes(payload)
    if (start === undefined || start >= payload.length) return
    const first = payload.readUInt8(0)
    if ((first & 0x10) !== 0 && (first & 0x07) === 0) this.#started = true
    this.#bytes += payload.length
    if (!this.#started || this.#bytes > MAX_FRAME_BYTES) this.#broken = true
    else this.#parts.push(payload.subarray(start))
    if (marker) this.#flush(timestamp)
  }

  #flush(timestamp: number): void {
    const data = Buffer.concat(this.#parts)
    const complete = this.#started
    this.#clear()
    if (!complete || data.length < 3) return
    const keyframe = (data.readUInt8(0) & 1) === 0
    if (keyframe && data.length >= 10) this.#broken = false
    if (this.#broken) return
    const size = keyframe ? { size: { width: data.readUInt16LE(6) & 0x3fff, height: data.readUInt16LE(8) & 0x3fff } } : {}
    this.#onFrame({ timestamp, keyframe, data, ...size })
  }

  #clear(): void {
    this.#parts = []
    this.#bytes = 0
    this.#started = false
  }
}

/** Length of the payload descriptor (section 4.2); undefined when the packet is too short. */
function descriptorBytes(payload: Buffer): number | undefined {
  const first = payload[0]
  if (first === undefined) return undefined
  if ((first & 0x80) === 0) return 1
  const flags = payload[1]
  if (flags === undefined) return undefined
  let bytes = 2
  if ((flags & 0x80) !== 0) bytes += ((payload[2] ?? 0) & 0x80) !== 0 ? 2 : 1
  if ((flags & 0x40) !== 0) bytes += 1
  if ((flags & 0x30) !== 0) bytes += 1
  return bytes
}
