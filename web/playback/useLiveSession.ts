// Ties a live session to a page: begins when the video element is there, ends with the page.
import { useEffect, useMemo, useRef, useState } from 'react'
import type { LiveSocket } from '../client/LiveSocket.ts'
import { useSockets } from '../client/SocketProvider.tsx'
import type { SocketSource } from '../client/SocketProvider.tsx'
import type { ModeChoice } from './chooseMode.ts'
import { firstSnapshot } from './LiveSnapshot.ts'
import type { LiveSnapshot } from './LiveSnapshot.ts'
import { LiveSession } from './LiveSession.ts'
import { remember, remembered } from '../client/remembered.ts'

const MODE_KEY = 'footlight.mode'

/** What the viewer chose last; `?mode=hls` in the address goes before it. */
function storedChoice(): ModeChoice {
  const wanted = new URLSearchParams(location.search).get('mode') ?? remembered(MODE_KEY)
  return wanted === 'webrtc' || wanted === 'hls' ? wanted : 'auto'
}

/** Socket.IO's own code may fail to load while the network is away. */
async function openPatiently(sockets: SocketSource): Promise<LiveSocket> {
  for (;;) {
    try {
      return await sockets.get()
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 1_000))
    }
  }
}

export type LiveControls = {
  readonly togglePlay: () => void
  readonly setMode: (choice: ModeChoice) => void
  readonly setQuality: (level: number) => void
  /** A ticket was bought, or its time came. */
  readonly refreshTicket: () => void
}

export function useLiveSession(channel: string, video: HTMLVideoElement | null): { readonly live: LiveSnapshot; readonly controls: LiveControls } {
  const sockets = useSockets()
  const [live, setLive] = useState<LiveSnapshot>(firstSnapshot)
  const session = useRef<LiveSession | null>(null)

  useEffect(() => {
    if (video === null) return
    const current = new LiveSession({
      channel,
      video,
      openSocket: () => openPatiently(sockets),
      loadDevice: () => import('./loadDevice.ts').then(({ loadDevice }) => loadDevice()),
      choice: storedChoice(),
      onChange: setLive,
    })
    session.current = current
    void current.start()
    return () => {
      session.current = null
      current.close()
    }
  }, [channel, video, sockets])

  const controls = useMemo<LiveControls>(
    () => ({
      togglePlay: () => session.current?.togglePlay(),
      setMode: (choice) => {
        remember(MODE_KEY, choice)
        session.current?.setMode(choice)
      },
      setQuality: (level) => session.current?.setQuality(level),
      refreshTicket: () => session.current?.refreshTicket(),
    }),
    [],
  )
  return { live, controls }
}
