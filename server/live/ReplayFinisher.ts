// Sees to it that every ended broadcast is closed by a bridge (HLS end, replay), also after a crash of either side.
import type { FinishRequest } from '../contract/bridgeApi.ts'
import type { BroadcastId } from '../contract/ids.ts'
import type { Logger } from '../core/logger.ts'
import type { Database } from '../db/openDatabase.ts'
import { unfinishedReplays } from '../replay/replayStore.ts'
import type { Bridges } from './bridges/Bridges.ts'

const SWEEP_MS = 5000
/** A bridge that was asked gets this long before it, or another, is asked again. */
const PATIENCE_MS = 10 * 60_000

export class ReplayFinisher {
  readonly #database: Database
  readonly #bridges: Bridges
  readonly #log: Logger
  readonly #askedAt = new Map<BroadcastId, number>()
  readonly #timer: NodeJS.Timeout

  constructor({ database, bridges, log }: { database: Database; bridges: Bridges; log: Logger }) {
    this.#database = database
    this.#bridges = bridges
    this.#log = log
    this.#timer = setInterval(() => void this.#sweep(), SWEEP_MS).unref()
    // A bridge that died took its unfinished work with it: ask anew.
    bridges.on('lost', () => this.#askedAt.clear())
  }

  finish(broadcastId: BroadcastId, request: FinishRequest): void {
    this.#askedAt.set(broadcastId, Date.now())
    void this.#ask(broadcastId, request)
  }

  forget(broadcastId: BroadcastId): void {
    this.#askedAt.delete(broadcastId)
  }

  close(): void {
    clearInterval(this.#timer)
  }

  async #sweep(): Promise<void> {
    try {
      if (this.#bridges.count === 0) return
      for (const broadcastId of await unfinishedReplays(this.#database)) {
        const askedAt = this.#askedAt.get(broadcastId)
        if (askedAt === undefined || Date.now() - askedAt > PATIENCE_MS) this.finish(broadcastId, { record: true })
      }
    } catch (error) {
      this.#log.warn({ err: error }, 'unfinished replays could not be looked up')
    }
  }

  async #ask(broadcastId: BroadcastId, request: FinishRequest): Promise<void> {
    const bridgeId = this.#bridges.pick(broadcastId)
    if (!bridgeId) return this.forget(broadcastId)
    try {
      await this.#bridges.client(bridgeId).finish(broadcastId, request)
    } catch (error) {
      this.#log.warn({ err: error, broadcastId }, 'a bridge was not told of the end of a broadcast; trying again')
      this.forget(broadcastId)
    }
  }
}
