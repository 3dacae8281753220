// One broadcast's media: its sources on an origin router, its viewers spread over as many workers as they need.
import { EventEmitter } from 'node:events'
import type { RelayMedia, RelayTargets } from '../contract/bridgeApi.ts'
import type { MediaClosedReason } from '../contract/sockets.ts'
import { AppError } from '../core/AppError.ts'
import type { Logger } from '../core/logger.ts'
import { Cascade } from './Cascade.ts'
import { describeProducer } from './describeProducer.ts'
import { asking } from './mediaErrors.ts'
import { measurePicture } from './measurePicture.ts'
import type { PictureSize } from './pictureSize.ts'
import { PackagingFeed } from './PackagingFeed.ts'
import { PublishTransport } from './PublishTransport.ts'
import { RelayInput } from './RelayInput.ts'
import { RoomRouter } from './RoomRouter.ts'
import type { RoomSources } from './RoomSources.ts'
import type { RoomStats } from './roomStats.ts'
import type { Source } from './Source.ts'
import { SourceSet } from './SourceSet.ts'
import { Viewer } from './Viewer.ts'
import type { ViewerOptions } from './Viewer.ts'
import { openWebRtcTransport } from './webRtcTransport.ts'
import type { WorkerPool } from './WorkerPool.ts'

export type RoomEvents = {
  sourcesChanged: [RoomSources]
  /** The origin's worker died: everything in the room is gone; make a new one. Followed by `closed`. */
  failed: []
  closed: []
}

export type RoomOptions = {
  readonly id: string
  readonly pool: WorkerPool
  readonly viewersPerRouter: number
  /** Seconds between the keyframes asked for while packaging; 2 by default. */
  readonly segmentSeconds?: number
  readonly log: Logger
}

export class Room extends EventEmitter<RoomEvents> {
  readonly id: string
  readonly #o: RoomOptions
  readonly #origin: RoomRouter
  readonly #sources: SourceSet
  readonly #cascade: Cascade
  readonly #viewers = new Set<Viewer>()
  readonly #feeds = new Set<PackagingFeed>()
  #relay: RelayInput | undefined
  #joins = 0
  #failedJoins = 0
  #closed = false

  /** @throws AppError media-unavailable */
  static async create(o: RoomOptions): Promise<Room> {
    const worker = o.pool.pick()
    if (worker === undefined) throw new AppError('media-unavailable')
    return new Room(o, await asking(() => RoomRouter.origin(worker)))
  }

