// Turns tags back into the byte stream that ffmpeg's standard input and HTTP-FLV players read.
import type { FlvTag } from './FlvTag.ts'

const TYPE_IDS = { audio: 8, video: 9, script: 18 } as const
const TAG_HEADER_BYTES = 11
const MAX_TAG_BYTES = 0xff_ff_ff

/** The FLV file header with its first PreviousTagSize (Adobe FLV 10.1, annex E.2). */
export function flvHeader({ audio, video }: { readonly audio: boolean; readonly video: boolean }): Buffer {
  const flags = (audio ? 4 : 0) | (video ? 1 : 0)
  return Buffer.from([0x46, 0x4c, 0x56, 1, flags, 0, 0, 0, 9, 0, 0, 0, 0])
}

/**
 * One tag with its trailing PreviousTagSize (annex E.3 and E.4); timestamps wrap at 32 bits.
 * Throws RangeError for a body over the format's 16,777,215 bytes.
 */
export function flvTagBytes(tag: FlvTag): Buffer {
  const size = tag.data.length
  if (size > MAX_TAG_BYTES) throw new RangeError(`an FLV tag holds at most ${MAX_TAG_BYTES} bytes, not ${size}`)
  const out = Buffer.allocUnsafe(TAG_HEADER_BYTES + size + 4)
  const timestamp = tag.timestamp >>> 0
  out.writeUInt8(TYPE_IDS[tag.type], 0)
  out.writeUIntBE(size, 1, 3)
  out.writeUIntBE(timestamp & 0xff_ff_ff, 4, 3)
  out.writeUInt8(timestamp >>> 24, 7)
  out.writeUIntBE(0, 8, 3)
  tag.data.copy(out, TAG_HEADER_BYTES)
  out.writeUInt32BE(TAG_HEADER_BYTES + size, TAG_HEADER_BYTES + size)
  return out
}
