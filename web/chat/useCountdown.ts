// Seconds until a moment, ticking while there are any.
import { useCallback, useSyncExternalStore } from 'react'

const TICK_MS = 200
const secondsUntil = (moment: number): number => Math.max(0, Math.ceil((moment - Date.now()) / 1_000))

/** @param until epoch ms; 0 or past: nothing to wait for. */
export function useCountdown(until: number): number {
  const subscribe = useCallback(
    (tick: () => void) => {
      if (secondsUntil(until) === 0) return () => undefined
      const timer = setInterval(() => {
        tick()
        if (secondsUntil(until) === 0) clearInterval(timer)
      }, TICK_MS)
      return () => clearInterval(timer)
    },
    [until],
  )
  return useSyncExternalStore(subscribe, () => secondsUntil(until))
}
