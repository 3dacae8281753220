// Does something for an operator and says how it went.
import { useCallback, useState } from 'react'
import { App } from 'antd'
import { useFailureText } from '../../i18n/useFailureText.ts'

type Act = {
  readonly busy: boolean
  /** Runs the work, then says `done` or what failed. @returns whether it went well. */
  readonly act: (work: () => Promise<unknown>, done: string) => Promise<boolean>
}

/** Needs the back office's frame above it. */
export function useAct(): Act {
  const { message } = App.useApp()
  const failureText = useFailureText()
  const [busy, setBusy] = useState(false)
  const act = useCallback(
    async (work: () => Promise<unknown>, done: string) => {
      setBusy(true)
      try {
        await work()
        void message.success(done)
        return true
      } catch (thrown) {
        void message.error(failureText(thrown))
        return false
      } finally {
        setBusy(false)
      }
    },
    [message, failureText],
  )
  return { busy, act }
}
