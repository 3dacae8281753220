// Ties the publisher to the studio page: begins with "go live", follows the devices, ends with the page.
import { useCallback, useEffect, useRef, useState } from 'react'
import { RequestFailed } from '../client/RequestFailed.ts'
import { useSockets } from '../client/SocketProvider.tsx'
import { BrowserPublisher, idlePublisher } from './BrowserPublisher.ts'
import type { OutgoingMedia, PublisherSnapshot } from './BrowserPublisher.ts'

export type PublisherUse = {
  readonly publisher: PublisherSnapshot
  readonly goLive: () => void
  readonly end: () => void
  readonly setMicMuted: (muted: boolean) => void
  readonly setPicturePaused: (paused: boolean) => void
}

async function whenConnected(socket: Awaited<ReturnType<ReturnType<typeof useSockets>['get']>>): Promise<void> {
  if (socket.connected) return
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => done(new RequestFailed('network')), 8_000)
    const done = (failure: RequestFailed | null) => {
      clearTimeout(timer)
      stop()
      if (failure === null) resolve()
      else reject(failure)
    }
    const stop = socket.onConnect(() => done(null))
  })
}

export function usePublisher(channel: string, media: OutgoingMedia): PublisherUse {
  const sockets = useSockets()
  const [publisher, setPublisher] = useState<PublisherSnapshot>(idlePublisher)
  const current = useRef<BrowserPublisher | null>(null)
  const latest = useRef(media)
  useEffect(() => {
    latest.current = media
    current.current?.setMedia(media)
  }, [media])
  useEffect(() => () => current.current?.close(), [])

  const running = publisher.state === 'starting' || publisher.state === 'live' || publisher.state === 'reconnecting'
  useEffect(() => {
    if (!running) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [running])

  const start = useCallback(async () => {
    current.current?.close()
    setPublisher({ ...idlePublisher, state: 'starting' })
    try {
      const [socket, device] = await Promise.all([sockets.get(), import('../playback/loadDevice.ts').then(({ loadDevice }) => loadDevice())])
      await whenConnected(socket)
      const next = new BrowserPublisher({ channel, socket, device, media: latest.current, onChange: setPublisher })
      current.current = next
      next.start()
    } catch (thrown) {
      setPublisher({ ...idlePublisher, state: 'failed', failure: RequestFailed.from(thrown) })
    }
  }, [channel, sockets])

  const end = useCallback(async () => {
    try {
      await current.current?.end()
      setPublisher(idlePublisher)
    } catch (thrown) {
      setPublisher((old) => ({ ...old, failure: RequestFailed.from(thrown) }))
    }
  }, [])

  return {
    publisher,
    goLive: useCallback(() => void start(), [start]),
    end: useCallback(() => void end(), [end]),
    setMicMuted: useCallback((muted: boolean) => current.current?.setMicMuted(muted), []),
    setPicturePaused: useCallback((paused: boolean) => current.current?.setPicturePaused(paused), []),
  }
}
