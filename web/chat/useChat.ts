// A page's chat: opened once for all that shows it (list, danmaku, likes), and loaded after the picture.
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useSockets } from '../client/SocketProvider.tsx'
import type { ChatFeed } from './ChatFeed.ts'
import type { ChatSnapshot, ChatSource } from './ChatSource.ts'

const AGAIN_MS = 2_000

/** @param ready false puts it off, as while the picture is being fetched. @returns null until it is loaded. */
export function useChatFeed(channel: string, ready: boolean): ChatFeed | null {
  const sockets = useSockets()
  const [feed, setFeed] = useState<ChatFeed | null>(null)
  useEffect(() => {
    if (!ready) return
    let current: ChatFeed | null = null
    let closed = false
    let again: ReturnType<typeof setTimeout> | undefined
    const begin = async () => {
      try {
        const { ChatFeed: Feed } = await import('./ChatFeed.ts')
        const socket = await sockets.get()
        if (closed) return
        current = new Feed({ channel, openSocket: async () => socket })
        setFeed(current)
        await current.start()
      } catch {
        // The network is away: the code comes when it is back.
        if (!closed) again = setTimeout(() => void begin(), AGAIN_MS)
      }
    }
    void begin()
    return () => {
      closed = true
      clearTimeout(again)
      current?.close()
      setFeed(null)
    }
  }, [channel, ready, sockets])
  return feed
}

export const useChatSnapshot = (source: ChatSource): ChatSnapshot => useSyncExternalStore(source.subscribe, () => source.snapshot)
