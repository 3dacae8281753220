// One action of a form: busy while it runs, then done or failed; beginning anew forgets how it went.
import { useCallback, useState } from 'react'
import { RequestFailed } from '../client/RequestFailed.ts'

export type Submit = {
  readonly busy: boolean
  readonly done: boolean
  readonly failure: RequestFailed | null
  /** @returns whether it went well */
  readonly run: (action: () => Promise<unknown>) => Promise<boolean>
  readonly forget: () => void
}

type Phase = { readonly busy: boolean; readonly done: boolean; readonly failure: RequestFailed | null }
const idle: Phase = { busy: false, done: false, failure: null }

export function useSubmit(): Submit {
  const [phase, setPhase] = useState<Phase>(idle)
  const run = useCallback(async (action: () => Promise<unknown>) => {
    setPhase({ ...idle, busy: true })
    try {
      await action()
      setPhase({ ...idle, done: true })
      return true
    } catch (thrown) {
      setPhase({ ...idle, failure: RequestFailed.from(thrown) })
      return false
    }
  }, [])
  const forget = useCallback(() => setPhase((old) => (old.busy ? old : idle)), [])
  return { ...phase, run, forget }
}
