// Spares the database what was asked a moment ago: one look-up for all who ask at once, kept for a short time.

type Entry<T> = { readonly until: number; readonly value: Promise<T> }

/** How many keys are kept before the old ones are swept out. */
const SWEEP_ABOVE = 5000

export class Remembered<T> {
  readonly #keepMs: number
  readonly #load: (key: string) => Promise<T>
  readonly #entries = new Map<string, Entry<T>>()

  /** @param keepMs how stale an answer may be */
  constructor({ keepMs, load }: { keepMs: number; load: (key: string) => Promise<T> }) {
    this.#keepMs = keepMs
    this.#load = load
  }

  /** What was forgotten while it was looked up is looked up again. */
  async get(key: string): Promise<T> {
    for (;;) {
      const entry = this.#entryOf(key)
      const value = await entry.value
      if (this.#entries.get(key) === entry || entry.until <= Date.now()) return value
    }
  }

  #entryOf(key: string): Entry<T> {
    const now = Date.now()
    const known = this.#entries.get(key)
    if (known && known.until > now) return known
    if (this.#entries.size > SWEEP_ABOVE) this.#sweep(now)
    const entry = { until: now + this.#keepMs, value: this.#load(key) }
    this.#entries.set(key, entry)
    // A failure is told to those who waited for it, and never kept.
    entry.value.catch(() => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key)
    })
    return entry
  }

  forget(key: string): void {
    this.#entries.delete(key)
  }

  forgetAll(): void {
    this.#entries.clear()
  }

  #sweep(now: number): void {
    for (const [key, { until }] of this.#entries) if (until <= now) this.#entries.delete(key)
  }
}
