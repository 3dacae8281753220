// Tells the facts of one topic, several at a time, so that a topic whose facts take long holds up no other.

/** Told at the same time. */
const AT_ONCE = 32
/** Who takes longer has failed; what it still does, it does for itself. */
const LIMIT_MS = 15_000

export type Telling<R> = { readonly tell: (row: R) => Promise<void>; readonly onTold: (row: R) => void; readonly onFailed: (row: R, error: unknown) => void }

export class TopicTeller<R> {
  readonly #telling: Telling<R>
  readonly #queue: R[] = []
  readonly #running = new Set<Promise<void>>()

  constructor(telling: Telling<R>) {
    this.#telling = telling
  }

  /** Facts that wait for their turn. */
  get waiting(): number {
    return this.#queue.length
  }

  add(row: R): void {
    this.#queue.push(row)
    this.#next()
  }

  /** Leaves off what was not begun. @returns when all that was begun has ended */
  async stop(): Promise<void> {
    this.#queue.length = 0
    await Promise.all(this.#running)
  }

  #next(): void {
    while (this.#running.size < AT_ONCE && this.#queue.length > 0) {
      const run = this.#run(this.#queue.shift() as R).finally(() => {
        this.#running.delete(run)
        this.#next()
      })
      this.#running.add(run)
    }
  }

  async #run(row: R): Promise<void> {
    const { tell, onTold, onFailed } = this.#telling
    let timer: NodeJS.Timeout | undefined
    const tooLong = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`It was not told within ${LIMIT_MS} ms`)), LIMIT_MS)
    })
    try {
      await Promise.race([Promise.resolve(row).then(tell), tooLong])
    } catch (error) {
      return onFailed(row, error)
    } finally {
      clearTimeout(timer)
    }
    onTold(row)
  }
}
