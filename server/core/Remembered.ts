// Spares the database what was asked a moment ago: one look-up for all who ask at once, kept for a short time.

type Entry<V> = { readonly until: number; readonly value: Promise<V>; forgotten: boolean }

/** How many keys are kept before the old ones are swept out. */
const SWEEP_ABOVE = 5000

export class Remembered<K, V> {
  readonly #keepMs: number
  readonly #load: (key: K) => Promise<V>
  readonly #entries = new Map<K, Entry<V>>()

  /** @param keepMs how stale an answer may be */
  constructor({ keepMs, load }: { keepMs: number; load: (key: K) => Promise<V> }) {
    this.#keepMs = keepMs
    this.#load = load
  }

  /** What was forgotten while it was looked up is looked up again. A failure is told to those who waited for it, and never kept. */
  async get(key: K): Promise<V> {
    for (;;) {
      const entry = this.#entryOf(key)
      const value = await entry.value
      if (!entry.forgotten) return value
    }
  }

  forget(key: K): void {
    const entry = this.#entries.get(key)
    if (entry) entry.forgotten = true
    this.#entries.delete(key)
  }

  forgetAll(): void {
    for (const key of [...this.#entries.keys()]) this.forget(key)
  }

  #entryOf(key: K): Entry<V> {
    const now = Date.now()
    const known = this.#entries.get(key)
    if (known && known.until > now) return known
    if (this.#entries.size > SWEEP_ABOVE) this.#sweep(now)
    const entry: Entry<V> = { until: now + this.#keepMs, value: this.#load(key), forgotten: false }
    this.#entries.set(key, entry)
    entry.value.catch(() => this.#entries.get(key) === entry && this.#entries.delete(key))
    return entry
  }

  #sweep(now: number): void {
    for (const [key, { until }] of this.#entries) if (until <= now) this.#entries.delete(key)
    for (const key of this.#entries.keys()) {
      if (this.#entries.size <= SWEEP_ABOVE) break
      this.#entries.delete(key)
    }
  }
}
