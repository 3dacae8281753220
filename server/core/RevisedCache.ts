// Keeps what is costly to build for as long as its revision stands: one cheap question after a while, instead of building anew.

type Cached<V> = { readonly value: Promise<V>; readonly revision: Promise<number>; checkedAt: number; checking: Promise<boolean> | null }

export type RevisedCacheOptions<K> = {
  /** How long a value is handed out before its revision is asked again, in ms. */
  readonly freshMs: number
  /** Keys kept; above it the older half is dropped. */
  readonly maxKeys: number
  /** A number that rises with every change of what the value is built from. */
  readonly revisionOf: (key: K) => Promise<number>
}

export class RevisedCache<K, V> {
  readonly #options: RevisedCacheOptions<K>
  readonly #cache = new Map<K, Cached<V>>()

  constructor(options: RevisedCacheOptions<K>) {
    this.#options = options
  }

  /** All who ask at once share one question and one building. A failure is told to those who waited for it, and never kept. */
  async get(key: K, build: (revision: number) => Promise<V>): Promise<V> {
    const cached = this.#cache.get(key)
    if (!cached) return this.#load(key, build)
    if (Date.now() - cached.checkedAt < this.#options.freshMs) return cached.value
    cached.checking ??= this.#isCurrent(key, cached).finally(() => (cached.checking = null))
    if (await cached.checking) return cached.value
    // Another caller may have loaded it anew meanwhile.
    if (this.#cache.get(key) === cached) this.#cache.delete(key)
    return this.#cache.get(key)?.value ?? this.#load(key, build)
  }

  forget(key: K): void {
    this.#cache.delete(key)
  }

  forgetAll(): void {
    this.#cache.clear()
  }

  async #isCurrent(key: K, cached: Cached<V>): Promise<boolean> {
    const askedAt = Date.now()
    const [before, now] = await Promise.all([cached.revision, this.#options.revisionOf(key)])
    if (before === now) cached.checkedAt = askedAt
    return before === now
  }

  #load(key: K, build: (revision: number) => Promise<V>): Promise<V> {
    const { revisionOf, maxKeys } = this.#options
    // The revision is read before the facts: what changes between the two is built once more, never missed.
    const revision = revisionOf(key)
    const value = revision.then(build)
    const cached: Cached<V> = { value, revision, checkedAt: Date.now(), checking: null }
    value.catch(() => this.#cache.get(key) === cached && this.#cache.delete(key))
    revision.catch(() => undefined)
    if (this.#cache.size >= maxKeys) for (const old of [...this.#cache.keys()].slice(0, maxKeys / 2)) this.#cache.delete(old)
    this.#cache.set(key, cached)
    return value
  }
}
