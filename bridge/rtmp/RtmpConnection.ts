// One socket that speaks RTMP: handshake, chunk stream, protocol control, acknowledgements, deadlines and the way it ends.
import type { Socket } from 'node:net'
import { ChunkReader } from './ChunkReader.ts'
import { MESSAGE, USER_CONTROL } from './RtmpMessage.ts'
import type { RtmpMessage } from './RtmpMessage.ts'
import { RtmpProtocolError } from './RtmpProtocolError.ts'
import type { RtmpLimits } from './rtmpLimits.ts'
import { controlMessage, pingResponse, setPeerBandwidth } from './rtmpReplies.ts'
import { ServerHandshake } from './ServerHandshake.ts'
import { writeMessage } from './writeMessage.ts'

const WINDOW_BYTES = 2_500_000
const OUT_CHUNK_BYTES = 4096

/** How a connection ended: by our own or the client's will, by the client's fault, or by a mistake of ours (`error` says which). */
export type ConnectionEnd = { readonly reason: string; readonly fault: 'none' | 'client' | 'internal'; readonly error?: unknown }

export type RtmpConnectionOptions = {
  readonly socket: Socket
  readonly limits: RtmpLimits
  /** Every message that is not protocol control. What it throws ends the connection: RtmpProtocolError as the client's fault. */
  readonly onMessage: (message: RtmpMessage) => void
  /** Exactly once. The socket may stay open a moment longer so that the last words arrive. */
  readonly onEnd: (end: ConnectionEnd) => void
}

/** The creator gives the socket away; it is destroyed by `end`, `fail`, a deadline or the client. */
export class RtmpConnection {
  readonly #options: RtmpConnectionOptions
  readonly #handshake: ServerHandshake
  readonly #reader: ChunkReader
  readonly #publishDeadline: NodeJS.Timeout
  #silenceDeadline: NodeJS.Timeout | undefined
  #handshaken = false
  #paused = false
  #ended = false
  #outChunkBytes = 128
  #bytesReceived = 0
  #bytesAcknowledged = 0
  #clientWindow = WINDOW_BYTES

