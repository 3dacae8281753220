// The watch page's player: the live session's picture with its state, delay, quality and mode.
import { useCallback, useState } from 'react'
import type { ReactNode } from 'react'
import { Settings2, Zap } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { DanmakuMenu } from '../danmaku/DanmakuMenu.tsx'
import type { useDanmaku } from '../danmaku/useDanmaku.ts'
import type { ModeChoice } from '../playback/chooseMode.ts'
import type { LiveSnapshot } from '../playback/LiveSnapshot.ts'
import type { LiveControls } from '../playback/useLiveSession.ts'
import { PlayerFrame } from '../player/PlayerFrame.tsx'
import { PlayerMenu } from '../player/PlayerMenu.tsx'
import type { MenuItem } from '../player/PlayerMenu.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { StageMessage } from './StageMessage.tsx'
import styles from './LivePlayer.module.css'

type Props = {
  readonly live: LiveSnapshot
  readonly controls: LiveControls
  readonly onVideo: (video: HTMLVideoElement | null) => void
  readonly poster: string | null
  readonly theatre: boolean
  readonly onTheatre: () => void
  /** Where the ended broadcast can be seen again. */
  readonly replayPath: string | null
  readonly danmaku: ReturnType<typeof useDanmaku>
  /** What lies over the picture. */
  readonly over: ReactNode
  readonly onLike: (() => void) | null
  /** Of a paid show: over its picture, or in its place. */
  readonly ticket: ReactNode
}

export function LivePlayer({ live, controls, onVideo, poster, theatre, onTheatre, replayPath, danmaku, over, onLike, ticket }: Props) {
  const { t } = useTranslation()
  const [menu, setMenu] = useState<'quality' | 'mode' | 'danmaku' | null>(null)
  const openDanmaku = useCallback((open: boolean) => setMenu(open ? 'danmaku' : null), [])
  const idle = live.state !== 'live' && live.state !== 'reconnecting' && live.state !== 'interrupted' && live.state !== 'connecting'

  const modes: readonly MenuItem<ModeChoice>[] = [
    { value: 'auto', label: t('player.auto'), hint: t('player.autoHint') },
    { value: 'webrtc', label: t('player.webrtc'), hint: t('player.webrtcHint') },
    { value: 'hls', label: t('player.hls'), hint: t('player.hlsHint') },
  ]
  const labelOf = (height: number) => (height > 0 ? t('player.height', { height }) : t('player.source'))
  const now = live.playingHeight ?? live.broadcast?.video?.height ?? null
  const qualities: readonly MenuItem<number>[] = [
    { value: -1, label: now === null ? t('player.auto') : t('player.autoNow', { now: labelOf(now) }) },
    ...live.qualities.map(({ level, height }) => ({ value: level, label: labelOf(height) })).reverse(),
  ]
  const chosen = live.qualities.find(({ level }) => level === live.quality)

  return (
    <PlayerFrame
      poster={poster}
      onVideo={onVideo}
      seekable={false}
      onTogglePlay={controls.togglePlay}
      idle={idle}
      overlay={live.state === 'live' ? null : live.state === 'ticket' ? ticket : <StageMessage state={live.state} ban={live.banned} action={live.state === 'ended' && replayPath !== null ? <ButtonLink to={replayPath}>{t('watch.endedReplay')}</ButtonLink> : undefined} />}
      offerUnmute={live.started === 'muted'}
      offerPlay={live.started === 'blocked' && live.state === 'live'}
      theatre={theatre}
      onTheatre={onTheatre}
      menuOpen={menu !== null}
      over={
        <>
          {over}
          {live.state === 'ticket' ? null : ticket}
        </>
      }
      onDouble={onLike}
      onToggleDanmaku={danmaku.toggle}
      data={{ 'data-mode': live.mode, 'data-state': live.state, 'data-delay-ms': live.delayMs ?? undefined, 'data-first-frame-ms': live.firstFrameMs ?? undefined, 'data-testid': 'player' }}
      left={
        <span className={styles.live}>
          <span className={live.state === 'live' ? styles.dot : `${styles.dot} ${styles.pale}`} aria-hidden="true" />
          <span data-testid="player-delay" className={styles.delay}>
            {live.delayMs === null ? t('player.delayUnknown') : t('player.delay', { ms: live.delayMs })}
          </span>
          <span className={styles.shortDelay} aria-hidden="true">
            {live.delayMs === null ? '…' : t('player.shortDelay', { ms: live.delayMs })}
          </span>
        </span>
      }
      right={
        <>
          <DanmakuMenu settings={danmaku.settings} onChange={danmaku.change} open={menu === 'danmaku'} onOpen={openDanmaku} />
          <PlayerMenu
            label={t('player.quality')}
            shown={
              <>
                <Settings2 aria-hidden="true" size={20} />
                <span className={styles.quality}>{chosen === undefined ? (now === null ? t('player.auto') : labelOf(now)) : labelOf(chosen.height)}</span>
              </>
            }
            items={qualities}
            value={live.quality}
            open={menu === 'quality'}
            onOpen={(open) => setMenu(open ? 'quality' : null)}
            onChoose={controls.setQuality}
            testId="quality-menu"
          />
          <PlayerMenu
            label={t('player.mode')}
            shown={
              <>
                <Zap aria-hidden="true" size={18} />
                <span className={styles.label} data-testid="player-mode" data-mode={live.mode}>
                  {t(`player.${live.mode}`)}
                </span>
              </>
            }
            items={modes}
            value={live.choice}
            open={menu === 'mode'}
            onOpen={(open) => setMenu(open ? 'mode' : null)}
            onChoose={controls.setMode}
            testId="mode-menu"
          />
        </>
      }
    />
  )
}
