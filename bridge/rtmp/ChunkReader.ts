// Puts interleaved chunks back together into messages, within hard bounds on memory, whatever a client sends.
import { MessageAssembly } from './MessageAssembly.ts'
import { INITIAL_CHUNK_BYTES } from './RtmpMessage.ts'
import type { RtmpMessage } from './RtmpMessage.ts'
import { RtmpProtocolError } from './RtmpProtocolError.ts'
import { readChunkHeader } from './readChunkHeader.ts'
import type { ChunkStreamState } from './readChunkHeader.ts'

export type ChunkReaderLimits = {
  readonly maxMessageBytes: number
  readonly maxAssemblingBytes: number
  readonly maxChunkBytes: number
  readonly maxChunkStreams: number
}

/**
 * The receiving end of a chunk stream (RTMP 1.0, section 5.3). The caller pushes bytes and pulls messages, so that it can
 * stop between two messages; everything but an unfinished header is consumed at once into bounded assemblies.
 */
export class ChunkReader {
  #limits: ChunkReaderLimits
  readonly #streams = new Map<number, ChunkStreamState>()
  #chunkBytes = INITIAL_CHUNK_BYTES
  #assemblingBytes = 0
  #input: Buffer = Buffer.alloc(0)
  #position = 0
  #current: ChunkStreamState | undefined
  #leftInChunk = 0

  constructor(limits: ChunkReaderLimits) {
    this.#limits = limits
  }

  /** Memory held for unfinished messages and unread input, bytes. */
  get bufferedBytes(): number {
    return this.#assemblingBytes + this.#input.length - this.#position
  }

  /** The bounds that hold from the next message on. */
  set limits(limits: ChunkReaderLimits) {
    this.#limits = limits
  }

  /** The client's Set Chunk Size; throws RtmpProtocolError outside 1…maxChunkBytes. */
  set chunkBytes(bytes: number) {
    if (bytes < 1 || bytes > this.#limits.maxChunkBytes) throw new RtmpProtocolError(`chunk size ${bytes} is outside 1…${this.#limits.maxChunkBytes}`)
    this.#chunkBytes = bytes
  }

  /** Takes the next bytes of the connection; call `next` until it gives undefined. */
  push(bytes: Buffer): void {
    const rest = this.#input.subarray(this.#position)
    this.#input = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
    this.#position = 0
  }

  /** The next whole message, or undefined until more bytes come. Throws RtmpProtocolError. */
  next(): RtmpMessage | undefined {
    for (;;) {
      const stream = this.#current ?? this.#readHeader()
      if (stream === undefined) return undefined
      const message = this.#readPayload(stream)
      if (message !== undefined) return message
      if (this.#current !== undefined) return undefined
    }
  }

  /** The client's Abort (section 5.4.2): forgets the unfinished message of one chunk stream. */
  abort(chunkStreamId: number): void {
    const assembly = this.#streams.get(chunkStreamId)?.assembly
    if (assembly === undefined) return
    this.#assemblingBytes -= assembly.capacity
    delete (this.#streams.get(chunkStreamId) as ChunkStreamState).assembly
  }

  #readHeader(): ChunkStreamState | undefined {
    const header = readChunkHeader(this.#input, this.#position, this.#streams)
    if (header === undefined) {
      this.#compact()
      return undefined
    }
    this.#position = header.end
    const stream = header.stream
    if (stream.assembly === undefined) this.#startMessage(stream)
    this.#current = stream
    this.#leftInChunk = Math.min(this.#chunkBytes, (stream.assembly as MessageAssembly).missing)
    return stream
  }

  #startMessage(stream: ChunkStreamState): void {
    const { maxChunkStreams, maxMessageBytes } = this.#limits
    if (stream.length > maxMessageBytes) throw new RtmpProtocolError(`a message of ${stream.length} bytes exceeds the limit of ${maxMessageBytes}`)
    this.#streams.set(stream.id, stream)
    if (this.#streams.size > maxChunkStreams) throw new RtmpProtocolError(`more than ${maxChunkStreams} chunk streams`)
    const assembly = new MessageAssembly(stream.length)
    this.#hold(assembly.capacity)
    stream.assembly = assembly
  }

  #readPayload(stream: ChunkStreamState): RtmpMessage | undefined {
    const assembly = stream.assembly as MessageAssembly
    const bytes = this.#input.subarray(this.#position, this.#position + this.#leftInChunk)
    this.#hold(assembly.capacityFor(bytes.length) - assembly.capacity)
    assembly.append(bytes)
    this.#position += bytes.length
    this.#leftInChunk -= bytes.length
    if (this.#leftInChunk > 0) {
      this.#compact()
      return undefined
    }
    this.#current = undefined
    if (assembly.missing > 0) return undefined
    this.#assemblingBytes -= assembly.capacity
    delete stream.assembly
    const { type, timestamp, streamId } = stream
    return { type, timestamp, streamId, chunkStreamId: stream.id, payload: assembly.take() }
  }

  #hold(bytes: number): void {
    this.#assemblingBytes += bytes
    const { maxAssemblingBytes } = this.#limits
    if (this.#assemblingBytes > maxAssemblingBytes) throw new RtmpProtocolError(`unfinished messages exceed ${maxAssemblingBytes} bytes`)
  }

  /** Lets go of the socket's buffer: what is left is an unfinished header at most. */
  #compact(): void {
    this.#input = Buffer.from(this.#input.subarray(this.#position))
    this.#position = 0
  }
}
