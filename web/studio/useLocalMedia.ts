// Ties the host's devices to the studio page.
import { useCallback, useEffect, useRef, useState } from 'react'
import { LocalMedia, noMedia } from './LocalMedia.ts'
import type { LocalMediaSnapshot } from './LocalMedia.ts'
import type { StudioSettings } from './studioSettings.ts'

export type LocalMediaUse = { readonly media: LocalMediaSnapshot; readonly chooseScreen: () => void; readonly retry: () => void }

/** @param active opens the devices: not before the host comes to the browser tab. */
export function useLocalMedia(settings: StudioSettings, active: boolean): LocalMediaUse {
  const [media, setMedia] = useState<LocalMediaSnapshot>(noMedia)
  const local = useRef<LocalMedia | null>(null)
  useEffect(() => {
    if (!active) return
    const current = new LocalMedia(setMedia)
    local.current = current
    return () => {
      local.current = null
      current.close()
      setMedia(noMedia)
    }
  }, [active])
  useEffect(() => {
    if (active) void local.current?.apply(settings)
  }, [active, settings])
  const chooseScreen = useCallback(() => void local.current?.chooseScreen(settings), [settings])
  const retry = useCallback(() => void local.current?.retry(), [])
  return { media, chooseScreen, retry }
}
