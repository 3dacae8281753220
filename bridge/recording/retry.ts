// A full disk is emptied and a killed ffmpeg is not killed twice: what failed is tried again, each time after a longer pause.
import { setTimeout as sleep } from 'node:timers/promises'

export type RetryOptions = {
  /** Before the second try, the third, …, ms: one more try than there are pauses. */
  readonly pausesMs: readonly number[]
  readonly signal: AbortSignal
  readonly onFailure: (error: unknown) => void
}

/** Resolves with the first success. Rejects with the last failure, or with the signal's reason once that aborts. */
export async function retry<T>(task: () => Promise<T>, { pausesMs, signal, onFailure }: RetryOptions): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    signal.throwIfAborted()
    try {
      return await task()
    } catch (error) {
      signal.throwIfAborted()
      onFailure(error)
      const pause = pausesMs[attempt]
      if (pause === undefined) throw error
      await sleep(pause, undefined, { signal })
    }
  }
}
