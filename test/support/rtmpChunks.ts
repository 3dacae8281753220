// Writes chunk streams in every way the specification allows, and a few it does not, for the tests of the reader.
import { basicHeader } from '../../bridge/rtmp/writeMessage.ts'
import type { RtmpMessage } from '../../bridge/rtmp/RtmpMessage.ts'

const EXTENDED = 0xff_ff_ff

type StreamState = { message: RtmpMessage; field: number; extended: boolean; sent: number }

export type ChunkWriterOptions = {
  readonly chunkBytes: number
  /** False leaves the extended timestamp out of type 3 chunks, as some encoders do. */
  readonly repeatExtended?: boolean
}

/** A chunk writer that keeps unfinished messages, so that tests can interleave them as they like. */
export class TestChunkWriter {
  chunkBytes: number
  readonly #repeatExtended: boolean
  readonly #streams = new Map<number, StreamState>()

  constructor({ chunkBytes, repeatExtended = true }: ChunkWriterOptions) {
    this.chunkBytes = chunkBytes
    this.#repeatExtended = repeatExtended
  }

  /** The first chunk of a message, with the header type asked for or the shortest above it that can say it. */
  start(message: RtmpMessage, format: number): Buffer {
    const before = this.#streams.get(message.chunkStreamId)
    const usable = usableFormat(message, before, format)
    const field = usable === 0 || before === undefined ? message.timestamp : (message.timestamp - before.message.timestamp) >>> 0
    const extended = usable === 3 && before !== undefined ? before.extended : field >= EXTENDED
    const state = { message, field, extended, sent: 0 }
    this.#streams.set(message.chunkStreamId, state)
    return Buffer.concat([basicHeader(usable, message.chunkStreamId), header(message, usable, field), this.#extendedField(state, usable), this.#payload(state)])
  }

  /** The next type 3 chunk of a started message; undefined when it is complete. */
  more(chunkStreamId: number): Buffer | undefined {
    const state = this.#streams.get(chunkStreamId)
    if (state === undefined || state.sent >= state.message.payload.length) return undefined
    return Buffer.concat([basicHeader(3, chunkStreamId), this.#extendedField(state, 3), this.#payload(state)])
  }

  /** A whole message without anything in between. */
  whole(message: RtmpMessage, format = 0): Buffer {
    const parts = [this.start(message, format)]
    for (let part = this.more(message.chunkStreamId); part !== undefined; part = this.more(message.chunkStreamId)) parts.push(part)
    return Buffer.concat(parts)
  }

  #extendedField(state: StreamState, format: number): Buffer {
    if (!state.extended || (format === 3 && !this.#repeatExtended)) return Buffer.alloc(0)
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(state.field)
    return bytes
  }

  #payload(state: StreamState): Buffer {
    const part = state.message.payload.subarray(state.sent, state.sent + this.chunkBytes)
    state.sent += part.length
    return part
  }
}

function usableFormat(message: RtmpMessage, before: StreamState | undefined, wanted: number): number {
  if (before === undefined || before.message.streamId !== message.streamId) return 0
  const same = before.message.payload.length === message.payload.length && before.message.type === message.type
  const sameField = before.field === (message.timestamp - before.message.timestamp) >>> 0
  if (wanted === 3 && same && sameField) return 3
  return same ? Math.min(wanted, 2) : Math.min(wanted, 1)
}

function header(message: RtmpMessage, format: number, field: number): Buffer {
  const bytes = Buffer.alloc(11)
  bytes.writeUIntBE(Math.min(field, EXTENDED), 0, 3)
  bytes.writeUIntBE(message.payload.length, 3, 3)
  bytes.writeUInt8(message.type, 6)
  bytes.writeUInt32LE(message.streamId, 7)
  return bytes.subarray(0, [11, 7, 3, 0][format])
}

/** Cuts bytes into pieces of the given sizes, repeated until they are used up. */
export function splitBytes(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const pieces: Buffer[] = []
  let offset = 0
  for (let index = 0; offset < bytes.length; index += 1) {
    const size = Math.max(1, sizes[index % sizes.length] ?? 1)
    pieces.push(bytes.subarray(offset, offset + size))
    offset += size
  }
  return pieces
}
