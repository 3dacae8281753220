// Sends gifts one at a time, each with its own key until it is answered, and knows how long the combo may go on.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { GiftView } from '../../server/contract/gifts.ts'
import { useSockets } from '../client/SocketProvider.tsx'
import { COMBO_MS } from './giftLimits.ts'
import { newKey } from './newKey.ts'
import { sendSurely } from './sendSurely.ts'

/** Then the page says that it does not know, and the statement tells. */
const GIVE_UP_MS = 120_000

export type Sending = { readonly gift: GiftView; readonly quantity: number }
export type Combo = Sending & { readonly count: number; /** By performance.now(). */ readonly until: number; readonly turn: number }

export type GiftSender = {
  /** `sending`: under way; `pending`: without an answer so far, and sent again. */
  readonly state: 'idle' | 'sending' | 'pending'
  readonly combo: Combo | null
  readonly failure: { readonly error: unknown; readonly of: Sending } | null
  /** Nothing happens while one is under way. */
  readonly send: (sending: Sending) => void
  readonly forget: () => void
}

/** @param onCoins told what is left after each sending. */
export function useGiftSender(channel: string, onCoins: (coins: string) => void): GiftSender {
  const sockets = useSockets()
  const [state, setState] = useState<GiftSender['state']>('idle')
  const [combo, setCombo] = useState<Combo | null>(null)
  const [failure, setFailure] = useState<GiftSender['failure']>(null)
  const busy = useRef(false)
  const told = useRef(onCoins)
  useEffect(() => {
    told.current = onCoins
  })

  const comboUntil = combo?.until ?? null
  useEffect(() => {
    if (comboUntil === null || state !== 'idle') return
    const timer = setTimeout(() => setCombo(null), Math.max(0, comboUntil - performance.now()))
    return () => clearTimeout(timer)
  }, [comboUntil, state])

  const send = useCallback(
    (sending: Sending) => {
      if (busy.current) return
      busy.current = true
      setState('sending')
      setFailure(null)
      const work = async () => {
        const socket = await sockets.get()
        const { gift, quantity } = sending
        const answer = await sendSurely({ socket, name: 'gift:send', data: { channel, gift: gift.id, version: gift.version, quantity, key: newKey() }, onPending: () => setState('pending'), signal: AbortSignal.timeout(GIVE_UP_MS) })
        told.current(answer.coins)
        setCombo((old) => ({ ...sending, count: answer.combo.count, until: performance.now() + COMBO_MS, turn: (old?.turn ?? 0) + 1 }))
      }
      work()
        .catch((error: unknown) => {
          setCombo(null)
          setFailure({ error, of: sending })
        })
        .finally(() => {
          busy.current = false
          setState('idle')
        })
    },
    [channel, sockets],
  )
  const forget = useCallback(() => setFailure(null), [])
  return { state, combo, failure, send, forget }
}
