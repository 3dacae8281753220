// The embedded live picture, with what is said while there is none.
import { useCallback, useState } from 'react'
import { useLiveSession } from '../playback/useLiveSession.ts'
import { PlayerFrame } from '../player/PlayerFrame.tsx'
import { LiveBadge } from '../ui/LiveBadge.tsx'
import { StageMessage } from '../watch/StageMessage.tsx'
import styles from './EmbedPage.module.css'
import { EmbedTicket } from './EmbedTicket.tsx'
import type { EmbedOptions } from './readEmbedOptions.ts'

export function EmbedLive({ channel, poster, options }: { readonly channel: string; readonly poster: string | null; readonly options: EmbedOptions }) {
  const [video, setVideo] = useState<HTMLVideoElement | null>(null)
  const { live, controls } = useLiveSession(channel, video)
  const { muted } = options
  const takeVideo = useCallback(
    (element: HTMLVideoElement | null) => {
      if (element !== null && muted) element.muted = true
      setVideo(element)
    },
    [muted],
  )
  const playing = live.state === 'live'
  const idle = !playing && live.state !== 'reconnecting' && live.state !== 'interrupted' && live.state !== 'connecting'
  return (
    <PlayerFrame
      poster={poster}
      onVideo={takeVideo}
      seekable={false}
      onTogglePlay={controls.togglePlay}
      idle={idle || !options.controls}
      overlay={live.state === 'live' ? null : live.state === 'ticket' ? <EmbedTicket path={`/c/${channel}`} /> : <StageMessage state={live.state} ban={live.banned} />}
      offerUnmute={options.controls && live.started === 'muted'}
      offerPlay={live.started === 'blocked' && playing}
      theatre
      onTheatre={() => undefined}
      data={{ 'data-testid': 'player', 'data-state': live.state, 'data-mode': live.mode }}
      left={
        <span className={styles.badge}>
          <LiveBadge state={live.state} testId="player-state" />
        </span>
      }
    />
  )
}
