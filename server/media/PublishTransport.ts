// A browser's or WHIP client's way in: one WebRTC transport and its producers.
import type { DtlsParameters, Producer, RtpParameters, WebRtcTransport } from 'mediasoup/types'
import type { DtlsParametersDto, RtpParametersDto, TransportDto } from '../contract/media.ts'
import type { MediaClosedReason } from '../contract/sockets.ts'
import { AppError } from '../core/AppError.ts'
import { asking } from './mediaErrors.ts'
import { firstPacket, KEY_FRAME_REQUEST_DELAY_MS } from './Source.ts'
import { describeTransport, watchTransport } from './webRtcTransport.ts'

/** Enough for 1080p60 with simulcast; more is a mistake or an attack. */
const MAX_INCOMING_BITRATE = 20_000_000

type Options = { readonly transport: WebRtcTransport; readonly sdpClient: boolean; readonly onProducer: (producer: Producer) => void }

export class PublishTransport {
  readonly dto: TransportDto
  readonly #transport: WebRtcTransport
  readonly #onProducer: (producer: Producer) => void
  readonly #producers = new Map<string, Producer>()
  readonly #flowing = Promise.withResolvers<boolean>()
  readonly #listeners: ((reason: MediaClosedReason) => void)[] = []
  #closed = false

  private constructor({ transport, sdpClient, onProducer }: Options) {
    this.#transport = transport
    this.#onProducer = onProducer
    this.dto = describeTransport(transport)
    watchTransport({ transport, sdpClient, onFailed: () => this.close('ice-failed') })
    transport.observer.once('close', () => this.close('media-restarted'))
  }

  static async open(o: Options): Promise<PublishTransport> {
    await o.transport.setMaxIncomingBitrate(MAX_INCOMING_BITRATE)
    return new PublishTransport(o)
  }

  /** @throws AppError bad-request, media-unavailable */
  connect(dtlsParameters: DtlsParametersDto): Promise<void> {
    return asking(() => this.#transport.connect({ dtlsParameters: dtlsParameters as DtlsParameters }), 'bad-request')
  }

  /** A further producer of a kind replaces the former. @throws AppError bad-request, unsupported-codecs, media-unavailable */
  async produce(o: { kind: 'audio' | 'video'; rtpParameters: RtpParametersDto; paused?: boolean }): Promise<{ producerId: string }> {
    const producer = await asking(
      () =>
        this.#transport.produce({
          kind: o.kind,
          rtpParameters: o.rtpParameters as unknown as RtpParameters,
          paused: o.paused ?? false,
          ...(o.kind === 'video' ? { keyFrameRequestDelay: KEY_FRAME_REQUEST_DELAY_MS } : {}),
        }),
      'bad-request',
    )
    this.#producers.set(producer.id, producer)
    producer.observer.once('close', () => this.#producers.delete(producer.id))
    void firstPacket(producer).then((flows) => flows && this.#flowing.resolve(true))
    this.#onProducer(producer)
    return { producerId: producer.id }
  }

  /** Mute and unmute. @throws AppError not-found, media-unavailable */
  async pauseProducer({ producerId, paused }: { producerId: string; paused: boolean }): Promise<void> {
    const producer = this.#producers.get(producerId)
    if (producer === undefined) throw new AppError('not-found', { message: 'no such producer' })
    await asking(() => (paused ? producer.pause() : producer.resume()))
  }

  closeProducer(producerId: string): void {
    this.#producers.get(producerId)?.close()
  }

  /** @throws AppError media-unavailable */
  restartIce(): Promise<TransportDto['iceParameters']> {
    return asking(() => this.#transport.restartIce())
  }

  /** Resolves true when the first RTP packet has come, false when the transport closed before. */
  flowing(): Promise<boolean> {
    return this.#flowing.promise
  }

  /** Called once: `ice-failed` (also DTLS), `media-restarted` (worker died), `stopped` (closed by its owner), `replaced` (a newer source). */
  onClosed(listener: (reason: MediaClosedReason) => void): void {
    this.#listeners.push(listener)
  }

  close(reason: MediaClosedReason = 'stopped'): void {
    if (this.#closed) return
    this.#closed = true
    this.#transport.close()
    this.#flowing.resolve(false)
    for (const listener of this.#listeners) listener(reason)
  }
}
