// A browser's or WHIP client's media on its way to the bridge's packaging ffmpeg, as plain RTP.
import { lookup } from 'node:dns/promises'
import type { Consumer, PlainTransport, Router } from 'mediasoup/types'
import { internalListenInfo } from '../../worker-config/internalListenInfo.ts'
import { routerRtpCapabilities } from '../../worker-config/routerRtpCapabilities.ts'
import type { PackagingTargets, RtpTrack } from '../contract/bridgeApi.ts'
import { AppError } from '../core/AppError.ts'
import type { Logger } from '../core/logger.ts'
import { describeTrack } from './describeTrack.ts'
import { keepHighestLayer } from './keepHighestLayer.ts'
import type { Source } from './Source.ts'

/** A better layer starts the packaging anew, so that it is not looked for too often. */
const LAYER_CHECK_MS = 5_000

type Options = { readonly router: Router; readonly ip: string; readonly sources: readonly Source[]; readonly segmentSeconds: number; readonly log: Logger; readonly onClosed: (feed: PackagingFeed) => void }
type Stream = { readonly transport: PlainTransport; readonly consumer: Consumer; readonly track: RtpTrack }

export class PackagingFeed {
  readonly #o: Options
  readonly #streams: readonly Stream[]
  #onChanged: (() => void) | undefined
  #changed = false
  #layer: number | undefined
  #keyFrames: NodeJS.Timeout | undefined
  #closed = false

  private constructor(o: Options, streams: readonly Stream[]) {
    this.#o = o
    this.#streams = streams
    for (const { consumer } of streams) {
      consumer.observer.once('close', () => this.noteChange())
      consumer.on('layerschange', (layers) => this.#onLayer(layers?.spatialLayer))
    }
  }

  static async open(o: Options): Promise<PackagingFeed> {
    const settled = await Promise.allSettled(o.sources.map((source) => openStream(o, source)))
    const streams = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    const failed = settled.find((one) => one.status === 'rejected')
    if (failed === undefined) return new PackagingFeed(o, streams)
    for (const { transport } of streams) transport.close()
    throw failed.reason
  }

  /** What will be sent; null for a kind the room has not. */
  get video(): RtpTrack | null {
    return this.#of('video')?.track ?? null
  }

  get audio(): RtpTrack | null {
    return this.#of('audio')?.track ?? null
  }

  /** @throws AppError bad-request when a target is missing */
  async connect(targets: PackagingTargets): Promise<void> {
    const { address: ip } = await lookup(targets.ip, { family: 4 })
    for (const { transport, consumer } of this.#streams) {
      const ports = targets[consumer.kind]
      if (ports === null) throw new AppError('bad-request', { message: `the bridge named no ports for ${consumer.kind}` })
      await transport.connect({ ip, port: ports.rtpPort, rtcpPort: ports.rtcpPort })
    }
  }

  /** Lets the media flow and asks for a keyframe now and every segment, because a browser sends none by itself. */
  async resume(): Promise<void> {
    await Promise.all(this.#streams.map(({ consumer }) => consumer.resume()))
    const video = this.#of('video')?.consumer
    if (video === undefined || this.#closed || this.#keyFrames !== undefined) return
    this.#keyFrames = setInterval(() => {
      if (video.closed || video.producerPaused) return
      video.requestKeyFrame().catch((error: unknown) => {
        if (!this.#closed && !video.closed) this.#o.log.warn({ err: error }, 'a keyframe for packaging could not be asked for')
      })
    }, this.#o.segmentSeconds * 1000)
  }

  /** Called once: sources or the simulcast layer changed, or a source closed: close this feed, open another and package anew. */
  onChanged(listener: () => void): void {
    this.#onChanged = listener
    if (this.#changed && !this.#closed) listener()
  }

  /** The room's part: a source was added. */
  noteChange(): void {
    if (this.#changed || this.#closed) return
    this.#changed = true
    this.#onChanged?.()
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    clearInterval(this.#keyFrames)
    for (const { transport } of this.#streams) transport.close()
    this.#o.onClosed(this)
  }

  #of(kind: 'audio' | 'video'): Stream | undefined {
    return this.#streams.find(({ consumer }) => consumer.kind === kind)
  }

  /** Another layer has another picture size, which a copied H.264 stream cannot change in the middle. */
  #onLayer(layer: number | undefined): void {
    if (layer === undefined) return
    if (this.#layer !== undefined && this.#layer !== layer) this.noteChange()
    this.#layer = layer
  }
}

async function openStream({ router, ip, log }: Options, source: Source): Promise<Stream> {
  const transport = await router.createPlainTransport({ listenInfo: internalListenInfo(ip), rtcpMux: false, comedia: false })
  try {
    // ffmpeg takes neither retransmissions nor header extensions.
    const rtpCapabilities = { codecs: routerRtpCapabilities.codecs?.filter(({ mimeType }) => mimeType !== 'video/rtx') ?? [], headerExtensions: [] }
    const consumer = await transport.consume({ producerId: source.producer.id, rtpCapabilities: structuredClone(rtpCapabilities), paused: true, enableRtx: false })
    keepHighestLayer({ consumer, layer: source.layers - 1, everyMs: LAYER_CHECK_MS, onError: (err) => log.warn({ err }, 'the packaging’s simulcast layer could not be chosen') })
    return { transport, consumer, track: describeTrack(source.codec, consumer.rtpParameters) }
  } catch (error) {
    transport.close()
    throw error
  }
}