  constructor(options: RtmpConnectionOptions) {
    const { socket, limits } = options
    this.#options = options
    this.#handshake = new ServerHandshake((bytes) => this.#write(bytes))
    this.#reader = new ChunkReader({ ...limits, maxMessageBytes: limits.maxMessageBytesBeforePublish, maxAssemblingBytes: limits.maxAssemblingBytesBeforePublish })
    this.#publishDeadline = setTimeout(() => this.fail(`nothing published within ${limits.publishTimeoutMs / 1000} s`), limits.publishTimeoutMs)
    socket.setNoDelay(true)
    socket.on('data', (bytes) => this.#receive(bytes as Buffer))
    socket.on('error', (error: NodeJS.ErrnoException) => this.#finish({ reason: `the connection broke (${error.code ?? 'unknown'})`, fault: 'none' }))
    socket.on('close', () => this.#finish({ reason: 'the client disconnected', fault: 'none' }))
  }

  /** Bytes received so far, handshake included. */
  get bytesReceived(): number {
    return this.#bytesReceived
  }

  /** Memory held for what the client has not finished sending, bytes. */
  get bufferedBytes(): number {
    return this.#reader.bufferedBytes
  }

  send(...messages: readonly RtmpMessage[]): void {
    for (const message of messages) this.#write(writeMessage(message, this.#outChunkBytes))
  }

  /** What every server says before it answers connect: windows both ways and our chunk size. */
  announceWindows(): void {
    this.send(controlMessage(MESSAGE.windowAcknowledgementSize, WINDOW_BYTES), setPeerBandwidth(WINDOW_BYTES), controlMessage(MESSAGE.setChunkSize, OUT_CHUNK_BYTES))
    this.#outChunkBytes = OUT_CHUNK_BYTES
  }

  /** Stops reading between two messages; the client waits in its own socket. */
  pause(): void {
    this.#paused = true
    this.#options.socket.pause()
  }

  resume(): void {
    if (!this.#paused || this.#ended) return
    this.#paused = false
    this.#options.socket.resume()
    this.#guard(() => this.#drain())
  }

  /** The client was let in: large messages from now on, and the silence deadline instead of the publish deadline. */
  admit(): void {
    const { limits } = this.#options
    const { silenceTimeoutMs } = limits
    clearTimeout(this.#publishDeadline)
    this.#reader.limits = limits
    this.#silenceDeadline = setTimeout(() => this.fail(`the client sent nothing for ${silenceTimeoutMs / 1000} s`), silenceTimeoutMs)
  }

  /** Says the last words, then closes once the client has read them or `lingerMs` is over. Idempotent. */
  end(end: ConnectionEnd, ...lastWords: readonly RtmpMessage[]): void {
    if (this.#ended) return
    const { socket, limits } = this.#options
    if (this.#handshaken) this.send(...lastWords)
    this.#finish(end)
    socket.end()
    // Unread input would turn our close into a reset, and the last words would be lost.
    socket.resume()
    const linger = setTimeout(() => socket.destroy(), limits.lingerMs)
    socket.once('close', () => clearTimeout(linger))
  }

  /** Closes at once, for the client's fault. Idempotent. */
  fail(reason: string): void {
    this.#finish({ reason, fault: 'client' })
    this.#options.socket.destroy()
  }

  #receive(bytes: Buffer): void {
    this.#bytesReceived += bytes.length
    if (this.#ended) return
    this.#silenceDeadline?.refresh()
    this.#guard(() => {
      const rest = this.#handshaken ? bytes : this.#handshake.push(bytes)
      if (rest === undefined) return
      this.#handshaken = true
      this.#reader.push(rest)
      this.#drain()
      this.#acknowledge()
    })
  }

  #drain(): void {
    while (!this.#paused && !this.#ended) {
      const message = this.#reader.next()
      if (message === undefined) return
      if (!this.#handleControl(message)) this.#options.onMessage(message)
    }
  }

  #guard(work: () => void): void {
    try {
      work()
    } catch (error) {
      if (error instanceof RtmpProtocolError) this.fail(error.message)
      else this.#finish({ reason: 'internal error', fault: 'internal', error })
      this.#options.socket.destroy()
    }
  }

  /** Protocol control (RTMP 1.0, sections 5.4 and 7.1.7); false for everything else. */
  #handleControl({ type, payload }: RtmpMessage): boolean {
    switch (type) {
      case MESSAGE.setChunkSize:
        this.#reader.chunkBytes = readNumber(payload)
        return true
      case MESSAGE.abort:
        this.#reader.abort(readNumber(payload))
        return true
      case MESSAGE.windowAcknowledgementSize:
        this.#clientWindow = Math.max(1, readNumber(payload))
        return true
      case MESSAGE.userControl:
        if (payload.length >= 6 && payload.readUInt16BE() === USER_CONTROL.pingRequest) this.send(pingResponse(payload.subarray(2, 6)))
        return true
      default:
        return type === MESSAGE.acknowledgement || type === MESSAGE.setPeerBandwidth
    }
  }

  #acknowledge(): void {
    if (this.#ended || this.#bytesReceived - this.#bytesAcknowledged < this.#clientWindow) return
    this.#bytesAcknowledged = this.#bytesReceived
    this.send(controlMessage(MESSAGE.acknowledgement, this.#bytesReceived))
  }

  #write(bytes: Buffer): void {
    const { socket, limits } = this.#options
    if (this.#ended || socket.destroyed) return
    if (socket.writableLength + bytes.length > limits.maxUnsentBytes) this.fail('the client does not read its replies')
    else socket.write(bytes)
  }

  #finish(end: ConnectionEnd): void {
    if (this.#ended) return
    this.#ended = true
    clearTimeout(this.#publishDeadline)
    clearTimeout(this.#silenceDeadline)
    this.#options.onEnd(end)
  }
}

function readNumber(payload: Buffer): number {
  if (payload.length < 4) throw new RtmpProtocolError('a protocol control message is too short')
  return payload.readUInt32BE()
}