  private constructor(o: RoomOptions, origin: RoomRouter) {
    super()
    // Every viewer's seat listens.
    this.setMaxListeners(0)
    this.id = o.id
    this.#o = o
    this.#origin = origin
    this.#sources = new SourceSet({
      onAdded: (source) => this.#spread(source),
      onChanged: () => this.#closed || this.emit('sourcesChanged', this.sources),
    })
    this.#cascade = new Cascade({ ...o, origin, sources: () => this.#sources.list })
    origin.worker.rooms += 1
    origin.router.once('workerclose', () => {
      this.emit('failed')
      this.close('media-restarted')
    })
  }

  get closed(): boolean {
    return this.#closed
  }

  get sources(): RoomSources {
    return this.#sources.description
  }

  get viewerCount(): number {
    return this.#viewers.size
  }

  /** Opens the way in for a browser or WHIP client; former sources are closed. @throws AppError media-unavailable */
  async createPublishTransport({ sdpClient = false, wanted }: { sdpClient?: boolean; wanted?: () => boolean } = {}): Promise<PublishTransport> {
    const { router, worker } = this.#origin
    const transport = await asking(() => openWebRtcTransport({ router, worker, sdpClient }))
    const input = await asking(() => PublishTransport.open({ transport, sdpClient, onProducer: (producer) => this.#sources.add(producer) }))
    this.#takeInput(input, wanted)
    return input
  }

  /** Opens UDP ports and producers for the bridge's relay; former sources are closed. @throws AppError media-unavailable */
  async openRelay(media: RelayMedia, { wanted }: { wanted?: () => boolean } = {}): Promise<RelayTargets> {
    const input = await asking(() => RelayInput.open({ router: this.#origin.router, ip: this.#o.pool.internalIp, media }))
    this.#takeInput(input, wanted)
    this.#relay = input
    for (const producer of input.producers) this.#sources.add(producer)
    return input.targets
  }

  /** Resolves true when the present relay's first RTP packet has come; false without a relay or when it was closed before. */
  relayFlowing(): Promise<boolean> {
    return this.#relay?.flowing() ?? Promise.resolve(false)
  }

  closeSources(): void {
    this.#relay = undefined
    this.#sources.replaceInput(undefined, 'stopped')
  }

  /** @throws AppError unsupported-codecs, media-unavailable */
  async addViewer(o: ViewerOptions): Promise<Viewer> {
    if (this.#closed) throw new AppError('media-unavailable', { message: 'the room is closed' })
    const viewer = new Viewer({ ...o, onGone: (gone) => this.#forget(gone) })
    this.#viewers.add(viewer)
    try {
      const seat = await asking(() => this.#cascade.seat(viewer, o.payloadTypes))
      await viewer.open(seat)
    } catch (error) {
      viewer.close()
      throw error
    }
    this.#joins += 1
    return viewer
  }

  /** What the room has, as RTP for the bridge's packaging; its owner closes it. @throws AppError media-unavailable */
  async openPackagingFeed(): Promise<PackagingFeed> {
    const { segmentSeconds = 2, log, pool } = this.#o
    const feed = await asking(() => PackagingFeed.open({ router: this.#origin.router, ip: pool.internalIp, sources: this.#sources.list, segmentSeconds, log, onClosed: (closed) => this.#feeds.delete(closed) }))
    this.#feeds.add(feed)
    return feed
  }

  /** The size of the picture that flows, read from the stream; 0x0 when there is none. @throws AppError media-unavailable */
  async measurePicture(): Promise<PictureSize> {
    const source = this.#sources.get('video')
    return source === undefined ? { width: 0, height: 0 } : asking(() => measurePicture({ router: this.#origin.router, source }))
  }

  async stats(): Promise<RoomStats> {
    const [producers, viewers] = await Promise.all([
      Promise.all(this.#sources.list.map(({ producer }) => describeProducer(producer))),
      Promise.all([...this.#viewers].map((viewer) => viewer.stats())),
    ])
    const sent = { packets: 0, bytes: 0, lost: 0, retransmitted: 0 }
    for (const one of viewers) for (const name of Object.keys(sent) as (keyof typeof sent)[]) sent[name] += one[name]
    return { viewers: this.viewerCount, routers: this.#cascade.routers.length, joins: this.#joins, failedJoins: this.#failedJoins, producers, sent }
  }

  /** Viewers and publishers are told `reason`. */
  close(reason: MediaClosedReason = 'stopped'): void {
    if (this.#closed) return
    this.#closed = true
    for (const feed of this.#feeds) feed.close()
    for (const viewer of [...this.#viewers]) viewer.end(reason)
    this.#sources.replaceInput(undefined, reason)
    this.#cascade.close()
    this.#origin.worker.rooms -= 1
    this.emit('closed')
  }

  /** @param wanted false when a newer connection came while this one was being made: it must not take the room back. */
  #takeInput(input: PublishTransport | RelayInput, wanted: () => boolean = () => true): void {
    if (this.#closed || !wanted()) {
      input.close(this.#closed ? 'stopped' : 'replaced')
      throw new AppError('media-unavailable', { message: this.#closed ? 'the room is closed' : 'a newer connection took over' })
    }
    this.#relay = undefined
    this.#sources.replaceInput(input, 'replaced')
  }

  #spread(source: Source): void {
    for (const feed of this.#feeds) feed.noteChange()
    this.#cascade.addSource(source).catch((error: unknown) => {
      if (!this.#closed && !source.producer.closed) this.#o.log.error({ err: error, room: this.id, kind: source.kind }, 'a source did not reach all viewers')
    })
  }

  #forget(viewer: Viewer): void {
    this.#viewers.delete(viewer)
    if (viewer.neverConnected) this.#failedJoins += 1
  }
}
