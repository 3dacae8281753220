// Keeps a browser's or WHIP broadcast packaged: a feed from its room to a bridge, made anew whenever either side changes.
import type { PackagingPlan } from '../contract/bridgeApi.ts'
import type { BridgeId } from '../contract/ids.ts'
import type { Logger } from '../core/logger.ts'
import type { PackagingFeed } from '../media/PackagingFeed.ts'
import type { Room } from '../media/Room.ts'
import type { Bridges } from './bridges/Bridges.ts'

const RETRY_MS = 500
/** Camera and microphone are produced one after the other: wait for both. */
const SETTLE_MS = 250

export class Packaging {
  readonly #plan: PackagingPlan
  readonly #bridges: Bridges
  readonly #log: Logger
  #room: Room | undefined
  #feed: PackagingFeed | undefined
  #bridgeId: BridgeId | undefined
  #timer: NodeJS.Timeout | undefined
  #starting: Promise<void> = Promise.resolve()

  constructor({ plan, bridges, log }: { plan: PackagingPlan; bridges: Bridges; log: Logger }) {
    this.#plan = plan
    this.#bridges = bridges
    this.#log = log
    bridges.on('lost', this.#onBridgeLost)
  }

  /** Packages what this room sends, from now on and through every change of it. */
  feedFrom(room: Room): void {
    this.#room = room
    this.#schedule(SETTLE_MS)
  }

  #detach(): void {
    clearTimeout(this.#timer)
    this.#room = undefined
    this.#feed?.close()
    this.#feed = undefined
  }

  /** No media for now; the broadcast may come back. */
  stop(): void {
    const bridgeId = this.#feed && this.#bridgeId
    this.#detach()
    if (!bridgeId) return
    this.#starting = this.#starting
      .then(() => this.#bridges.client(bridgeId).stopPackaging(this.#plan.broadcastId))
      .catch((error: unknown) => this.#log.warn({ err: error }, 'a bridge was not told to stop packaging'))
  }

  close(): void {
    this.#detach()
    this.#bridges.off('lost', this.#onBridgeLost)
  }

  readonly #onBridgeLost = (bridgeId: BridgeId): void => {
    if (bridgeId === this.#bridgeId && this.#room) this.#schedule(0)
  }

  #schedule(delayMs: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#starting = this.#starting.then(() => this.#start()).catch((error: unknown) => {
        this.#log.warn({ err: error }, 'packaging did not start; trying again')
        if (this.#room) this.#schedule(RETRY_MS)
      })
    }, delayMs)
    this.#timer.unref()
  }

  async #start(): Promise<void> {
    const room = this.#room
    const bridgeId = this.#bridges.pick(this.#plan.broadcastId)
    this.#feed?.close()
    this.#feed = undefined
    if (!room || room.closed) return
    if (!bridgeId) return this.#schedule(RETRY_MS)
    const feed = await room.openPackagingFeed()
    try {
      this.#feed = feed
      this.#bridgeId = bridgeId
      feed.onChanged(() => this.#room === room && this.#schedule(SETTLE_MS))
      if (!feed.video && !feed.audio) return
      const targets = await this.#bridges.client(bridgeId).startPackaging({ ...this.#plan, video: feed.video, audio: feed.audio })
      if (this.#feed !== feed) return feed.close()
      await feed.connect(targets)
      await feed.resume()
    } catch (error) {
      feed.close()
      throw error
    }
  }
}
