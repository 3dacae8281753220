// The bridges that are alive, as each says every second, and what they hold.
import { EventEmitter } from 'node:events'
import type { BridgeAlive } from '../../contract/bridgeApi.ts'
import type { BridgeId, BroadcastId } from '../../contract/ids.ts'
import { AppError } from '../../core/AppError.ts'
import type { Logger } from '../../core/logger.ts'
import { BridgeClient } from './BridgeClient.ts'

/** A bridge that has not been heard for this long is taken for dead. */
const SILENCE_MS = 4000

type Entry = { readonly client: BridgeClient; heardAt: number; alive: BridgeAlive }

export class Bridges extends EventEmitter<{ lost: [BridgeId] }> {
  readonly #entries = new Map<BridgeId, Entry>()
  readonly #secret: string
  readonly #log: Logger
  readonly #sweeper: NodeJS.Timeout

  constructor({ secret, log }: { secret: string; log: Logger }) {
    super()
    this.#secret = secret
    this.#log = log
    this.#sweeper = setInterval(() => this.#sweep(), 1000).unref()
  }

  heard(bridgeId: BridgeId, alive: BridgeAlive): void {
    const known = this.#entries.get(bridgeId)
    if (known) {
      known.heardAt = Date.now()
      known.alive = alive
      return
    }
    for (const [id, entry] of this.#entries) if (entry.client.url === alive.url) this.#forget(id, 'it was restarted')
    this.#entries.set(bridgeId, { client: new BridgeClient({ url: alive.url, secret: this.#secret }), heardAt: Date.now(), alive })
    this.#log.info({ bridgeId, url: alive.url }, 'bridge found')
  }

  /** @throws AppError bridge-unavailable */
  client(bridgeId: BridgeId): BridgeClient {
    const entry = this.#entries.get(bridgeId)
    if (!entry) throw new AppError('bridge-unavailable')
    return entry.client
  }

  /** A living bridge, the one that already packages this broadcast before others; undefined when there is none. */
  pick(broadcastId?: BroadcastId): BridgeId | undefined {
    return (broadcastId && this.holderOf(broadcastId)) ?? this.#entries.keys().next().value
  }

  /** The bridge that has this broadcast's media, as its last heartbeat told. */
  holderOf(broadcastId: BroadcastId): BridgeId | undefined {
    for (const [id, { alive }] of this.#entries) if (alive.flv.some((held) => held.broadcastId === broadcastId)) return id
    return undefined
  }

  get count(): number {
    return this.#entries.size
  }

  /** ffmpegs that living bridges had to restart, by what they were for. */
  ffmpegRestarts(): Record<string, number> {
    const totals: Record<string, number> = {}
    for (const { alive } of this.#entries.values()) for (const [role, count] of Object.entries(alive.ffmpegRestarts)) totals[role] = (totals[role] ?? 0) + count
    return totals
  }

  close(): void {
    clearInterval(this.#sweeper)
  }

  #sweep(): void {
    for (const [id, entry] of this.#entries) if (Date.now() - entry.heardAt > SILENCE_MS) this.#forget(id, 'it is silent')
  }

  #forget(bridgeId: BridgeId, why: string): void {
    this.#entries.delete(bridgeId)
    this.#log.warn({ bridgeId, why }, 'bridge lost')
    this.emit('lost', bridgeId)
  }
}
