// What might be meant, while it is being typed: asked for after a pause, and only the newest answer counts.
import { useEffect, useState } from 'react'
import type { Suggestion } from '../../server/contract/discovery.ts'
import { discoveryApi } from '../discovery/discoveryApi.ts'

const PAUSE_MS = 180

/** Nothing while `query` is empty or no answer came: suggestions are a help, their failure is no news. */
export function useSuggestions(query: string, wanted: boolean): readonly Suggestion[] {
  const [held, setHeld] = useState<{ readonly query: string; readonly suggestions: readonly Suggestion[] }>({ query: '', suggestions: [] })
  const asked = query.trim()
  useEffect(() => {
    if (!wanted || asked === '') return
    const abort = new AbortController()
    const timer = setTimeout(() => {
      discoveryApi.suggestions(asked, abort.signal).then(
        (suggestions) => setHeld({ query: asked, suggestions }),
        () => undefined,
      )
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [asked, wanted])
  // The former answer stays while one goes on typing the same word.
  return wanted && asked !== '' && (asked.startsWith(held.query) || held.query.startsWith(asked)) ? held.suggestions : []
}
