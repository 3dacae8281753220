// Reads the FLV that a packaging or ingest ffmpeg writes to its standard output, in whatever pieces the pipe gives.
import { FlvError } from './FlvError.ts'
import type { FlvTag } from './FlvTag.ts'

const FILE_HEADER_BYTES = 9
const TAG_HEADER_BYTES = 11
const PREVIOUS_TAG_SIZE_BYTES = 4
const TYPES: Readonly<Record<number, FlvTag['type']>> = { 8: 'audio', 9: 'video', 18: 'script' }

export type FlvReaderOptions = {
  /** A longer tag is refused. */
  readonly maxTagBytes: number
  readonly onHeader?: (header: { readonly audio: boolean; readonly video: boolean }) => void
  readonly onTag: (tag: FlvTag) => void
}

/** A streaming FLV parser (Adobe FLV 10.1, annex E); holds at most one unfinished tag. */
export class FlvReader {
  readonly #options: FlvReaderOptions
  #pending: Buffer[] = []
  #pendingBytes = 0
  #needed = FILE_HEADER_BYTES
  #state: 'file' | 'skip' | 'tag' | 'body' = 'file'
  #type: FlvTag['type'] | undefined
  #timestamp = 0
  #epoch = 0
  #last: number | undefined

  constructor(options: FlvReaderOptions) {
    this.#options = options
  }

  /** Takes the next bytes and reports every tag they complete, synchronously. Throws FlvError on anything that is not FLV. */
  push(chunk: Buffer): void {
    this.#pending.push(chunk)
    this.#pendingBytes += chunk.length
    while (this.#pendingBytes >= this.#needed) this.#step(this.#take(this.#needed))
  }

  #step(bytes: Buffer): void {
    if (this.#state === 'file') this.#readFileHeader(bytes)
    else if (this.#state === 'skip') this.#expect('tag', TAG_HEADER_BYTES)
    else if (this.#state === 'tag') this.#readTagHeader(bytes)
    else this.#readBody(bytes)
  }

  #readFileHeader(bytes: Buffer): void {
    if (bytes.toString('latin1', 0, 3) !== 'FLV') throw new FlvError('the stream does not start with an FLV header')
    const flags = bytes.readUInt8(4)
    const headerBytes = bytes.readUInt32BE(5)
    if (headerBytes < FILE_HEADER_BYTES || headerBytes > 1024) throw new FlvError(`an FLV header cannot be ${headerBytes} bytes long`)
    this.#options.onHeader?.({ audio: (flags & 4) !== 0, video: (flags & 1) !== 0 })
    this.#expect('skip', headerBytes - FILE_HEADER_BYTES + PREVIOUS_TAG_SIZE_BYTES)
  }

  #readTagHeader(bytes: Buffer): void {
    const first = bytes.readUInt8(0)
    if ((first & 0x20) !== 0) throw new FlvError('encrypted FLV tags are not supported')
    const size = bytes.readUIntBE(1, 3)
    if (size > this.#options.maxTagBytes) throw new FlvError(`an FLV tag of ${size} bytes exceeds the limit of ${this.#options.maxTagBytes}`)
    this.#type = TYPES[first & 0x1f]
    if (this.#type === undefined) throw new FlvError(`unknown FLV tag type ${first & 0x1f}`)
    this.#timestamp = ((bytes.readUInt8(7) << 24) | bytes.readUIntBE(4, 3)) >>> 0
    this.#expect('body', size + PREVIOUS_TAG_SIZE_BYTES)
  }

  #readBody(bytes: Buffer): void {
    const size = bytes.length - PREVIOUS_TAG_SIZE_BYTES
    const previous = bytes.readUInt32BE(size)
    // Some writers leave it zero; any other value means that we lost the tag boundary.
    if (previous !== 0 && previous !== size + TAG_HEADER_BYTES) throw new FlvError('an FLV tag is not followed by its own size')
    const type = this.#type
    if (type === undefined) throw new FlvError('an FLV tag body came without its header')
    this.#expect('tag', TAG_HEADER_BYTES)
    this.#options.onTag({ type, timestamp: this.#unwrap(this.#timestamp), data: bytes.subarray(0, size) })
  }

  #unwrap(timestamp: number): number {
    if (this.#last !== undefined && this.#last - timestamp > 0x8000_0000) this.#epoch += 0x1_0000_0000
    else if (this.#last !== undefined && timestamp - this.#last > 0x8000_0000) this.#epoch -= 0x1_0000_0000
    this.#last = timestamp
    return Math.max(0, this.#epoch + timestamp)
  }

  #expect(state: 'skip' | 'tag' | 'body', bytes: number): void {
    this.#state = state
    this.#needed = bytes
  }

  #take(count: number): Buffer {
    const all = this.#pending.length === 1 ? (this.#pending[0] as Buffer) : Buffer.concat(this.#pending)
    const rest = all.subarray(count)
    this.#pending = rest.length > 0 ? [rest] : []
    this.#pendingBytes = rest.length
    return all.subarray(0, count)
  }
}
