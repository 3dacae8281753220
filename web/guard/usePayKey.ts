// One key for one thing that a person means to pay for: kept while nobody knows whether it was done, so that trying again never pays twice.
import { useCallback, useRef } from 'react'
import { RequestFailed } from '../client/RequestFailed.ts'
import { newKey } from '../gifts/newKey.ts'

/** The way there failed: it may have been done. Anything else is the server's word. */
const unknownOutcome: ReadonlySet<string> = new Set(['network', 'timeout', 'unavailable', 'draining', 'internal', 'unknown'])

/** @returns asks with the key of `what`; another `what` is another payment. It throws what `ask` throws. */
export function usePayKey(): <T>(what: string, ask: (key: string) => Promise<T>) => Promise<T> {
  const held = useRef<{ readonly what: string; readonly key: string } | null>(null)
  return useCallback(async (what, ask) => {
    if (held.current?.what !== what) held.current = { what, key: newKey() }
    try {
      const answer = await ask(held.current.key)
      held.current = null
      return answer
    } catch (thrown) {
      if (!unknownOutcome.has(RequestFailed.from(thrown).code)) held.current = null
      throw thrown
    }
  }, [])
}
