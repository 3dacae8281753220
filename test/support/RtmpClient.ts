// A small publishing RTMP client for tests: says exactly what it is told, including what no well-behaved encoder would.
import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import type { FlvTag } from '../../bridge/flv/FlvTag.ts'
import type { Amf0Object, Amf0Value } from '../../bridge/rtmp/Amf0Value.ts'
import { ChunkReader } from '../../bridge/rtmp/ChunkReader.ts'
import { decodeAmf0 } from '../../bridge/rtmp/decodeAmf0.ts'
import { encodeAmf0 } from '../../bridge/rtmp/encodeAmf0.ts'
import { CLIENT_KEY, CLIENT_KEY_TEXT, HANDSHAKE_BYTES, SERVER_KEY, SERVER_KEY_TEXT, findDigest, signPacket, signedAnswer } from '../../bridge/rtmp/handshakeDigest.ts'
import { MESSAGE } from '../../bridge/rtmp/RtmpMessage.ts'
import type { RtmpMessage } from '../../bridge/rtmp/RtmpMessage.ts'
import { DEFAULT_RTMP_LIMITS } from '../../bridge/rtmp/rtmpLimits.ts'
import { writeMessage } from '../../bridge/rtmp/writeMessage.ts'

const MEDIA_CHUNK_STREAMS = { audio: 4, video: 6, script: 5 } as const
const MEDIA_TYPES = { audio: MESSAGE.audio, video: MESSAGE.video, script: MESSAGE.dataAmf0 } as const
const COMMAND_CHUNK_STREAM = 3

export type RtmpClientOptions = {
  readonly port: number
  readonly host?: string
  /** `simple` by default; the digest schemes also verify the server's answer. */
  readonly handshake?: 'simple' | 'digest-0' | 'digest-1'
}

/** A command as the server sent it: `[name, transaction, ...arguments]`. */
export type ReceivedCommand = { readonly name: string; readonly transaction: number; readonly values: readonly Amf0Value[] }

