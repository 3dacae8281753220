// The picture size that an RTP packet of a keyframe carries: H.264's SPS (RFC 6184, ITU-T H.264 7.3.2.1) or VP8's frame header (RFC 7741, RFC 6386 9.1).

export type PictureSize = { readonly width: number; readonly height: number }

/** @returns undefined for every packet that does not say */
export function pictureSize(codec: string, packet: Buffer): PictureSize | undefined {
  try {
    const payload = rtpPayload(packet)
    if (codec === 'vp8') return vp8Size(payload)
    return codec === 'h264' ? h264Size(payload) : undefined
  } catch (error) {
    // A packet that ends before its fields do says nothing.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** RFC 3550 section 5.1. */
function rtpPayload(packet: Buffer): Buffer {
  const first = packet.readUInt8(0)
  let at = 12 + (first & 0x0f) * 4
  if ((first & 0x10) !== 0) at += 4 + packet.readUInt16BE(at + 2) * 4
  const padding = (first & 0x20) !== 0 ? packet.readUInt8(packet.length - 1) : 0
  return packet.subarray(at, packet.length - padding)
}

function vp8Size(payload: Buffer): PictureSize | undefined {
  const first = payload.readUInt8(0)
  // Only the start of the first partition has the frame header.
  if ((first & 0x10) === 0 || (first & 0x07) !== 0) return undefined
  let at = 1
  if ((first & 0x80) !== 0) {
    const extension = payload.readUInt8(at++)
    if ((extension & 0x80) !== 0) at += (payload.readUInt8(at) & 0x80) !== 0 ? 2 : 1
    if ((extension & 0x40) !== 0) at += 1
    if ((extension & 0x30) !== 0) at += 1
  }
  const isKeyFrame = (payload.readUInt8(at) & 1) === 0
  if (!isKeyFrame || payload.readUIntBE(at + 3, 3) !== 0x9d012a) return undefined
  return { width: payload.readUInt16LE(at + 6) & 0x3fff, height: payload.readUInt16LE(at + 8) & 0x3fff }
}

const NAL_SPS = 7
const NAL_STAP_A = 24

function h264Size(payload: Buffer): PictureSize | undefined {
  const type = payload.readUInt8(0) & 0x1f
  if (type === NAL_SPS) return spsSize(payload)
  if (type !== NAL_STAP_A) return undefined
  for (let at = 1; at + 2 < payload.length; ) {
    const size = payload.readUInt16BE(at)
    const unit = payload.subarray(at + 2, at + 2 + size)
    if ((unit.readUInt8(0) & 0x1f) === NAL_SPS) return spsSize(unit)
    at += 2 + size
  }
  return undefined
}

/** Profiles whose SPS tells the colour format. */
const HIGH_PROFILES = [100, 110, 122, 244, 44, 83, 86, 118, 128]

function spsSize(unit: Buffer): PictureSize | undefined {
  const read = bitReader(unit.subarray(1))
  const profile = read.bits(8)
  read.bits(16)
  read.ue()
  let chroma = 1
  if (HIGH_PROFILES.includes(profile)) {
    chroma = read.ue()
    if (chroma === 3) read.bits(1)
    read.ue()
    read.ue()
    read.bits(1)
    // Scaling lists are rare and long; without them nothing is skipped.
    if (read.bits(1) === 1) return undefined
  }
  read.ue()
  const order = read.ue()
  if (order === 0) read.ue()
  else if (order === 1) {
    read.bits(1)
    read.ue()
    read.ue()
    for (let left = Math.min(read.ue(), 255); left > 0; left -= 1) read.ue()
  }
  read.ue()
  read.bits(1)
  const columns = read.ue() + 1
  const rows = read.ue() + 1
  const frameOnly = read.bits(1)
  if (frameOnly === 0) read.bits(1)
  read.bits(1)
  const [left, right, top, bottom] = read.bits(1) === 1 ? [read.ue(), read.ue(), read.ue(), read.ue()] : [0, 0, 0, 0]
  const unitX = chroma === 1 || chroma === 2 ? 2 : 1
  const unitY = (chroma === 1 ? 2 : 1) * (2 - frameOnly)
  const width = columns * 16 - (left + right) * unitX
  const height = rows * 16 * (2 - frameOnly) - (top + bottom) * unitY
  return width > 0 && height > 0 && width <= 16384 && height <= 16384 ? { width, height } : undefined
}

/** Exponential-Golomb and plain bits, without the emulation prevention bytes. @throws RangeError past the end */
function bitReader(bytes: Buffer): { bits(count: number): number; ue(): number } {
  const clean = bytes.filter((byte, index) => !(byte === 3 && index >= 2 && bytes[index - 1] === 0 && bytes[index - 2] === 0))
  let at = 0
  function bits(count: number): number {
    let value = 0
    for (let left = count; left > 0; left -= 1, at += 1) {
      const byte = clean[at >> 3]
      if (byte === undefined) throw new RangeError('past the end')
      value = value * 2 + ((byte >> (7 - (at & 7))) & 1)
    }
    return value
  }
  function ue(): number {
    let zeros = 0
    while (bits(1) === 0) if (++zeros > 31) throw new RangeError('not an exp-Golomb code')
    return 2 ** zeros - 1 + bits(zeros)
  }
  return { bits, ue }
}
