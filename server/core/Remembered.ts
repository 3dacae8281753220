// Spares the database what was asked a moment ago: one look-up for all who ask at once, kept for a short time.

/** How many keys are kept before the old ones are swept out. */
const SWEEP_ABOVE = 5000

export class Remembered<K, V> {
  readonly #keepMs: number
  readonly #load: (key: K) => Promise<V>
  readonly #entries = new Map<K, { readonly until: number; readonly value: Promise<V> }>()

  /** @param keepMs how stale an answer may be */
  constructor({ keepMs, load }: { keepMs: number; load: (key: K) => Promise<V> }) {
    this.#keepMs = keepMs
    this.#load = load
  }

  /** A failure is told to those who waited for it, and never kept. */
  get(key: K): Promise<V> {
    const now = Date.now()
    const known = this.#entries.get(key)
    if (known && known.until > now) return known.value
    if (this.#entries.size > SWEEP_ABOVE) this.#sweep(now)
    const entry = { until: now + this.#keepMs, value: this.#load(key) }
    this.#entries.set(key, entry)
    entry.value.catch(() => this.#entries.get(key) === entry && this.#entries.delete(key))
    return entry.value
  }

  forget(key: K): void {
    this.#entries.delete(key)
  }

  #sweep(now: number): void {
    for (const [key, { until }] of this.#entries) if (until <= now) this.#entries.delete(key)
    for (const key of this.#entries.keys()) {
      if (this.#entries.size <= SWEEP_ABOVE) break
      this.#entries.delete(key)
    }
  }
}
