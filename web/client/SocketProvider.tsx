// Hands every page the same socket, opened when the first one asks for it.
import { createContext, useContext } from 'react'
import type { ReactNode } from 'react'
import { LiveSocket } from './LiveSocket.ts'

export type SocketSource = {
  /** Opens the socket the first time. */
  get(): Promise<LiveSocket>
  /** Connects anew if there is a connection. */
  refresh(): void
}

export function createSocketSource(): SocketSource {
  let opening: Promise<LiveSocket> | null = null
  return {
    get() {
      opening ??= LiveSocket.open().catch((thrown: unknown) => {
        opening = null
        throw thrown
      })
      return opening
    },
    refresh() {
      void opening?.then((socket) => socket.reconnect())
    },
  }
}

const SocketContext = createContext<SocketSource | null>(null)

export function SocketProvider({ source, children }: { readonly source: SocketSource; readonly children: ReactNode }) {
  return <SocketContext value={source}>{children}</SocketContext>
}

export function useSockets(): SocketSource {
  const source = useContext(SocketContext)
  if (source === null) throw new Error('useSockets needs a SocketProvider above it')
  return source
}
