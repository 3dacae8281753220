// Seconds until a moment, ticking while there are any.
import { useEffect, useState } from 'react'

/** @param until epoch ms; 0 or past: nothing to wait for. */
export function useCountdown(until: number): number {
  const [now, setNow] = useState(() => Date.now())
  const [told, setTold] = useState(until)
  if (told !== until) {
    setTold(until)
    setNow(Date.now())
  }
  const waiting = until > now
  useEffect(() => {
    if (!waiting) return
    const timer = setInterval(() => setNow(Date.now()), 200)
    return () => clearInterval(timer)
  }, [waiting, until])
  return waiting ? Math.ceil((until - now) / 1_000) : 0
}
