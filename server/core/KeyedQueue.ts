// Runs the steps of one key one after another, so that two requests never change the same channel at once.

/** A queue per key; keys are independent of each other, and a failed step does not stop the next. */
export class KeyedQueue {
  readonly #tails = new Map<string, Promise<unknown>>()

  run<T>(key: string, step: () => Promise<T>): Promise<T> {
    const former = this.#tails.get(key) ?? Promise.resolve()
    const result = former.then(step, step)
    const tail = result.catch(() => undefined).finally(() => {
      if (this.#tails.get(key) === tail) this.#tails.delete(key)
    })
    this.#tails.set(key, tail)
    return result
  }
}
