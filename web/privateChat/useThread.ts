// The thread of the address, alive as long as its page.
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { useSockets } from '../client/SocketProvider.tsx'
import { privateChatApi } from './privateChatApi.ts'
import { Thread } from './Thread.ts'
import type { ThreadSnapshot } from './Thread.ts'

// Also on plain http pages, where browsers hide randomUUID.
const newClientId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** For a component that lives as long as the address stays: give it the key as its React key. */
export function useThread(key: string): { readonly thread: Thread; readonly shown: ThreadSnapshot } {
  const sockets = useSockets()
  const [thread] = useState(() => new Thread({ key, api: privateChatApi, sockets, newClientId }))
  useEffect(() => {
    thread.open()
    const seen = () => document.visibilityState === 'visible' && void thread.sync()
    document.addEventListener('visibilitychange', seen)
    return () => {
      document.removeEventListener('visibilitychange', seen)
      thread.close()
    }
  }, [thread])
  const subscribe = useCallback((listener: () => void) => thread.subscribe(listener), [thread])
  return { thread, shown: useSyncExternalStore(subscribe, () => thread.snapshot) }
}
