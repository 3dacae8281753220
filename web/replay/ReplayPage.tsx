// `/r/:broadcastId`: a kept broadcast, with seeking and its file to take away.
import { Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { Download, Film, Hourglass, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { useSession } from '../accounts/SessionProvider.tsx'
import { chatApi } from '../chat/chatApi.ts'
import { api } from '../client/api.ts'
import { lazyPart } from '../client/lazyPart.ts'
import { useResource } from '../client/useResource.ts'
import { DanmakuMenu } from '../danmaku/DanmakuMenu.tsx'
import { useDanmaku } from '../danmaku/useDanmaku.ts'
import { formatBytes } from '../i18n/formatBytes.ts'
import { formatDuration } from '../i18n/formatDuration.ts'
import { formatWhen } from '../i18n/formatWhen.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { HlsPlayer } from '../playback/HlsPlayer.ts'
import { startPlaying } from '../playback/startPlaying.ts'
import type { Started } from '../playback/startPlaying.ts'
import { PlayerFrame } from '../player/PlayerFrame.tsx'
import { FollowButton } from '../people/FollowButton.tsx'
import { ShareButton } from '../share/ShareButton.tsx'
import { Button, ButtonAnchor, ButtonLink } from '../ui/Button.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import { ReplayHost } from './ReplayHost.tsx'
import { useReplayTicket } from '../tickets/useReplayTicket.ts'
import styles from './ReplayPage.module.css'
import { useReplayChat } from './useReplayChat.ts'

const ReplayPanel = lazyPart(() => import('../chat/ReplayPanel.tsx').then((panel) => ({ default: panel.ReplayPanel })))
const DanmakuLayer = lazyPart(() => import('../danmaku/DanmakuLayer.tsx').then((layer) => ({ default: layer.DanmakuLayer })))
const ReplayGifts = lazyPart(() => import('../gifts/ReplayGifts.tsx').then((gifts) => ({ default: gifts.ReplayGifts })))
const UserCard = lazyPart(() => import('../people/UserCard.tsx').then((card) => ({ default: card.UserCard })))
const TicketStage = lazyPart(() => import('../tickets/TicketStage.tsx').then((stage) => ({ default: stage.TicketStage })))

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
  const [danmakuOpen, setDanmakuOpen] = useState(false)
  const [person, setPerson] = useState<string | null>(null)
  const danmaku = useDanmaku()
  const { me } = useSession()
  const ownName = me?.user?.name ?? null
  const { access, locked, onPaid } = useReplayTicket(replay, me?.user?.id ?? null)
  const state = replay?.state ?? null
  const { source, failed } = useReplayChat(broadcastId, video, state === 'ready' && !locked)
  const hlsUrl = locked ? null : (replay?.hlsUrl ?? null)
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

  // Operators too: the table of permissions says so, and the server has the last word.
  const mayDownloadChat = replay !== null && me?.user != null && (me.user.name === replay.owner || me.user.role !== 'user')
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
      <div className={styles.main}>
        <title>{replay === null ? 'Footlight' : `${t('replay.title', { title: replay.title })} · Footlight`}</title>
        <PlayerFrame
          poster={replay === null || state === 'recording' ? null : replay.posterUrl}
          onVideo={setVideo}
          seekable
          onTogglePlay={togglePlay}
          idle={state !== 'ready' || locked}
          menuOpen={danmakuOpen}
          over={
            source === null ? null : (
              <Suspense>
                <DanmakuLayer source={source} video={video} settings={danmaku.settings} ownName={ownName} />
                <ReplayGifts source={source} video={video} ownName={ownName} />
              </Suspense>
            )
          }
          onToggleDanmaku={danmaku.toggle}
          right={<DanmakuMenu settings={danmaku.settings} onChange={danmaku.change} open={danmakuOpen} onOpen={setDanmakuOpen} />}
          overlay={
            message === null && replay !== null && locked && access !== null ? (
              <Suspense>
                <TicketStage channel={replay.channel} access={access} cover={replay.posterUrl} path={`/r/${broadcastId}`} replay onPaid={onPaid} />
              </Suspense>
            ) : (
              message
            )
          }
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
                  <span>{t('replay.recorded', { when: formatWhen(replay.startedAt, i18n.language) })}</span>
                  {state === 'ready' ? <span>{t('replay.duration', { time: formatDuration(replay.durationMs) })}</span> : null}
                </p>
              </div>
              <div className={styles.actions}>
                <ReplayHost channel={replay.channel} owner={replay.owner} />
                <FollowButton name={replay.owner} />
                <ShareButton path={`/r/${broadcastId}`} title={replay.title} kind="replay" />
                <ButtonLink to={`/c/${replay.channel}`}>{t('replay.toChannel')}</ButtonLink>
                {state === 'ready' && replay.mp4Url === null ? <span className={styles.noDownload}>{t('replay.noDownloadYet')}</span> : null}
                {state === 'ready' && replay.mp4Url !== null && !locked ? (
                  <ButtonAnchor kind="primary" href={replay.mp4Url} download={`${replay.channel}-${replay.broadcastId}.mp4`} icon={<Download aria-hidden="true" />} data-testid="download">
                    {replay.bytes > 0 ? t('replay.downloadSize', { size: formatBytes(replay.bytes, i18n.language) }) : t('replay.download')}
                  </ButtonAnchor>
                ) : null}
                {mayDownloadChat
                  ? (['jsonl', 'csv'] as const).map((kind) => (
                      <ButtonAnchor key={kind} href={chatApi.fileUrl(broadcastId, kind)} download={`${replay.channel}-${replay.broadcastId}.${kind}`} icon={<Download aria-hidden="true" />} data-testid={`download-chat-${kind}`}>
                        {t(kind === 'jsonl' ? 'chat.downloadJson' : 'chat.downloadCsv')}
                      </ButtonAnchor>
                    ))
                  : null}
              </div>
            </>
          )}
        </div>
      </div>
      <aside className={styles.chat} aria-label={t('chat.replayTitle')}>
        {source === null ? null : (
          <Suspense>
            <ReplayPanel source={source} failed={failed} onPerson={setPerson} />
          </Suspense>
        )}
      </aside>
      {person === null || replay === null ? null : (
        <Suspense>
          <UserCard name={person} channel={replay.channel} onClose={() => setPerson(null)} />
        </Suspense>
      )}
    </div>
  )
}
