// Ties a replay's chat to its video: in step while it plays, at once after a seek.
import { useEffect, useMemo, useState } from 'react'
import { chatApi } from '../chat/chatApi.ts'
import { ReplayChat } from '../chat/ReplayChat.ts'

const STEP_MS = 250

/** @param video null until there is one. @returns null until the replay can play. */
export function useReplayChat(broadcastId: string, video: HTMLVideoElement | null, ready: boolean): { readonly source: ReplayChat | null; readonly failed: boolean } {
  const [failed, setFailed] = useState(false)
  const begun = ready && video !== null
  const source = useMemo(() => (begun ? new ReplayChat({ load: (from, to) => chatApi.replay(broadcastId, from, to), onFailed: setFailed }) : null), [broadcastId, begun])
  useEffect(() => {
    if (source === null || video === null) return
    const sync = () => source.sync(video.currentTime * 1_000)
    const timer = setInterval(sync, STEP_MS)
    video.addEventListener('seeked', sync)
    sync()
    return () => {
      clearInterval(timer)
      video.removeEventListener('seeked', sync)
    }
  }, [source, video])
  return { source, failed }
}
