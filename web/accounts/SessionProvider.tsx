// Who is logged in, for every page; the watch page never waits for it.
import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import type { ChannelView, MeView } from '../../server/contract/http.ts'
import { api } from '../client/api.ts'
import { RequestFailed } from '../client/RequestFailed.ts'
import { useSockets } from '../client/SocketProvider.tsx'

type Credentials = { readonly name: string; readonly password: string }

export type Session = {
  /** null until the server told. */
  readonly me: MeView | null
  readonly error: RequestFailed | null
  readonly reload: () => Promise<void>
  readonly logIn: (credentials: Credentials) => Promise<void>
  readonly signUp: (credentials: Credentials) => Promise<void>
  readonly logOut: () => Promise<void>
  readonly setChannel: (channel: ChannelView) => void
}

const SessionContext = createContext<Session | null>(null)

export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const sockets = useSockets()
  const [me, setMe] = useState<MeView | null>(null)
  const [error, setError] = useState<RequestFailed | null>(null)

  const reload = useCallback(
    () =>
      api.me().then(
        (answer) => {
          setMe(answer)
          setError(null)
        },
        (thrown: unknown) => setError(RequestFailed.from(thrown)),
      ),
    [],
  )
  useEffect(() => {
    void reload()
  }, [reload])

  const session = useMemo<Session>(() => {
    // The socket learns who is there from the cookie of its handshake.
    const changed = async () => {
      await reload()
      sockets.refresh()
    }
    return {
      me,
      error,
      reload,
      logIn: async (credentials) => {
        await api.logIn(credentials)
        await changed()
      },
      signUp: async (credentials) => {
        await api.signUp(credentials)
        await changed()
      },
      logOut: async () => {
        await api.logOut()
        await changed()
      },
      setChannel: (channel) => setMe((old) => (old === null ? old : { ...old, channel })),
    }
  }, [me, error, reload, sockets])
  return <SessionContext value={session}>{children}</SessionContext>
}

export function useSession(): Session {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('useSession needs a SessionProvider above it')
  return session
}
