// Loads something over HTTP for a page: keeps the last good data while it refreshes, and says what failed.
import { useCallback, useEffect, useRef, useState } from 'react'
import { RequestFailed } from './RequestFailed.ts'

export type Resource<T> = {
  readonly data: T | null
  readonly error: RequestFailed | null
  readonly loading: boolean
  readonly reload: () => void
  readonly replace: (data: T) => void
}

type Options<T> = {
  /** Joins what is shown with what a refresh brought. */
  readonly merge?: (shown: T, fresh: T) => T
  /** Refresh this often, in ms, while the page is visible. */
  readonly everyMs?: number | null
}

type Held<T> = { readonly key: string; readonly data: T | null; readonly error: RequestFailed | null }

/** @param key names what is loaded: another key forgets the old data. */
export function useResource<T>(key: string, load: (signal: AbortSignal) => Promise<T>, { everyMs = null, merge }: Options<T> = {}): Resource<T> {
  const [held, setHeld] = useState<Held<T>>({ key, data: null, error: null })
  const [loading, setLoading] = useState(true)
  const [turn, setTurn] = useState(0)
  const latest = useRef({ load, merge })
  useEffect(() => {
    latest.current = { load, merge }
  })

  useEffect(() => {
    const abort = new AbortController()
    const refresh = async () => {
      setLoading(true)
      try {
        const data = await latest.current.load(abort.signal)
        const { merge: join } = latest.current
        if (!abort.signal.aborted) setHeld((old) => ({ key, data: join !== undefined && old.key === key && old.data !== null ? join(old.data, data) : data, error: null }))
      } catch (thrown) {
        if (!abort.signal.aborted) setHeld((old) => ({ key, data: old.key === key ? old.data : null, error: RequestFailed.from(thrown) }))
      }
      if (!abort.signal.aborted) setLoading(false)
    }
    void refresh()
    const timer = everyMs === null ? undefined : setInterval(() => document.visibilityState === 'visible' && void refresh(), everyMs)
    const seen = () => everyMs !== null && document.visibilityState === 'visible' && void refresh()
    document.addEventListener('visibilitychange', seen)
    return () => {
      abort.abort()
      clearInterval(timer)
      document.removeEventListener('visibilitychange', seen)
    }
  }, [key, everyMs, turn])

  const reload = useCallback(() => setTurn((old) => old + 1), [])
  const replace = useCallback((data: T) => setHeld({ key, data, error: null }), [key])
  const current = held.key === key ? held : { data: null, error: null }
  return { data: current.data, error: current.error, loading, reload, replace }
}
