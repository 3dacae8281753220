// How many notifications are unread: asked at each connection, then kept up by what the socket tells.
import { useEffect, useState } from 'react'
import { useSockets } from '../client/SocketProvider.tsx'
import { notifyApi } from './notifyApi.ts'

const REMEMBERED = 100

/** @returns the count, and how often something new has come since the page opened. */
export function useUnread(): { readonly unread: number; readonly news: number } {
  const sockets = useSockets()
  const [count, setCount] = useState({ unread: 0, news: 0 })
  useEffect(() => {
    let gone = false
    let stop = () => undefined as void
    const keys = new Set<string>()
    const set = (unread: number) => !gone && setCount((old) => ({ ...old, unread }))
    const ask = () => void notifyApi.unread().then(({ unread }) => set(unread)).catch(() => undefined)
    // The count does not wait for the socket.
    ask()
    void sockets.get().then(
      (socket) => {
        if (gone) return
        let connected = socket.connected
        const offs = [
          socket.on('notified', ({ key }) => {
            if (keys.has(key)) return
            if (keys.size >= REMEMBERED) keys.clear()
            keys.add(key)
            setCount(({ unread, news }) => ({ unread: unread + 1, news: news + 1 }))
          }),
          socket.on('notifications:counted', ({ unread }) => void set(unread)),
          // What came while there was no connection was not told.
          socket.onConnect(() => (connected ? (connected = false) : ask())),
        ]
        stop = () => offs.forEach((off) => off())
      },
      () => undefined,
    )
    return () => {
      gone = true
      stop()
    }
  }, [sockets])
  return count
}
