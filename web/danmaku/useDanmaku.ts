// The reader's danmaku settings as page state.
import { useCallback, useState } from 'react'
import { loadDanmaku, saveDanmaku } from './danmakuSettings.ts'
import type { DanmakuSettings } from './danmakuSettings.ts'

export function useDanmaku(): { readonly settings: DanmakuSettings; readonly change: (settings: DanmakuSettings) => void; readonly toggle: () => void } {
  const [settings, setSettings] = useState<DanmakuSettings>(loadDanmaku)
  const change = useCallback((next: DanmakuSettings) => {
    saveDanmaku(next)
    setSettings(next)
  }, [])
  const toggle = useCallback(
    () =>
      setSettings((old) => {
        const next = { ...old, on: !old.on }
        saveDanmaku(next)
        return next
      }),
    [],
  )
  return { settings, change, toggle }
}
