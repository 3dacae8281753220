// How much is unread, for the header and the tabs: asked anew whenever something happened, so that it is always the server's own sum.
import { useEffect, useState } from 'react'
import type { PrivateCounts } from '../../server/contract/privateChat.ts'
import { useSockets } from '../client/SocketProvider.tsx'
import { privateChatApi } from './privateChatApi.ts'

/** Many facts at once are one question. */
const GATHER_MS = 250
/** Facts are told at best effort. */
const REFRESH_MS = 60_000

export function usePrivateCounts(): PrivateCounts {
  const sockets = useSockets()
  const [counts, setCounts] = useState<PrivateCounts>({ unread: 0, requests: 0 })
  useEffect(() => {
    let gone = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const ends: (() => void)[] = []
    const ask = () => {
      timer = undefined
      // What cannot be known now is asked again at the next chance.
      void privateChatApi.counts().then((answer) => gone || setCounts(answer), () => undefined)
    }
    const askSoon = () => {
      timer ??= setTimeout(ask, GATHER_MS)
    }
    const askIfSeen = () => document.visibilityState === 'visible' && askSoon()
    askSoon()
    void sockets.get().then(
      (socket) => {
        if (!gone) ends.push(socket.onConnect(askSoon), socket.on('private:said', askSoon), socket.on('private:recalled', askSoon), socket.on('private:changed', askSoon))
      },
      () => undefined,
    )
    const refresh = setInterval(askIfSeen, REFRESH_MS)
    document.addEventListener('visibilitychange', askIfSeen)
    return () => {
      gone = true
      clearTimeout(timer)
      clearInterval(refresh)
      document.removeEventListener('visibilitychange', askIfSeen)
      for (const end of ends) end()
    }
  }, [sockets])
  return counts
}
