// Cuts our replies into chunks; also what tests write clients with.
import type { RtmpMessage } from './RtmpMessage.ts'

const EXTENDED = 0xff_ff_ff

/** One message as a type 0 chunk and its type 3 continuations (RTMP 1.0, section 5.3). */
export function writeMessage(message: RtmpMessage, chunkBytes: number): Buffer {
  const extended = message.timestamp >= EXTENDED
  const header = Buffer.alloc(extended ? 15 : 11)
  header.writeUIntBE(extended ? EXTENDED : message.timestamp, 0, 3)
  header.writeUIntBE(message.payload.length, 3, 3)
  header.writeUInt8(message.type, 6)
  header.writeUInt32LE(message.streamId, 7)
  if (extended) header.writeUInt32BE(message.timestamp, 11)
  const parts = [basicHeader(0, message.chunkStreamId), header, message.payload.subarray(0, chunkBytes)]
  for (let offset = chunkBytes; offset < message.payload.length; offset += chunkBytes) {
    parts.push(basicHeader(3, message.chunkStreamId))
    if (extended) parts.push(header.subarray(11))
    parts.push(message.payload.subarray(offset, offset + chunkBytes))
  }
  return Buffer.concat(parts)
}

/** The one to three bytes before every chunk (section 5.3.1.1); chunk stream ids go from 2 to 65599. */
export function basicHeader(format: number, chunkStreamId: number): Buffer {
  const high = format << 6
  if (chunkStreamId < 64) return Buffer.from([high | chunkStreamId])
  const rest = chunkStreamId - 64
  return rest < 256 ? Buffer.from([high, rest]) : Buffer.from([high | 1, rest & 0xff, rest >> 8])
}
