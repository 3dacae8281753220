// The list of conversations, kept right by what the server tells.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { ConversationView, PrivateBox } from '../../server/contract/privateChat.ts'
import { RequestFailed } from '../client/RequestFailed.ts'
import { useSockets } from '../client/SocketProvider.tsx'
import { inBox, mergeConversations } from './mergeConversations.ts'
import { privateChatApi } from './privateChatApi.ts'

/** How far a box is loaded; `tail` is the last of it, null when that is all there is. */
type Loaded = { readonly next: string | null; readonly tail: ConversationView | null }

export type ConversationList = {
  /** Null until they are loaded. */
  readonly conversations: readonly ConversationView[] | null
  readonly error: RequestFailed | null
  readonly more: boolean
  readonly loadMore: () => void
  readonly reload: () => void
}

export function useConversations(box: PrivateBox): ConversationList {
  const sockets = useSockets()
  const [known, setKnown] = useState<readonly ConversationView[]>([])
  const [boxes, setBoxes] = useState<Readonly<Partial<Record<PrivateBox, Loaded>>>>({})
  const [error, setError] = useState<RequestFailed | null>(null)
  const loading = useRef(false)

  const take = useCallback((came: readonly ConversationView[]) => setKnown((held) => mergeConversations(held, came)), [])
  const load = useCallback(
    async (which: PrivateBox, before?: string) => {
      if (before !== undefined && loading.current) return
      loading.current = true
      try {
        const page = await privateChatApi.conversations(which, before)
        take(page.conversations)
        // A refresh of the first page leaves alone how far one had come.
        setBoxes((old) => (before === undefined && old[which] !== undefined ? old : { ...old, [which]: { next: page.next, tail: page.next === null ? null : (page.conversations.at(-1) ?? null) } }))
        setError(null)
      } catch (thrown) {
        setError(RequestFailed.from(thrown))
      } finally {
        loading.current = false
      }
    },
    [take],
  )

  useEffect(() => {
    let gone = false
    const ends: (() => void)[] = []
    const refresh = async () => load(box)
    void refresh()
    void sockets.get().then(
      (socket) => {
        if (gone) return
        const changed = ({ conversation }: { conversation: ConversationView }) => take([conversation])
        ends.push(socket.onConnect(() => void refresh()), socket.on('private:said', changed), socket.on('private:recalled', changed), socket.on('private:changed', changed))
      },
      (thrown: unknown) => setError(RequestFailed.from(thrown)),
    )
    const seen = () => document.visibilityState === 'visible' && void refresh()
    document.addEventListener('visibilitychange', seen)
    return () => {
      gone = true
      document.removeEventListener('visibilitychange', seen)
      for (const end of ends) end()
    }
  }, [box, load, sockets, take])

  const loaded = boxes[box]
  const conversations = useMemo(() => (loaded === undefined ? null : inBox(known, box === 'requests', loaded.tail)), [known, box, loaded])
  const next = loaded?.next ?? null
  return { conversations, error, more: next !== null, loadMore: () => next !== null && void load(box, next), reload: () => void load(box) }
}
