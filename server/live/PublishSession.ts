// One connection of a host's media, from the moment it was let in until it ends or is ended.
import { EventEmitter } from 'node:events'
import type { RelayMedia, RelayTargets } from '../contract/bridgeApi.ts'
import type { Source } from '../contract/broadcast.ts'
import type { BridgeId, BroadcastId, PublishId } from '../contract/ids.ts'
import type { MediaClosedReason } from '../contract/sockets.ts'
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
}

export class PublishSession implements Publish {
  readonly id = newId<PublishId>()
  readonly broadcastId: BroadcastId
  readonly source: Source
  readonly room: Room
  readonly bridgeId: BridgeId | undefined
  readonly #owner: PublishOwner
  readonly #events = new EventEmitter<{ closed: [MediaClosedReason] }>()
  #closed = false

  constructor({ broadcastId, source, room, bridgeId, owner }: PublishSessionOptions) {
    this.broadcastId = broadcastId
    this.source = source
    this.room = room
    this.bridgeId = bridgeId
    this.#owner = owner
  }

  get closed(): boolean {
    return this.#closed
  }

  mediaStarted(info: MediaInfo): Promise<void> {
    return this.#owner.mediaStarted(this, info)
  }

  /** Ports for the bridge's relay; the session counts as started when the first packet has come. */
  async openRelay(media: RelayMedia): Promise<RelayTargets> {
    const targets = await this.room.openRelay(media)
    const info = { width: media.video?.width ?? 0, height: media.video?.height ?? 0, layers: media.video ? 1 : 0, hasAudio: media.audio !== null }
    void this.room.relayFlowing().then((flowing) => (flowing && !this.#closed ? this.mediaStarted(info) : undefined))
    return targets
  }

  end(how: PublishEndHow): Promise<void> {
    return this.#owner.publishEnded(this, how)
  }

  onClosed(listener: (reason: MediaClosedReason) => void): void {
    this.#events.once('closed', listener)
  }

  /** Ended by the platform, or after its own end: whoever holds the connection is told why. */
  close(reason: MediaClosedReason): void {
    if (this.#closed) return
    this.#closed = true
    this.#events.emit('closed', reason)
  }
}
