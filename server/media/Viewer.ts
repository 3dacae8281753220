// One WebRTC viewer: a transport out and a consumer for each source.
import type { Consumer, DtlsParameters, RtpCapabilities, WebRtcTransport } from 'mediasoup/types'
import type { CodecPayloadTypes } from '../../worker-config/codecs.ts'
import type { ConsumerDto, DtlsParametersDto, RtpCapabilitiesDto, TransportDto } from '../contract/media.ts'
import type { MediaClosedReason } from '../contract/sockets.ts'
import { AppError } from '../core/AppError.ts'
import type { Seat } from './Cascade.ts'
import { keepHighestLayer } from './keepHighestLayer.ts'
import { asking } from './mediaErrors.ts'
import type { Fed, LocalSource } from './RoomRouter.ts'
import { sumSent } from './sumSent.ts'
import type { SentStats } from './roomStats.ts'
import { describeTransport, openWebRtcTransport, watchTransport } from './webRtcTransport.ts'

export type ViewerEvents = {
  /** A new source; its consumer is paused until `resume`. */
  consumerAdded(consumer: ConsumerDto): void
  consumerClosed(consumerId: string): void
  /** The simulcast layer now sent; null: none. */
  layersChanged(consumerId: string, spatialLayer: number | null): void
  /** Not called for the owner's own `close()`. */
  closed(reason: MediaClosedReason): void
}

export type ViewerOptions = {
  readonly rtpCapabilities: RtpCapabilitiesDto
  readonly on: ViewerEvents
  /** Only for players of an SDP offer: the payload types it gave our codecs. */
  readonly payloadTypes?: CodecPayloadTypes
}

const LAYER_CHECK_MS = 1_000

type Watched = { readonly consumer: Consumer; readonly dto: ConsumerDto }

export class Viewer implements Fed {
  readonly #o: ViewerOptions
  readonly #onGone: (viewer: Viewer) => void
  readonly #consumers = new Map<string, Watched>()
  /** Ids of the sources that are consumed, or were refused. */
  readonly #seen = new Set<string>()
  #seat: Seat | undefined
  #transport: WebRtcTransport | undefined
  #opened = false
  #closed = false
  #neverConnected = false
  #preferred: number | undefined

  constructor(o: ViewerOptions & { onGone: (viewer: Viewer) => void }) {
    this.#o = o
    this.#onGone = o.onGone
  }

