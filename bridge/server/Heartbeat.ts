// Tells the server every second that this bridge lives and what it holds, and acts on what the server does not know.
import type { BridgeAlive, BridgeAliveReply } from '../../server/contract/bridgeApi.ts'
import type { Log } from '../Log.ts'

export type HeartbeatOptions = {
  readonly alive: (report: BridgeAlive) => Promise<BridgeAliveReply>
  readonly report: () => BridgeAlive
  readonly onReply: (reply: BridgeAliveReply) => void
  readonly log: Log
}

const EVERY_MS = 1_000
/** While the server is away: its return should be noticed at once, for viewers wait for the picture. */
const RETRY_MS = 300

export class Heartbeat {
  readonly #options: HeartbeatOptions
  #timer: NodeJS.Timeout | undefined
  #closed = false
  #reachable: boolean | undefined

  constructor(options: HeartbeatOptions) {
    this.#options = options
  }

  /** Whether the last beat was answered; undefined before the first. */
  get reachable(): boolean | undefined {
    return this.#reachable
  }

  start(): void {
    void this.#beat()
  }

  /** Idempotent. */
  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
  }

  async #beat(): Promise<void> {
    const { alive, report, onReply, log } = this.#options
    const startedAt = performance.now()
    try {
      const reply = await alive(report())
      if (this.#reachable !== true) log.info({}, 'the server answers')
      this.#reachable = true
      if (!this.#closed) onReply(reply)
    } catch (error) {
      if (this.#reachable !== false) log.warn({ error: String(error) }, 'the server does not answer; broadcasts go on')
      this.#reachable = false
    }
    if (this.#closed) return
    const pause = this.#reachable ? EVERY_MS - (performance.now() - startedAt) : RETRY_MS
    this.#timer = setTimeout(() => void this.#beat(), Math.max(0, pause))
  }
}
