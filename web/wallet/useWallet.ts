// What one has now: asked over HTTP, asked again at each connection, and kept up by what the server tells.
import { useEffect } from 'react'
import type { WalletView } from '../../server/contract/wallet.ts'
import { useSockets } from '../client/SocketProvider.tsx'
import { useResource } from '../client/useResource.ts'
import type { Resource } from '../client/useResource.ts'
import { walletApi } from './walletApi.ts'

/** @param userId whose wallet it is: another one's is never shown for a moment. */
export function useWallet(userId: string): Resource<WalletView> {
  const sockets = useSockets()
  const wallet = useResource(`wallet ${userId}`, (signal) => walletApi.wallet(signal))
  const { reload, replace } = wallet
  useEffect(() => {
    let gone = false
    let stop = () => undefined as void
    void sockets.get().then(
      (socket) => {
        if (gone) return
        let first = true
        const offs = [
          socket.on('wallet:changed', replace),
          // What changed while there was no connection was not told.
          socket.onConnect(() => (first ? (first = false) : reload())),
        ]
        stop = () => offs.forEach((off) => off())
      },
      () => undefined,
    )
    return () => {
      gone = true
      stop()
    }
  }, [sockets, reload, replace])
  return wallet
}
