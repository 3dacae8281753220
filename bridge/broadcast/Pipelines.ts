// Every broadcast this bridge works for, found by its id.
import type { BridgeNotice } from '../../server/contract/bridgeApi.ts'
import type { BroadcastId } from '../../server/contract/ids.ts'
import type { Log } from '../Log.ts'
import { BroadcastPipeline } from './BroadcastPipeline.ts'
import type { MediaSettings } from './MediaSettings.ts'

export type PipelinesOptions = {
  readonly media: MediaSettings
  readonly log: Log
  readonly notice: (broadcastId: BroadcastId, notice: BridgeNotice) => void
  readonly onRestart: (role: string) => void
}

/** An interrupted broadcast is forgotten after so long without a source; the longest grace time is 600 s. */
const FORGET_AFTER_MS = 15 * 60_000

export class Pipelines {
  readonly #options: PipelinesOptions
  readonly #pipelines = new Map<BroadcastId, BroadcastPipeline>()

  constructor(options: PipelinesOptions) {
    this.#options = options
  }

  get all(): readonly BroadcastPipeline[] {
    return [...this.#pipelines.values()]
  }

  find(broadcastId: BroadcastId): BroadcastPipeline | undefined {
    return this.#pipelines.get(broadcastId)
  }

  /** The broadcast's pipeline, made when there is none yet. */
  obtain(broadcastId: BroadcastId): BroadcastPipeline {
    const known = this.#pipelines.get(broadcastId)
    if (known) return known
    const { media, log, notice, onRestart } = this.#options
    const pipeline = new BroadcastPipeline({ broadcastId, media, log, notice: (fact) => notice(broadcastId, fact), onRestart })
    this.#pipelines.set(broadcastId, pipeline)
    return pipeline
  }

  /** Closes and forgets it; resolves when its last segment is kept. Nothing happens when there is none. */
  async remove(broadcastId: BroadcastId): Promise<void> {
    const pipeline = this.#pipelines.get(broadcastId)
    this.#pipelines.delete(broadcastId)
    await pipeline?.close()
  }

  async forgetIdle(): Promise<void> {
    const idle = this.all.filter(({ idleMs }) => idleMs > FORGET_AFTER_MS)
    await Promise.all(idle.map(({ broadcastId }) => this.remove(broadcastId)))
  }

  async close(): Promise<void> {
    await Promise.all([...this.#pipelines.keys()].map((broadcastId) => this.remove(broadcastId)))
  }
}
