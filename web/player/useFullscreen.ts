// Full screen for the whole player; iPhones only allow it for the video itself.
import { useCallback, useEffect, useState } from 'react'

type IPhoneVideo = HTMLVideoElement & { webkitEnterFullscreen?: () => void }

export function useFullscreen(root: HTMLElement | null, video: HTMLVideoElement | null): { readonly fullscreen: boolean; readonly toggle: () => void } {
  const [fullscreen, setFullscreen] = useState(false)
  useEffect(() => {
    const update = () => setFullscreen(root !== null && document.fullscreenElement === root)
    document.addEventListener('fullscreenchange', update)
    return () => document.removeEventListener('fullscreenchange', update)
  }, [root])
  const toggle = useCallback(() => {
    if (document.fullscreenElement !== null) void document.exitFullscreen()
    else if (root?.requestFullscreen !== undefined) void root.requestFullscreen().catch(() => undefined)
    else (video as IPhoneVideo | null)?.webkitEnterFullscreen?.()
  }, [root, video])
  return { fullscreen, toggle }
}
