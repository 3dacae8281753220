// An order as it goes on: asked again while it waits, and at once when the wallet changes.
import { useEffect, useState } from 'react'
import type { OrderView } from '../../server/contract/recharge.ts'
import { useSockets } from '../client/SocketProvider.tsx'
import { useResource } from '../client/useResource.ts'
import type { Resource } from '../client/useResource.ts'
import { rechargeApi } from './rechargeApi.ts'

const ASK_MS = 2000

const waits = ({ state }: OrderView): boolean => state === 'created' || state === 'pending' || state === 'paid'

export function useOrder(id: string): Resource<OrderView> {
  const sockets = useSockets()
  const [waiting, setWaiting] = useState(true)
  const order = useResource(
    `order ${id}`,
    async (signal) => {
      const fresh = await rechargeApi.order(id, signal)
      setWaiting(waits(fresh))
      return fresh
    },
    { everyMs: waiting ? ASK_MS : null },
  )
  const { reload } = order
  useEffect(() => {
    let gone = false
    let stop: (() => void) | undefined
    void sockets.get().then(
      (socket) => {
        if (!gone) stop = socket.on('wallet:changed', reload)
      },
      () => undefined,
    )
    return () => {
      gone = true
      stop?.()
    }
  }, [sockets, reload])
  return order
}
