// Restarts what keeps failing, ever more slowly, and gives up when it makes no sense any more.

export type SupervisedOptions = {
  /** Starts one life; it calls `failed` (once) when it ended unasked. */
  readonly start: () => void
  /** Told before each restart, for logs and metrics. */
  readonly onRestart?: (delayMs: number, reason: string) => void
  /** Called once when the budget is used up. */
  readonly onGiveUp: (reason: string) => void
  readonly budget?: Partial<RestartBudget>
  readonly now?: () => number
}

export type RestartBudget = {
  readonly firstDelayMs: number
  readonly maxDelayMs: number
  /** This many restarts within `windowMs` are allowed. */
  readonly restarts: number
  readonly windowMs: number
  /** A life of this length was healthy: the next delay is the first again. */
  readonly healthyMs: number
}

export const RESTART_BUDGET: RestartBudget = { firstDelayMs: 200, maxDelayMs: 5_000, restarts: 10, windowMs: 60_000, healthyMs: 10_000 }

/** Restart with exponential back-off within a budget. Owned by whoever starts lives; `stop` forgets a pending restart. */
export class Supervised {
  readonly #options: SupervisedOptions
  readonly #budget: RestartBudget
  readonly #now: () => number
  #restarts: number[] = []
  #startedAt = 0
  #delay: number
  #timer: NodeJS.Timeout | undefined
  #stopped = false

  constructor(options: SupervisedOptions) {
    this.#options = options
    this.#budget = { ...RESTART_BUDGET, ...options.budget }
    this.#now = options.now ?? (() => performance.now())
    this.#delay = this.#budget.firstDelayMs
  }

  /** Starts (again) at once; also after giving up, with a fresh budget. */
  start(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#stopped = false
    this.#restarts = []
    this.#life()
  }

  /** The running life ended unasked. */
  failed(reason: string): void {
    if (this.#stopped || this.#timer) return
    const now = this.#now()
    if (now - this.#startedAt >= this.#budget.healthyMs) this.#delay = this.#budget.firstDelayMs
    this.#restarts = this.#restarts.filter((at) => now - at < this.#budget.windowMs)
    if (this.#restarts.length >= this.#budget.restarts) {
      this.#stopped = true
      this.#options.onGiveUp(reason)
      return
    }
    this.#restarts.push(now)
    const delayMs = this.#delay
    this.#delay = Math.min(this.#delay * 2, this.#budget.maxDelayMs)
    this.#options.onRestart?.(delayMs, reason)
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#life()
    }, delayMs)
  }

  /** No more restarts. Idempotent. */
  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #life(): void {
    this.#startedAt = this.#now()
    this.#options.start()
  }
}
