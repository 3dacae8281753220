// All that WHIP and WHEP may ask of the platform; the live room implements it.
import type { BroadcastId, PublishId } from '../../contract/ids.ts'
import type { MediaClosedReason } from '../../contract/sockets.ts'
import type { Room } from '../../media/Room.ts'
import type { Who } from '../whoWatches.ts'

/** One host's connection. */
export interface Publish {
  readonly id: PublishId
  readonly broadcastId: BroadcastId
  readonly room: Room
  /** Media flows; called again when what it is has changed. Width and height are 0 where they could not be read. */
  mediaStarted(info: { width: number; height: number; layers: number; hasAudio: boolean }): Promise<void>
  /** `finished`: the host said goodbye; otherwise the broadcast is interrupted and waits. Safe to repeat. */
  end(how: { finished: boolean; reason: string }): Promise<void>
  /** The platform ended this connection (stopped, replaced by a newer one, worker died). */
  onClosed(listener: (reason: MediaClosedReason) => void): void
}

/** One viewer's seat. */
export interface Watch {
  readonly room: Room
  readonly broadcastId: BroadcastId
  onClosed(listener: (reason: MediaClosedReason) => void): void
  /** The viewer is gone. Safe to repeat. */
  release(): void
}

export interface LiveDoor {
  /** The newest connection with a valid key replaces the older one. @throws AppError wrong-stream-key, account-disabled, channel-not-found, draining */
  publishByKey(o: { channel: string; streamKey: string; source: 'whip'; remoteAddress: string }): Promise<Publish>
  /** @throws AppError channel-not-found, channel-offline, draining */
  watch(o: { channel: string; mode: 'whep'; who: Who }): Promise<Watch>
}

/** A WHEP player that may watch. */
export type WhepAdmission = {
  readonly who: Who
  /** Has `cutOff` called when it is kept out, or its preview or paid time is over. @returns what ends that */
  enter(cutOff: () => void): () => void
  /** Asked once more after entering: it may have been kept out since, or another broadcast begun. @throws AppError kept-out, channel-offline */
  again(broadcastId: BroadcastId): Promise<void>
}
