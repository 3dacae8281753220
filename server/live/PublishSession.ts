// One connection of a host's media, from the moment it was let in until it ends or is ended.
import { EventEmitter } from 'node:events'
import type { RelayMedia, RelayTargets } from '../contract/bridgeApi.ts'
import type { Source } from '../contract/broadcast.ts'
import type { BridgeId, BroadcastId, PublishId } from '../contract/ids.ts'
import type { MediaClosedReason } from '../contract/sockets.ts'
import type { Logger } from '../core/logger.ts'
import { newId } from '../core/newId.ts'
import type { Room } from '../media/Room.ts'
import type { Publish } from './whip/liveDoor.ts'

/** What the host sends, as far as it is known; width and height are 0 where it is not. */
export type MediaInfo = { readonly width: number; readonly height: number; readonly layers: number; readonly hasAudio: boolean }
export type PublishEndHow = { readonly finished: boolean; readonly reason: string }

/** The broadcast's side of a session; each call is queued per channel. */
export type PublishOwner = {
  mediaStarted(session: PublishSession, info: MediaInfo): Promise<void>
  publishEnded(session: PublishSession, how: PublishEndHow): Promise<void>
}

export type PublishSessionOptions = {
  readonly broadcastId: BroadcastId
  readonly source: Source
  readonly room: Room
  /** The bridge that holds an RTMP connection. */
  readonly bridgeId?: BridgeId
  readonly owner: PublishOwner
  readonly log: Logger
}

export class PublishSession implements Publish {
  readonly id = newId<PublishId>()
  readonly broadcastId: BroadcastId
  readonly source: Source
  readonly room: Room
  readonly bridgeId: BridgeId | undefined
  readonly #owner: PublishOwner
  readonly #log: Logger
  readonly #events = new EventEmitter<{ closed: [MediaClosedReason] }>()
  #closed: MediaClosedReason | undefined

  constructor({ broadcastId, source, room, bridgeId, owner, log }: PublishSessionOptions) {
    this.broadcastId = broadcastId
    this.source = source
    this.room = room
    this.bridgeId = bridgeId
    this.#owner = owner
    this.#log = log
  }

  get closed(): boolean {
    return this.#closed !== undefined
  }

  mediaStarted(info: MediaInfo): Promise<void> {
    return this.#owner.mediaStarted(this, info)
  }

  /** Ports for the bridge's relay; the session counts as started when the first packet has come. */
  async openRelay(media: RelayMedia): Promise<RelayTargets> {
    const targets = await this.room.openRelay(media, { wanted: () => !this.closed })
    const info = { width: media.video?.width ?? 0, height: media.video?.height ?? 0, layers: media.video ? 1 : 0, hasAudio: media.audio !== null }
    this.room
      .relayFlowing()
      .then((flowing) => (flowing && !this.closed ? this.mediaStarted(info) : undefined))
      .catch((error: unknown) => this.#log.error({ err: error, publishId: this.id }, 'media flows, but the broadcast could not be marked live'))
    return targets
  }

  end(how: PublishEndHow): Promise<void> {
    return this.#owner.publishEnded(this, how)
  }

  /** A listener that comes too late is told at once. */
  onClosed(listener: (reason: MediaClosedReason) => void): void {
    if (this.#closed !== undefined) listener(this.#closed)
    else this.#events.once('closed', listener)
  }

  /** Ended by the platform, or after its own end: whoever holds the connection is told why. */
  close(reason: MediaClosedReason): void {
    if (this.#closed !== undefined) return
    this.#closed = reason
    this.#events.emit('closed', reason)
  }
}
