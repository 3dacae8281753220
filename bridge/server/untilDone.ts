// Repeats a call that the server must hear of until it was heard, refused, or has become pointless.
import { setTimeout as sleep } from 'node:timers/promises'
import { ServerCallError } from './ServerClient.ts'

export type UntilDoneOptions = { readonly everyMs?: number; readonly giveUpAfterMs?: number; readonly signal?: AbortSignal }

/** Resolves with the answer. Rejects with the server's refusal, the last failure after `giveUpAfterMs`, or the signal's reason. */
export async function untilDone<T>(call: () => Promise<T>, { everyMs = 300, giveUpAfterMs = 60_000, signal }: UntilDoneOptions = {}): Promise<T> {
  const giveUpAt = performance.now() + giveUpAfterMs
  for (;;) {
    signal?.throwIfAborted()
    try {
      return await call()
    } catch (error) {
      if (!(error instanceof ServerCallError) || !error.passing || performance.now() > giveUpAt) throw error
    }
    await sleep(everyMs, undefined, { signal })
  }
}