  /** The room's part: takes a seat. @throws AppError unsupported-codecs when the player can show none of the sources */
  async open(seat: Seat): Promise<void> {
    if (this.#closed) {
      seat.leave()
      throw new AppError('media-unavailable', { message: 'the room was closed meanwhile' })
    }
    this.#seat = seat
    const { router, worker } = seat.router
    const sdpClient = this.#o.payloadTypes !== undefined
    const transport = await asking(() => openWebRtcTransport({ router, worker, sdpClient }))
    this.#transport = transport
    const onFailed = ({ wasConnected }: { wasConnected: boolean }): void => {
      this.#neverConnected = !wasConnected
      this.end('ice-failed')
    }
    watchTransport({ transport, sdpClient, onFailed })
    if (this.#closed) transport.close()
    await asking(() => this.#consumeAll())
    if (seat.router.sources.length > 0 && this.#consumers.size === 0) throw new AppError('unsupported-codecs')
    this.#open()
    this.#opened = true
    // A source may have come since the last look.
    await asking(() => this.#consumeAll())
  }

  get transportDto(): TransportDto {
    return describeTransport(this.#open())
  }

  /** Those there are now; all are paused until `resume`. */
  get consumers(): readonly ConsumerDto[] {
    return [...this.#consumers.values()].map(({ dto }) => dto)
  }

  /** @throws AppError bad-request, media-unavailable */
  connect(dtlsParameters: DtlsParametersDto): Promise<void> {
    return asking(() => this.#open().connect({ dtlsParameters: dtlsParameters as DtlsParameters }), 'bad-request')
  }

  /** Unknown ids (just closed) are skipped. The worker asks the source for a keyframe. @throws AppError media-unavailable */
  async resume(consumerIds: readonly string[]): Promise<void> {
    const known = consumerIds.flatMap((id) => this.#consumers.get(id)?.consumer ?? [])
    await asking(() => Promise.all(known.map((consumer) => consumer.resume().catch(unlessClosed(consumer)))))
  }

  /** The highest simulcast layer wanted, also for sources to come. @throws AppError media-unavailable */
  async prefer(spatialLayer: number): Promise<void> {
    this.#preferred = spatialLayer
    await asking(() => Promise.all([...this.#consumers.values()].map((watched) => this.#applyPreference(watched))))
  }

  /** @throws AppError media-unavailable */
  restartIce(): Promise<TransportDto['iceParameters']> {
    return asking(() => this.#open().restartIce())
  }

  async stats(): Promise<SentStats> {
    const stats = await Promise.all([...this.#consumers.values()].map(({ consumer }) => consumer.getStats().catch(() => [])))
    return sumSent(stats.flat())
  }

  /** It was given up because its ICE or DTLS never came about. */
  get neverConnected(): boolean {
    return this.#neverConnected
  }

  close(): void {
    this.#shut()
  }

  /** The room's part: closes and tells the owner why. */
  end(reason: MediaClosedReason): void {
    if (this.#shut()) this.#o.on.closed(reason)
  }

  async sourceAdded(): Promise<void> {
    if (this.#opened) await this.#consumeAll()
  }

  lost(): void {
    this.end('media-restarted')
  }

  #shut(): boolean {
    if (this.#closed) return false
    this.#closed = true
    this.#transport?.close()
    this.#seat?.leave()
    this.#onGone(this)
    return true
  }

  #open(): WebRtcTransport {
    if (this.#transport === undefined || this.#closed) throw new AppError('media-unavailable', { message: 'this viewer’s transport is closed' })
    return this.#transport
  }

  async #consumeAll(): Promise<void> {
    // Sources may come while one is being consumed.
    for (let fresh = this.#unseen(); fresh !== undefined; fresh = this.#unseen()) {
      this.#seen.add(fresh.producer.id)
      await this.#consume(fresh)
    }
  }

  #unseen(): LocalSource | undefined {
    if (this.#closed) return undefined
    return this.#seat?.router.sources.find(({ producer }) => !this.#seen.has(producer.id))
  }

  async #consume({ source, producer }: LocalSource): Promise<void> {
    const rtpCapabilities = structuredClone(this.#o.rtpCapabilities) as unknown as RtpCapabilities
    if (!this.#seat?.router.router.canConsume({ producerId: producer.id, rtpCapabilities })) return
    let consumer: Consumer
    try {
      consumer = await this.#open().consume({ producerId: producer.id, rtpCapabilities, paused: true })
    } catch (error) {
      if (producer.closed || this.#closed) return
      throw error
    }
    const { id, kind, rtpParameters } = consumer
    const dto: ConsumerDto = { id, producerId: source.producer.id, kind, rtpParameters: rtpParameters as unknown as ConsumerDto['rtpParameters'], layers: source.layers }
    const watched = { consumer, dto }
    this.#consumers.set(id, watched)
    consumer.once('producerclose', () => {
      this.#consumers.delete(id)
      if (!this.#closed) this.#o.on.consumerClosed(id)
    })
    consumer.on('layerschange', (layers) => this.#o.on.layersChanged(id, layers?.spatialLayer ?? null))
    // Players of an SDP offer give no bandwidth feedback: see planWhep.
    if (this.#o.payloadTypes !== undefined) keepHighestLayer({ consumer, layer: source.layers - 1, everyMs: LAYER_CHECK_MS, onError: () => this.end('media-restarted') })
    await this.#applyPreference(watched)
    if (this.#opened && !consumer.closed) this.#o.on.consumerAdded(dto)
  }

  async #applyPreference({ consumer, dto }: Watched): Promise<void> {
    if (this.#preferred === undefined || consumer.type !== 'simulcast') return
    await consumer.setPreferredLayers({ spatialLayer: Math.min(this.#preferred, dto.layers - 1) }).catch(unlessClosed(consumer))
  }
}

/** A consumer that closed meanwhile needs nothing any more; any other refusal is passed on. */
function unlessClosed(consumer: Consumer): (error: unknown) => void {
  return (error) => {
    if (!consumer.closed) throw error
  }
}