/** The caller closes it with `destroy`. */
export class RtmpClient {
  /** Everything the server said that is no command. */
  readonly messages: RtmpMessage[] = []
  readonly commands: ReceivedCommand[] = []
  /** Resolves once the connection is gone, however it went. */
  readonly closed: Promise<void>
  readonly #socket: Socket
  readonly #reader = new ChunkReader(DEFAULT_RTMP_LIMITS)
  readonly #wakers = new Set<() => void>()
  #handshaken = false
  #isClosed = false
  #pending: Buffer = Buffer.alloc(0)
  #transaction = 0
  #chunkBytes = 128

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true)
    socket.on('data', (bytes) => this.#receive(bytes as Buffer))
    // A reset by the server is one of the ways to be closed.
    socket.on('error', () => undefined)
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.#isClosed = true
        this.#wake()
        resolve()
      })
    })
  }

  /** Opens the socket without saying a word. */
  static async open({ port, host = '127.0.0.1' }: RtmpClientOptions): Promise<RtmpClient> {
    const socket = connect({ port, host })
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', () => resolve())
      socket.once('error', reject)
    })
    return new RtmpClient(socket)
  }

  /** Opens the socket and shakes hands. Rejects if the server's digest is wrong. */
  static async connect(options: RtmpClientOptions): Promise<RtmpClient> {
    const client = await RtmpClient.open(options)
    await client.shakeHands(options.handshake ?? 'simple')
    return client
  }

  /** Connects, publishes `key` to `live` and waits for Publish.Start. Rejects with the server's reason otherwise. */
  static async publish(options: RtmpClientOptions & { readonly key: string }): Promise<RtmpClient> {
    const client = await RtmpClient.connect(options)
    await client.connectApp('live')
    const status = await client.publish(options.key)
    if (status.code !== 'NetStream.Publish.Start') throw new Error(`${String(status.code)}: ${String(status.description)}`)
    return client
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  async shakeHands(kind: 'simple' | 'digest-0' | 'digest-1'): Promise<void> {
    const hello = Buffer.concat([Buffer.alloc(8), randomBytes(HANDSHAKE_BYTES - 8)])
    if (kind !== 'simple') {
      Buffer.from([9, 0, 124, 2]).copy(hello, 4)
      signPacket(hello, kind === 'digest-0' ? 0 : 1, CLIENT_KEY_TEXT)
    }
    this.sendRaw(Buffer.concat([Buffer.from([3]), hello]))
    await this.#until(() => this.#pending.length >= 1 + 2 * HANDSHAKE_BYTES)
    const s1 = this.#pending.subarray(1, 1 + HANDSHAKE_BYTES)
    const s2 = this.#pending.subarray(1 + HANDSHAKE_BYTES, 1 + 2 * HANDSHAKE_BYTES)
    const rest = this.#pending.subarray(1 + 2 * HANDSHAKE_BYTES)
    this.sendRaw(kind === 'simple' ? answerSimple(hello, s1, s2) : answerDigest(hello, s1, s2))
    this.#handshaken = true
    this.#take(rest)
  }

  /** The connect command; resolves with the result's (or error's) two arguments. */
  async connectApp(app: string, extra: Amf0Object = {}): Promise<ReceivedCommand> {
    return this.call('connect', { app, type: 'nonprivate', flashVer: 'FMLE/3.0 (test)', tcUrl: `rtmp://127.0.0.1/${app}`, ...extra })
  }

  /** releaseStream, FCPublish, createStream and publish; resolves with the status object. */
  async publish(key: string): Promise<Amf0Object> {
    this.command('releaseStream', null, key)
    this.command('FCPublish', null, key)
    const created = await this.call('createStream', null)
    const streamId = Number(created.values[1])
    const seen = this.statuses().length
    this.sendCommand(streamId, 'publish', 0, null, key, 'live')
    return this.nextStatus(seen)
  }

  /** Every status object so far. */
  statuses(): Amf0Object[] {
    return this.commands.filter((command) => command.name === 'onStatus').map((command) => command.values[1] as Amf0Object)
  }

  /** The status number `index`, once it is there. */
  async nextStatus(index = this.statuses().length): Promise<Amf0Object> {
    await this.#until(() => this.statuses().length > index)
    return this.statuses()[index] as Amf0Object
  }

  /** Sends a command and resolves with its `_result` or `_error`. */
  async call(name: string, ...values: Amf0Value[]): Promise<ReceivedCommand> {
    const transaction = this.command(name, ...values)
    const isReply = (command: ReceivedCommand) => command.transaction === transaction && (command.name === '_result' || command.name === '_error')
    await this.#until(() => this.commands.some(isReply))
    return this.commands.find(isReply) as ReceivedCommand
  }

  /** Sends a command on the control stream; gives its transaction number. */
  command(name: string, ...values: Amf0Value[]): number {
    this.#transaction += 1
    this.sendCommand(0, name, this.#transaction, ...values)
    return this.#transaction
  }

  sendCommand(streamId: number, name: string, transaction: number, ...values: Amf0Value[]): void {
    const payload = encodeAmf0(name, transaction, ...values)
    this.sendMessage({ type: MESSAGE.commandAmf0, timestamp: 0, streamId, chunkStreamId: COMMAND_CHUNK_STREAM, payload })
  }

  /** Sends a tag; false if the socket's buffer is full (the server reads slowly). */
  sendTag(tag: FlvTag): boolean {
    const timestamp = tag.timestamp >>> 0
    return this.sendMessage({ type: MEDIA_TYPES[tag.type], timestamp, streamId: 1, chunkStreamId: MEDIA_CHUNK_STREAMS[tag.type], payload: tag.data })
  }

  sendMessage(message: RtmpMessage): boolean {
    return this.sendRaw(writeMessage(message, this.#chunkBytes))
  }

  /** Announces a chunk size and uses it from then on. */
  setChunkBytes(bytes: number): void {
    this.sendControl(MESSAGE.setChunkSize, bytes)
    this.#chunkBytes = bytes
  }

  sendControl(type: number, value: number): void {
    const payload = Buffer.alloc(4)
    payload.writeUInt32BE(value)
    this.sendMessage({ type, timestamp: 0, streamId: 0, chunkStreamId: 2, payload })
  }

  sendRaw(bytes: Buffer): boolean {
    return this.#isClosed ? false : this.#socket.write(bytes)
  }

  /** Resolves when the first message that matches has come; rejects when the connection closes first. */
  async message(matches: (message: RtmpMessage) => boolean): Promise<RtmpMessage> {
    await this.#until(() => this.messages.some(matches))
    return this.messages.find(matches) as RtmpMessage
  }

  /** Stops reading, as a stuck client does. */
  stopReading(): void {
    this.#socket.pause()
  }

  /** Closes politely. */
  end(): void {
    this.#socket.end()
  }

  /** Cuts the line. */
  destroy(): void {
    this.#socket.destroy()
  }

  async #until(done: () => boolean): Promise<void> {
    while (!done()) {
      if (this.#isClosed) throw new Error('the server closed the connection')
      await new Promise<void>((resolve) => this.#wakers.add(resolve))
    }
  }

  #wake(): void {
    for (const waker of this.#wakers) waker()
    this.#wakers.clear()
  }

  #receive(bytes: Buffer): void {
    if (this.#handshaken) this.#take(bytes)
    else this.#pending = Buffer.concat([this.#pending, bytes])
    this.#wake()
  }

  #take(bytes: Buffer): void {
    this.#reader.push(bytes)
    for (let message = this.#reader.next(); message !== undefined; message = this.#reader.next()) {
      if (message.type === MESSAGE.setChunkSize) this.#reader.chunkBytes = message.payload.readUInt32BE()
      if (message.type !== MESSAGE.commandAmf0) {
        this.messages.push(message)
        continue
      }
      const [name, transaction, ...values] = decodeAmf0(message.payload)
      this.commands.push({ name: String(name), transaction: Number(transaction), values })
    }
  }
}

function answerSimple(hello: Buffer, s1: Buffer, s2: Buffer): Buffer {
  if (!s2.equals(hello)) throw new Error('the server did not echo the simple handshake')
  return Buffer.from(s1)
}

function answerDigest(hello: Buffer, s1: Buffer, s2: Buffer): Buffer {
  const mine = findDigest(hello, CLIENT_KEY_TEXT)
  const theirs = findDigest(s1, SERVER_KEY_TEXT)
  if (mine === undefined || theirs === undefined) throw new Error('the server sent no valid digest')
  if (theirs.scheme !== mine.scheme) throw new Error('the server answered in the other digest scheme')
  if (!s2.equals(signedAnswer(s2, mine.digest, SERVER_KEY))) throw new Error('the server did not sign our digest')
  return signedAnswer(randomBytes(HANDSHAKE_BYTES), theirs.digest, CLIENT_KEY)
}
