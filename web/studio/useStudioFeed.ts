// What the server says of the host's channel, whatever sends: state, viewers, notices.
import { useCallback, useEffect, useState } from 'react'
import type { BroadcastView, Notice } from '../../server/contract/broadcast.ts'
import { useSockets } from '../client/SocketProvider.tsx'

export type StudioFeed = { /** Whether the server has told anything yet. */ readonly known: boolean; readonly broadcast: BroadcastView | null; readonly viewers: number; readonly notices: readonly Notice[]; readonly dismiss: (notice: Notice) => void }

const keyOf = ({ code, detail }: Notice) => `${code} ${detail}`

export function useStudioFeed(channel: string): StudioFeed {
  const sockets = useSockets()
  const [broadcast, setBroadcast] = useState<BroadcastView | null>(null)
  const [known, setKnown] = useState(false)
  const [viewers, setViewers] = useState(0)
  const [notices, setNotices] = useState<readonly Notice[]>([])

  useEffect(() => {
    let undo: (() => void)[] = []
    let closed = false
    void sockets
      .get()
      .then((socket) => {
        if (closed) return
        const watch = async () => {
          try {
            const answer = await socket.request('studio:watch', { channel })
            if (closed) return
            setKnown(true)
            setBroadcast(answer.broadcast)
            setViewers(answer.broadcast?.viewers ?? 0)
            setNotices(answer.notices)
          } catch {
            // Lost on the way: the next connection asks again, and so does this timer.
            if (!closed) retry = setTimeout(() => void watch(), 2_000)
          }
        }
        let retry: ReturnType<typeof setTimeout> | undefined
        undo = [
          () => clearTimeout(retry),
          socket.onConnect(() => void watch()),
          socket.on('broadcast:changed', (fact) => {
            if (fact.channel !== channel) return
            setBroadcast((old) => {
              if (old !== null && old.id !== fact.broadcast.id) setNotices([])
              return fact.broadcast
            })
            setViewers(fact.broadcast.viewers)
          }),
          socket.on('viewers:counted', (fact) => fact.channel === channel && setViewers(fact.viewers)),
          socket.on('studio:noticed', (fact) => fact.channel === channel && setNotices((old) => [...old.filter((notice) => keyOf(notice) !== keyOf(fact)), fact])),
        ]
      })
      .catch(() => undefined)
    return () => {
      closed = true
      for (const each of undo) each()
    }
  }, [channel, sockets])

  const dismiss = useCallback((notice: Notice) => setNotices((old) => old.filter((other) => other !== notice)), [])
  return { known, broadcast, viewers, notices, dismiss }
}
