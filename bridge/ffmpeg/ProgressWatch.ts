// Reads `ffmpeg -progress` and notices an ffmpeg that takes input but makes nothing of it.

export type ProgressWatchOptions = {
  /** Longest time without progress while fed, ms; 0 watches nothing. */
  readonly stallMs: number
  readonly onStall: (stalledMs: number) => void
  readonly now?: () => number
}

const KEYS = /^(frame|fps|stream_\d+_\d+_q|bitrate|total_size|out_time|out_time_ms|out_time_us|dup_frames|drop_frames|speed|progress)=/

/** Stalled means: fed again and again over `stallMs`, and `out_time_us`, `total_size` and `frame` all stayed as they were. */
export class ProgressWatch {
  readonly #options: Required<ProgressWatchOptions>
  readonly #timer: NodeJS.Timeout | undefined
  readonly #values = new Map<string, string>()
  #movedAt: number
  #fedAt = 0
  #stalled = false

  constructor(options: ProgressWatchOptions) {
    this.#options = { now: () => performance.now(), ...options }
    this.#movedAt = this.#options.now()
    if (options.stallMs > 0) this.#timer = setInterval(() => this.check(), Math.max(100, options.stallMs / 5)).unref()
  }

  /** Takes a line of standard error; true when it was progress and not a message. */
  line(line: string): boolean {
    if (!KEYS.test(line)) return false
    const [key = '', value = ''] = line.split('=', 2)
    if (['out_time_us', 'total_size', 'frame'].includes(key) && this.#values.get(key) !== value) {
      this.#values.set(key, value)
      this.#movedAt = this.#options.now()
    }
    return true
  }

  /** Media went in. After a pause of the input the clock starts anew: nothing in, nothing out is not a stall. */
  fed(): void {
    const now = this.#options.now()
    if (now - this.#fedAt > this.#options.stallMs / 2) this.#movedAt = now
    this.#fedAt = now
  }

  /** Looks at the clock; called by its own timer. */
  check(): void {
    const now = this.#options.now()
    const stillFed = now - this.#fedAt < this.#options.stallMs / 2
    if (this.#stalled || !stillFed || now - this.#movedAt < this.#options.stallMs) return
    this.#stalled = true
    this.#options.onStall(Math.round(now - this.#movedAt))
  }

  close(): void {
    clearInterval(this.#timer)
  }
}
