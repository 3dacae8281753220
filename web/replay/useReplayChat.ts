// Ties a replay's chat to its video: in step while it plays, at once after a seek.
import { useEffect, useState } from 'react'
import { chatApi } from '../chat/chatApi.ts'
import { ReplayChat } from '../chat/ReplayChat.ts'

const STEP_MS = 250

/** @param video null until there is one. @returns null until the replay can play. */
export function useReplayChat(broadcastId: string, video: HTMLVideoElement | null, ready: boolean): { readonly source: ReplayChat | null; readonly failed: boolean } {
  const [source, setSource] = useState<ReplayChat | null>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    if (!ready || video === null) return
    const chat = new ReplayChat({ load: (from, to) => chatApi.replay(broadcastId, from, to), onFailed: setFailed })
    setSource(chat)
    const sync = () => chat.sync(video.currentTime * 1_000)
    const timer = setInterval(sync, STEP_MS)
    video.addEventListener('seeked', sync)
    sync()
    return () => {
      clearInterval(timer)
      video.removeEventListener('seeked', sync)
      setSource(null)
    }
  }, [broadcastId, video, ready])
  return { source, failed }
}
