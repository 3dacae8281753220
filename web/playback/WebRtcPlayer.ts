// One receiving transport from the server: consumes what the channel produces into a MediaStream, and says how it fares.
import type { types } from 'mediasoup-client'
import type { ConsumerDto, RtpParametersDto, TransportDto } from '../../server/contract/media.ts'
import type { LiveSocket } from '../client/LiveSocket.ts'
import { RequestFailed } from '../client/RequestFailed.ts'
import { CONNECT_LIMIT_MS } from './chooseMode.ts'
import { readInboundStats } from './readInboundStats.ts'
import type { InboundStats } from './readInboundStats.ts'

/** A lost connection gets this long before ICE starts anew, and then as long again before it counts as failed. */
const DISCONNECTED_MS = 1_000
const RESTART_LIMIT_MS = 4_000
const CLOSED_WORD_MS = 250

type Options = {
  readonly device: types.Device
  readonly socket: LiveSocket
  readonly transport: TransportDto
  /** Tracks are put in here; a former player's are taken out as soon as this one's are there, so the last picture stays. */
  readonly stream: MediaStream
  /** Consumers are there and about to be resumed: the time to ask for the layer wanted. */
  readonly onConsuming: () => void
  readonly onUp: () => void
  readonly onDown: () => void
  /** Said once; close this player then. */
  readonly onFailed: (how: 'timed-out' | 'failed') => void
}

type LowDelayReceiver = RTCRtpReceiver & { jitterBufferTarget?: number | null; playoutDelayHint?: number | null }

export class WebRtcPlayer {
  readonly #socket: LiveSocket
  readonly #stream: MediaStream
  readonly #transport: types.Transport
  readonly #consumers = new Map<string, types.Consumer>()
  readonly #layers = new Map<string, number>()
  readonly #options: Options
  #timer: ReturnType<typeof setTimeout> | undefined
  #closed = false
  #wasUp = false

  constructor(options: Options) {
    this.#options = options
    this.#socket = options.socket
    this.#stream = options.stream
    const { id, iceParameters, iceCandidates, dtlsParameters } = options.transport
    this.#transport = options.device.createRecvTransport({ id, iceParameters, iceCandidates: iceCandidates as unknown as types.IceCandidate[], dtlsParameters: dtlsParameters as types.DtlsParameters })
    this.#transport.on('connect', ({ dtlsParameters: ours }, done) => {
      // Not waited for: the answer would only cost a round trip before ICE and DTLS can begin.
      this.#socket.request('watch:connect', { transportId: id, dtlsParameters: ours }).catch(() => this.#fail('failed'))
      done()
    })
    this.#transport.on('connectionstatechange', (state) => this.#changed(state))
  }

  /** The transport is connected. */
  get up(): boolean {
    return this.#transport.connectionState === 'connected'
  }

  /** Simulcast layers of the picture; 1 for a plain stream, 0 for none. */
  get videoLayers(): number {
    return Math.max(0, ...[...this.#consumers.values()].filter((consumer) => consumer.kind === 'video').map((consumer) => this.#layers.get(consumer.id) ?? 1))
  }

  has(consumerId: string): boolean {
    return this.#consumers.has(consumerId)
  }

  /** Consumes and resumes. The clock for connecting starts with the first. */
  async add(offered: readonly ConsumerDto[]): Promise<void> {
    const fresh = offered.filter(({ id }) => !this.#layers.has(id))
    if (fresh.length === 0 || this.#closed) return
    for (const { id, layers } of fresh) this.#layers.set(id, layers)
    if (!this.#wasUp && this.#timer === undefined) this.#failAfter(CONNECT_LIMIT_MS, 'timed-out')
    const made = await Promise.all(fresh.map((consumer) => this.#consume(consumer)))
    const consumers = made.filter(({ closed }) => !closed)
    if (this.#closed || consumers.length === 0) return
    const kinds = new Set<string>(consumers.map(({ kind }) => kind))
    for (const old of this.#stream.getTracks()) if (kinds.has(old.kind)) this.#stream.removeTrack(old)
    for (const consumer of consumers) this.#stream.addTrack(consumer.track)
    this.#options.onConsuming()
    try {
      await this.#socket.request('watch:resume', { consumerIds: consumers.map(({ id }) => id) })
    } catch (thrown) {
      // A host that swaps devices may close what was just offered; the word of it comes a moment later.
      await new Promise((resolve) => setTimeout(resolve, CLOSED_WORD_MS))
      if (!this.#closed && consumers.every(({ closed }) => !closed)) throw thrown
    }
  }

  remove(consumerId: string): void {
    const consumer = this.#consumers.get(consumerId)
    this.#consumers.delete(consumerId)
    this.#layers.delete(consumerId)
    consumer?.close()
  }

  /** After a change of network: new paths, same media. A socket that does not answer has lost its way too and connects anew. */
  async restartIce(): Promise<void> {
    if (this.#closed || !this.#socket.connected) return
    const { iceParameters } = await this.#socket.requestSoon('watch:restart-ice', { transportId: this.#transport.id })
    if (!this.#closed) await this.#transport.restartIce({ iceParameters })
  }

  async stats(): Promise<InboundStats | null> {
    if (this.#closed || this.#consumers.size === 0) return null
    return readInboundStats((await this.#transport.getStats()).values() as Iterable<Record<string, unknown>>)
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    clearTimeout(this.#timer)
    this.#transport.close()
    this.#consumers.clear()
  }

  async #consume({ id, producerId, kind, rtpParameters }: ConsumerDto): Promise<types.Consumer> {
    const consumer = await this.#transport.consume({
      id,
      producerId,
      kind,
      rtpParameters: rtpParameters as RtpParametersDto as unknown as types.RtpParameters,
      // One stream id for all: picture and sound stay in step.
      streamId: 'live',
      onRtpReceiver: (receiver: LowDelayReceiver) => {
        receiver.jitterBufferTarget = 0
        receiver.playoutDelayHint = 0
      },
    })
    // Closed by the server while it was being made.
    if (!this.#layers.has(id)) consumer.close()
    else this.#consumers.set(id, consumer)
    return consumer
  }

  #changed(state: types.ConnectionState): void {
    if (this.#closed) return
    if (state === 'connected') {
      this.#wasUp = true
      this.#settle()
      this.#options.onUp()
      return
    }
    if (!this.#wasUp) {
      if (state === 'failed') this.#fail('failed')
      return
    }
    if (state !== 'disconnected' && state !== 'failed') return
    this.#options.onDown()
    this.#settle()
    this.#timer = setTimeout(
      () => {
        this.#failAfter(RESTART_LIMIT_MS, 'failed')
        this.restartIce().catch((thrown: unknown) => this.#restartFailed(RequestFailed.from(thrown)))
      },
      state === 'failed' ? 0 : DISCONNECTED_MS,
    )
  }

  /** No fault of WebRTC's while the server cannot be heard: with the next connection of the socket this player is replaced. */
  #restartFailed({ code }: RequestFailed): void {
    if (code === 'timeout' || code === 'network') this.#settle()
    else this.#fail('failed')
  }

  #failAfter(ms: number, how: 'timed-out' | 'failed'): void {
    this.#settle()
    this.#timer = setTimeout(() => this.#fail(how), ms)
  }

  #settle(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #fail(how: 'timed-out' | 'failed'): void {
    if (this.#closed) return
    this.#settle()
    this.#options.onFailed(how)
  }
}
