// Who is logged in, for every page; the watch page never waits for it.
import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import type { ChannelView, MeView } from '../../server/contract/http.ts'
import { useTranslation } from 'react-i18next'
import { api } from '../client/api.ts'
import { RequestFailed } from '../client/RequestFailed.ts'
import { useSockets } from '../client/SocketProvider.tsx'
import { chosenLanguage } from '../i18n/chosenLanguage.ts'
import { pickLanguage } from '../i18n/pickLanguage.ts'
import { accountsApi } from './accountsApi.ts'

const PUSH_WAIT_MS = 2000

type Credentials = { readonly name: string; readonly password: string }

export type Session = {
  /** null until the server told. */
  readonly me: MeView | null
  readonly error: RequestFailed | null
  readonly reload: () => Promise<void>
  readonly logIn: (credentials: Credentials) => Promise<void>
  readonly signUp: (credentials: Credentials) => Promise<void>
  readonly logOut: () => Promise<void>
  /** After a reset, which logs in by itself. */
  readonly entered: () => Promise<void>
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

  // A session may be ended from elsewhere: its socket is then hung up on, and the next one is a stranger's.
  const userId = me?.user?.id
  useEffect(() => {
    if (userId === undefined) return
    let stop: (() => void) | undefined
    let over = false
    const follow = async () => {
      const socket = await sockets.get()
      if (over) return
      let dropped = false
      const stops = [
        socket.onDisconnect(() => (dropped = true)),
        socket.onConnect(() => {
          if (dropped) void reload()
          dropped = false
        }),
      ]
      stop = () => stops.forEach((end) => end())
    }
    follow().catch(() => undefined)
    return () => {
      over = true
      stop?.()
    }
  }, [userId, sockets, reload])

  // Where nobody chose a language in this browser, the account's own is spoken.
  const { i18n } = useTranslation()
  const language = me?.user?.language
  useEffect(() => {
    if (language != null && chosenLanguage() === null && i18n.language !== language) void i18n.changeLanguage(language)
  }, [language, i18n])

  const session = useMemo<Session>(() => {
    // So that mails, too, speak what this person reads.
    const noteLanguage = () => void accountsApi.setLanguage(pickLanguage(i18n.language)).catch(() => undefined)
    // The socket learns who is there from the cookie of its handshake.
    const changed = async () => {
      await reload()
      sockets.refresh()
    }
    return {
      me,
      error,
      reload,
      entered: changed,
      logIn: async (credentials) => {
        const user = await api.logIn(credentials)
        if (user.language === null) noteLanguage()
        await changed()
      },
      signUp: async (credentials) => {
        await api.signUp(credentials)
        noteLanguage()
        await changed()
      },
      logOut: async () => {
        await endPush()
        await api.logOut()
        await changed()
      },
      setChannel: (channel) => setMe((old) => (old === null ? old : { ...old, channel })),
    }
  }, [me, error, reload, sockets, i18n])
  return <SessionContext value={session}>{children}</SessionContext>
}

/** Whoever uses this browser next is not shown the notices of who left. As good as it goes: leaving does not wait for it long. */
async function endPush(): Promise<void> {
  const ending = import('../notify/thisBrowser.ts').then(({ turnPushOff }) => turnPushOff()).catch(() => undefined)
  await Promise.race([ending, new Promise((resolve) => setTimeout(resolve, PUSH_WAIT_MS))])
}

export function useSession(): Session {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('useSession needs a SessionProvider above it')
  return session
}
