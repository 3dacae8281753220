// Controls that step back while someone watches: shown by any move, touch or key, gone after 2.5 s of play.
import { useCallback, useEffect, useRef, useState } from 'react'

const HIDE_MS = 2_500

/** @param hold keeps them shown, as while paused or with an open menu. */
export function useAutoHide(hold: boolean): { readonly shown: boolean; readonly wake: () => void; readonly sleep: () => void } {
  const [awake, setAwake] = useState(true)
  const [held, setHeld] = useState(hold)
  if (held !== hold) {
    setHeld(hold)
    setAwake(true)
  }
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const hideLater = useCallback(() => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setAwake(false), HIDE_MS)
  }, [])
  const wake = useCallback(() => {
    setAwake(true)
    hideLater()
  }, [hideLater])
  const sleep = useCallback(() => {
    clearTimeout(timer.current)
    setAwake(false)
  }, [])
  useEffect(() => {
    hideLater()
    return () => clearTimeout(timer.current)
  }, [hideLater, hold])
  return { shown: awake || hold, wake, sleep }
}
