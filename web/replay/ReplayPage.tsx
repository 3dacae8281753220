// `/r/:broadcastId`: a kept broadcast, with seeking and its file to take away.
import { useCallback, useEffect, useRef, useState } from 'react'
import { Download, Film, Hourglass, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { api } from '../client/api.ts'
import { useResource } from '../client/useResource.ts'
import { formatBytes } from '../i18n/formatBytes.ts'
import { formatDuration } from '../i18n/formatDuration.ts'
import { formatWhen } from '../i18n/formatWhen.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { HlsPlayer } from '../playback/HlsPlayer.ts'
import { startPlaying } from '../playback/startPlaying.ts'
import type { Started } from '../playback/startPlaying.ts'
import { PlayerFrame } from '../player/PlayerFrame.tsx'
import { Button, ButtonAnchor, ButtonLink } from '../ui/Button.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import styles from './ReplayPage.module.css'

const POLL_MS = 3_000
/** The page plays already; only its download is waited for. */
const MP4_POLL_MS = 10_000

export function ReplayPage() {
  const { broadcastId = '' } = useParams()
  const { t, i18n } = useTranslation()
  const failureText = useFailureText()
  const [everyMs, setEveryMs] = useState<number | null>(null)
  const { data: replay, error, reload } = useResource(`replay:${broadcastId}`, (signal) => api.replay(broadcastId, signal), { everyMs })
  const [video, setVideo] = useState<HTMLVideoElement | null>(null)
  const [theatre, setTheatre] = useState(false)
  const [started, setStarted] = useState<Started | null>(null)
  const [trouble, setTrouble] = useState(false)
  const state = replay?.state ?? null
  const hlsUrl = replay?.hlsUrl ?? null
  const pollMs = state === 'recording' || state === 'finishing' ? POLL_MS : state === 'ready' && replay?.mp4Url === null ? MP4_POLL_MS : null
  if (pollMs !== everyMs) setEveryMs(pollMs)

  const playing = useRef(false)
  useEffect(() => {
    if (video === null || hlsUrl === null || state !== 'ready') return
    const player = new HlsPlayer({
      url: hlsUrl,
      video,
      live: false,
      onReady: () => {
        setTrouble(false)
        if (playing.current) return
        playing.current = true
        void startPlaying(video).then((how) => how !== 'superseded' && setStarted(how))
      },
      onTrouble: () => setTrouble(true),
    })
    void player.start().catch(() => setTrouble(true))
    return () => {
      playing.current = false
      player.close()
    }
  }, [video, hlsUrl, state])

  const togglePlay = useCallback(() => {
    if (video === null) return
    if (video.paused) void startPlaying(video).then((how) => how !== 'superseded' && setStarted(how))
    else video.pause()
  }, [video])

  if (replay === null && error !== null) {
    const missing = error.code === 'replay-not-found' || error.code === 'not-found' || error.code === 'bad-request'
    return (
      <div className={styles.missing}>
        <MessageBox
          tone={missing ? 'calm' : 'bad'}
          title={missing ? t('replay.notFoundTitle') : failureText(error)}
          icon={<Film size={28} aria-hidden="true" />}
          actions={missing ? <ButtonLink to="/">{t('notFound.home')}</ButtonLink> : <Button onClick={reload}>{t('app.retry')}</Button>}
        >
          {missing ? t('replay.notFoundBody') : undefined}
        </MessageBox>
      </div>
    )
  }

  const message =
    state === 'recording' || state === 'finishing' || state === 'failed' ? (
      <div className={styles.stageMessage}>
        {state === 'failed' ? <TriangleAlert size={32} aria-hidden="true" /> : <Hourglass size={32} aria-hidden="true" />}
        <p className={styles.stageTitle}>{t(`replay.${state}`)}</p>
        <p>{t(`replay.${state}Body`)}</p>
      </div>
    ) : trouble ? (
      <div className={styles.stageMessage}>
        <TriangleAlert size={32} aria-hidden="true" />
        <p className={styles.stageTitle}>{t('replay.playFailed')}</p>
      </div>
    ) : null

  return (
    <div className={theatre ? `${styles.page} ${styles.wide}` : styles.page}>
      <title>{replay === null ? 'Footlight' : `${t('replay.title', { title: replay.title })} · Footlight`}</title>
      <PlayerFrame
        poster={replay === null || state === 'recording' ? null : replay.posterUrl}
        onVideo={setVideo}
        seekable
        onTogglePlay={togglePlay}
        idle={state !== 'ready'}
        overlay={message}
        offerUnmute={started === 'muted'}
        offerPlay={started === 'blocked'}
        theatre={theatre}
        onTheatre={() => setTheatre((old) => !old)}
        data={{ 'data-testid': 'player', 'data-mode': 'hls', 'data-state': state ?? 'connecting' }}
      />
      <div className={styles.info} role="status">
        {replay === null ? (
          <span className={`skeleton ${styles.titleWait}`} />
        ) : (
          <>
            <div className={styles.words}>
              <h1>{replay.title}</h1>
              <p className={styles.facts}>
                <span>{t('watch.by', { owner: replay.owner })}</span>
                <span>{t('replay.recorded', { when: formatWhen(replay.startedAt, i18n.language) })}</span>
                {state === 'ready' ? <span>{t('replay.duration', { time: formatDuration(replay.durationMs) })}</span> : null}
              </p>
            </div>
            <div className={styles.actions}>
              <ButtonLink to={`/c/${replay.channel}`}>{t('replay.toChannel')}</ButtonLink>
              {state === 'ready' && replay.mp4Url === null ? <span className={styles.noDownload}>{t('replay.noDownloadYet')}</span> : null}
              {state === 'ready' && replay.mp4Url !== null ? (
                <ButtonAnchor kind="primary" href={replay.mp4Url} download={`${replay.channel}-${replay.broadcastId}.mp4`} icon={<Download aria-hidden="true" />} data-testid="download">
                  {replay.bytes > 0 ? t('replay.downloadSize', { size: formatBytes(replay.bytes, i18n.language) }) : t('replay.download')}
                </ButtonAnchor>
              ) : null}
            </div>
          </>
        )}
      </div>
    </div>
  )
}
