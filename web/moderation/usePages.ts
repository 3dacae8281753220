// A list that comes in pages: shows the first, asks for more on demand, and begins anew when told.
import { useCallback, useEffect, useRef, useState } from 'react'

export type Pages<T> = { readonly items: readonly T[] | null; readonly failure: unknown; readonly more: (() => void) | null; readonly loading: boolean; readonly reload: () => void }
type Held<T> = { readonly key: string; readonly items: readonly T[] | null; readonly next: string | null; readonly failure: unknown; readonly loading: boolean }

const empty = (key: string): Held<never> => ({ key, items: null, next: null, failure: null, loading: true })

/** @param key names what is listed: another key begins anew */
export function usePages<T>(key: string, load: (before: string | null) => Promise<{ readonly items: readonly T[]; readonly next: string | null }>): Pages<T> {
  const [held, setHeld] = useState<Held<T>>(() => empty(key))
  const [turn, setTurn] = useState(0)
  const latest = useRef(load)
  useEffect(() => {
    latest.current = load
  })

  useEffect(() => {
    let wanted = true
    latest.current(null).then(
      ({ items, next }) => wanted && setHeld({ key, items, next, failure: null, loading: false }),
      (failure: unknown) => wanted && setHeld((old) => ({ ...(old.key === key ? old : empty(key)), failure, loading: false })),
    )
    return () => {
      wanted = false
    }
  }, [key, turn])

  const current = held.key === key ? held : empty(key)
  const { next } = current
  const more = () => {
    setHeld((old) => ({ ...old, loading: true }))
    latest.current(next).then(
      (page) => setHeld((old) => (old.key === key && old.next === next ? { key, items: [...(old.items ?? []), ...page.items], next: page.next, failure: null, loading: false } : old)),
      (failure: unknown) => setHeld((old) => ({ ...old, failure, loading: false })),
    )
  }
  return { items: current.items, failure: current.failure, more: next === null ? null : more, loading: current.loading, reload: useCallback(() => setTurn((old) => old + 1), []) }
}
