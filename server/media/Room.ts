// One broadcast's media: its sources on an origin router, its viewers spread over as many workers as they need.
import { EventEmitter } from 'node:events'
import type { RelayMedia, RelayTargets } from '../contract/bridgeApi.ts'
import type { MediaClosedReason } from '../contract/sockets.ts'
import type { Logger } from '../core/logger.ts'
import type { PackagingFeed } from './PackagingFeed.ts'
import type { PublishTransport } from './PublishTransport.ts'
import type { RoomSources } from './RoomSources.ts'
import type { RoomStats } from './roomStats.ts'
import type { Viewer, ViewerOptions } from './Viewer.ts'
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
  /** Seconds between the keyframes asked for while packaging. */
  readonly segmentSeconds?: number
  readonly log: Logger
}

export class Room extends EventEmitter<RoomEvents> {
  readonly id: string

  /** @throws AppError media-unavailable */
  static create(_options: RoomOptions): Promise<Room> {
    return Promise.reject(new Error('not built yet'))
  }
  private constructor(o: RoomOptions) {
    super()
    this.id = o.id
  }
  get closed(): boolean {
    return false
  }
  get sources(): RoomSources {
    return {}
  }
  get viewerCount(): number {
    return 0
  }
  /** Opens the way in for a browser or WHIP client; former sources are closed. @throws AppError media-unavailable */
  createPublishTransport(): Promise<PublishTransport> {
    return Promise.reject(new Error('not built yet'))
  }
  /** Opens UDP ports and producers for the bridge's relay; former sources are closed. @throws AppError media-unavailable */
  openRelay(_media: RelayMedia): Promise<RelayTargets> {
    return Promise.reject(new Error('not built yet'))
  }
  /** Resolves true when the present relay's first RTP packet has come, false when it was closed before. */
  relayFlowing(): Promise<boolean> {
    return Promise.reject(new Error('not built yet'))
  }
  closeSources(): void {}
  /** @throws AppError unsupported-codecs, media-unavailable */
  addViewer(_o: ViewerOptions): Promise<Viewer> {
    return Promise.reject(new Error('not built yet'))
  }
  /** @throws AppError media-unavailable */
  openPackagingFeed(): Promise<PackagingFeed> {
    return Promise.reject(new Error('not built yet'))
  }
  stats(): Promise<RoomStats> {
    return Promise.reject(new Error('not built yet'))
  }
  /** Viewers and publishers are told `reason`. */
  close(_reason: MediaClosedReason = 'stopped'): void {}
}
