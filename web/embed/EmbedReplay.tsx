// An embedded kept broadcast.
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../client/api.ts'
import { useResource } from '../client/useResource.ts'
import { HlsPlayer } from '../playback/HlsPlayer.ts'
import { startPlaying } from '../playback/startPlaying.ts'
import type { Started } from '../playback/startPlaying.ts'
import { PlayerFrame } from '../player/PlayerFrame.tsx'
import { seekTo } from '../player/runPlayerCommand.ts'
import styles from './EmbedPage.module.css'
import { EmbedTicket } from './EmbedTicket.tsx'
import type { EmbedOptions } from './readEmbedOptions.ts'

export function EmbedReplay({ broadcastId, options }: { readonly broadcastId: string; readonly options: EmbedOptions }) {
  const { t } = useTranslation()
  const { data: replay, error } = useResource(`embed-replay:${broadcastId}`, (signal) => api.replay(broadcastId, signal))
  const [video, setVideo] = useState<HTMLVideoElement | null>(null)
  const [started, setStarted] = useState<Started | null>(null)
  const [trouble, setTrouble] = useState(false)
  const { muted, startAt } = options
  const hlsUrl = replay?.state === 'ready' && replay.ticket === null ? replay.hlsUrl : null

  useEffect(() => {
    if (video === null || hlsUrl === null) return
    let ready = false
    const player = new HlsPlayer({
      url: hlsUrl,
      video,
      live: false,
      onReady: () => {
        setTrouble(false)
        if (ready) return
        ready = true
        if (startAt > 0) seekTo(video, startAt)
        void startPlaying(video).then((how) => how !== 'superseded' && setStarted(how))
      },
      onTrouble: () => setTrouble(true),
    })
    void player.start().catch(() => setTrouble(true))
    return () => player.close()
  }, [video, hlsUrl, startAt])

  const takeVideo = useCallback(
    (element: HTMLVideoElement | null) => {
      if (element !== null && muted) element.muted = true
      setVideo(element)
    },
    [muted],
  )
  const togglePlay = useCallback(() => {
    if (video === null) return
    if (video.paused) void startPlaying(video).then((how) => how !== 'superseded' && setStarted(how))
    else video.pause()
  }, [video])

  const message = error !== null && replay === null ? t('embed.replayNotFound') : replay !== null && replay.state !== 'ready' ? t(`replay.${replay.state}`) : trouble ? t('replay.playFailed') : null
  return (
    <PlayerFrame
      poster={hlsUrl === null ? null : (replay?.posterUrl ?? null)}
      onVideo={takeVideo}
      seekable
      onTogglePlay={togglePlay}
      idle={hlsUrl === null || !options.controls}
      overlay={replay != null && replay.ticket !== null ? <EmbedTicket path={`/r/${broadcastId}`} replay /> : message === null ? null : <p className={styles.message}>{message}</p>}
      offerUnmute={options.controls && started === 'muted'}
      offerPlay={started === 'blocked'}
      theatre
      onTheatre={() => undefined}
      data={{ 'data-testid': 'player', 'data-mode': 'hls', 'data-state': replay?.state ?? 'connecting' }}
    />
  )
}
