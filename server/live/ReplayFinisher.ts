// Sees to it that every ended broadcast is closed by one bridge (HLS end, replay), also after a crash of either side.
import type { FinishRequest } from '../contract/bridgeApi.ts'
import type { BroadcastId, ServerId } from '../contract/ids.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Database } from '../db/openDatabase.ts'
import { unfinishedReplays } from '../replay/replayStore.ts'
import type { Bridges } from './bridges/Bridges.ts'

const SWEEP_MS = 5000
/** A bridge that was asked gets this long before it, or another, is asked again. */
const PATIENCE_MS = 10 * 60_000
/** Kept up by each sweep of the server that sees to a broadcast; others stay away from it as long. */
const TURN_MS = 3 * SWEEP_MS

export class ReplayFinisher {
  readonly #database: Database
  readonly #redis: Redis
  readonly #serverId: ServerId
  readonly #bridges: Bridges
  readonly #log: Logger
  /** Broadcasts that no bridge has been told of yet. */
  readonly #untold = new Map<BroadcastId, FinishRequest>()
  /** When a bridge was told of one whose replay has not come yet. */
  readonly #toldAt = new Map<BroadcastId, number>()
  readonly #timer: NodeJS.Timeout
  #sweeping = false

  constructor({ database, redis, serverId, bridges, log }: { database: Database; redis: Redis; serverId: ServerId; bridges: Bridges; log: Logger }) {
    this.#database = database
    this.#redis = redis
    this.#serverId = serverId
    this.#bridges = bridges
    this.#log = log
    this.#timer = setInterval(() => void this.#sweep(), SWEEP_MS).unref()
    // A bridge that died took its unfinished work with it: ask anew.
    bridges.on('lost', () => this.#toldAt.clear())
  }

  finish(broadcastId: BroadcastId, request: FinishRequest): void {
    this.#untold.set(broadcastId, request)
    void this.#begin(broadcastId, request)
  }

  close(): void {
    clearInterval(this.#timer)
  }

  async #sweep(): Promise<void> {
    if (this.#sweeping || this.#bridges.count === 0) return
    this.#sweeping = true
    try {
      for (const broadcastId of await unfinishedReplays(this.#database)) if ((await this.#isMyTurn(broadcastId)) && !this.#isTold(broadcastId)) this.#untold.set(broadcastId, { record: true })
      for (const [broadcastId, request] of this.#untold) await this.#tell(broadcastId, request)
    } catch (error) {
      this.#log.warn({ err: error }, 'unfinished replays could not be looked up')
    } finally {
      this.#sweeping = false
    }
  }

  async #begin(broadcastId: BroadcastId, request: FinishRequest): Promise<void> {
    await this.#isMyTurn(broadcastId).catch((error: unknown) => this.#log.warn({ err: error }, 'other servers do not know that this one finishes a replay'))
    await this.#tell(broadcastId, request)
  }

  /** Two servers must not have two bridges finish the same recording. */
  async #isMyTurn(broadcastId: BroadcastId): Promise<boolean> {
    const key = `finishing:${broadcastId}`
    if (await this.#redis.set(key, this.#serverId, 'PX', TURN_MS, 'NX')) return true
    if ((await this.#redis.get(key)) !== this.#serverId) return false
    await this.#redis.pexpire(key, TURN_MS)
    return true
  }

  #isTold(broadcastId: BroadcastId): boolean {
    return Date.now() - (this.#toldAt.get(broadcastId) ?? 0) < PATIENCE_MS
  }

  async #tell(broadcastId: BroadcastId, request: FinishRequest): Promise<void> {
    const bridgeId = this.#bridges.pick(broadcastId)
    if (!bridgeId) return
    try {
      await this.#bridges.client(bridgeId).finish(broadcastId, request)
      this.#untold.delete(broadcastId)
      this.#toldAt.set(broadcastId, Date.now())
    } catch (error) {
      this.#log.warn({ err: error, broadcastId }, 'a bridge was not told of the end of a broadcast; trying again')
    }
  }
}
