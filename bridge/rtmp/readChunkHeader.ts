// Reads one chunk's headers; what types 1 to 3 leave out comes from the last chunk of the same chunk stream.
import type { MessageAssembly } from './MessageAssembly.ts'
import { RtmpProtocolError } from './RtmpProtocolError.ts'

/** What a chunk stream remembers between chunks. */
export type ChunkStreamState = {
  readonly id: number
  /** Of the message that is being read, or was read last, ms modulo 2^32. */
  timestamp: number
  /** The timestamp field as last sent: a delta, or the absolute time after a type 0 chunk. */
  field: number
  /** Whether that field was sent as an extended timestamp. */
  extended: boolean
  length: number
  type: number
  streamId: number
  assembly?: MessageAssembly
}

const EXTENDED = 0xff_ff_ff
const MESSAGE_HEADER_BYTES = [11, 7, 3, 0] as const

/**
 * Reads the basic header, message header and extended timestamp at `start` (RTMP 1.0, section 5.3.1) and updates the chunk
 * stream's state; undefined, with nothing changed, while bytes are missing. A new chunk stream is not yet put into `streams`.
 */
export function readChunkHeader(input: Buffer, start: number, streams: ReadonlyMap<number, ChunkStreamState>): { stream: ChunkStreamState; end: number } | undefined {
  const basic = readBasicHeader(input, start)
  if (basic === undefined) return undefined
  const { format, id, offset } = basic
  const known = streams.get(id)
  checkFormat(format, known)
  const fieldsEnd = offset + (MESSAGE_HEADER_BYTES[format] as number)
  if (fieldsEnd > input.length) return undefined
  if (format === 3) return continueStream(input, fieldsEnd, known as ChunkStreamState)

  const shortField = input.readUIntBE(offset, 3)
  const extended = shortField === EXTENDED
  const end = fieldsEnd + (extended ? 4 : 0)
  if (end > input.length) return undefined
  const stream = known ?? { id, timestamp: 0, field: 0, extended: false, length: 0, type: 0, streamId: 0 }
  stream.extended = extended
  stream.field = extended ? input.readUInt32BE(fieldsEnd) : shortField
  stream.timestamp = format === 0 ? stream.field : (stream.timestamp + stream.field) >>> 0
  if (format < 2) {
    stream.length = input.readUIntBE(offset + 3, 3)
    stream.type = input.readUInt8(offset + 6)
  }
  if (format === 0) stream.streamId = input.readUInt32LE(offset + 7)
  return { stream, end }
}

function readBasicHeader(input: Buffer, start: number): { format: number; id: number; offset: number } | undefined {
  const first = input[start]
  if (first === undefined) return undefined
  const format = first >> 6
  const low = first & 0x3f
  if (low > 1) return { format, id: low, offset: start + 1 }
  const extraBytes = low + 1
  if (start + 1 + extraBytes > input.length) return undefined
  const id = 64 + (low === 0 ? input.readUInt8(start + 1) : input.readUInt16LE(start + 1))
  return { format, id, offset: start + 1 + extraBytes }
}

function checkFormat(format: number, known: ChunkStreamState | undefined): void {
  // Type 1 may come first: librtmp opens its control stream that way. Types 2 and 3 would have no length.
  if (known === undefined && format > 1) throw new RtmpProtocolError('a chunk stream starts without its message header')
  if (known?.assembly !== undefined && format !== 3) throw new RtmpProtocolError('a message starts before the last one of its chunk stream is complete')
}

function continueStream(input: Buffer, offset: number, stream: ChunkStreamState): { stream: ChunkStreamState; end: number } | undefined {
  let end = offset
  if (stream.extended) {
    // Section 5.3.1.3 repeats the extended timestamp in type 3 chunks; some clients do not, and then these bytes are payload.
    if (offset + 4 > input.length) return readPartOfExtended(input, offset, stream)
    if (input.readUInt32BE(offset) === stream.field) end += 4
  }
  if (stream.assembly === undefined) stream.timestamp = (stream.timestamp + stream.field) >>> 0
  return { stream, end }
}

/** Fewer than four bytes are here: wait for more unless they already differ from the timestamp, or the message's end is among them. */
function readPartOfExtended(input: Buffer, offset: number, stream: ChunkStreamState): { stream: ChunkStreamState; end: number } | undefined {
  const expected = Buffer.alloc(4)
  expected.writeUInt32BE(stream.field)
  const here = input.subarray(offset)
  if (here.equals(expected.subarray(0, here.length))) return undefined
  if (stream.assembly === undefined) stream.timestamp = (stream.timestamp + stream.field) >>> 0
  return { stream, end: offset }
}
