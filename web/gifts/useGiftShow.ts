// One GiftShow for a page's stage and chat, loaded with the chat, and fed by it.
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { ChatSource } from '../chat/ChatSource.ts'
import type { GiftShow, GiftShowSnapshot } from './GiftShow.ts'

const lively = () => !matchMedia('(prefers-reduced-motion: reduce)').matches

/** @param what `banners`: no effects, as in a replay. @returns null until there is a chat and the code is there. */
export function useGiftShow(source: ChatSource | null, ownName: string | null, what: 'all' | 'banners' = 'all'): GiftShow | null {
  const [show, setShow] = useState<GiftShow | null>(null)
  useEffect(() => {
    if (source === null) return
    let current: GiftShow | null = null
    let gone = false
    // What comes while the code is on its way is shown as soon as it is there.
    const early: Parameters<GiftShow['take']>[0][] = []
    const stop = source.onFresh((message) => (current === null ? early.push(message) : current.take(message)))
    void import('./GiftShow.ts').then(
      ({ GiftShow: Show }) => {
        if (gone) return
        current = new Show({ lively: () => what === 'all' && lively() })
        current.ownName = ownName
        for (const message of early.splice(0)) current.take(message)
        setShow(current)
      },
      () => undefined,
    )
    return () => {
      gone = true
      stop()
      current?.close()
      setShow(null)
    }
  }, [source, ownName, what])
  return show
}

export const useGiftSnapshot = (show: GiftShow): GiftShowSnapshot => useSyncExternalStore(show.subscribe, () => show.snapshot)
