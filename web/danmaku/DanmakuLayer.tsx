// Messages over the picture, in every way of playing it: follows the chat, the video's pauses and the reader's settings.
import { useEffect, useRef } from 'react'
import type { ChatSource } from '../chat/ChatSource.ts'
import { useReducedMotion } from './useReducedMotion.ts'
import styles from './Danmaku.module.css'
import { DanmakuStage } from './DanmakuStage.ts'
import type { DanmakuSettings } from './danmakuSettings.ts'

type Props = {
  readonly source: ChatSource
  readonly video: HTMLVideoElement | null
  readonly settings: DanmakuSettings
  /** Who reads; whose mentions count as important. */
  readonly ownName: string | null
}

export function DanmakuLayer({ source, video, settings, ownName }: Props) {
  const root = useRef<HTMLDivElement>(null)
  const stage = useRef<DanmakuStage | null>(null)
  const calm = useReducedMotion()
  const latest = useRef({ settings, ownName })
  useEffect(() => {
    latest.current = { settings, ownName }
    if (stage.current !== null) stage.current.settings = settings
  }, [settings, ownName])

  useEffect(() => {
    if (root.current === null) return
    const current = new DanmakuStage({ root: root.current, settings: latest.current.settings, calm })
    stage.current = current
    const stopMessages = source.onFresh((message, own) => current.add(message, own || message.author?.name === latest.current.ownName, latest.current.ownName !== null && message.mentions.includes(latest.current.ownName)))
    const update = () => current.pause(video?.paused ?? false)
    const seeked = () => current.clear()
    update()
    video?.addEventListener('play', update)
    video?.addEventListener('pause', update)
    video?.addEventListener('seeking', seeked)
    return () => {
      stopMessages()
      video?.removeEventListener('play', update)
      video?.removeEventListener('pause', update)
      video?.removeEventListener('seeking', seeked)
      stage.current = null
      current.close()
    }
  }, [source, video, calm])

  return <div ref={root} className={styles.layer} aria-hidden="true" data-testid="danmaku-layer" />
}
