// The 16:9 stage every video plays on: the picture, what lies over it, the controls, and the keys.
import { useCallback, useEffect, useState } from 'react'
import type { KeyboardEvent as ReactKeyboardEvent, ReactNode } from 'react'
import { Maximize, Minimize, Pause, PictureInPicture2, Play, RectangleHorizontal, Volume2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ControlButton } from './ControlButton.tsx'
import controls from './controls.module.css'
import styles from './PlayerFrame.module.css'
import { playerKeys } from './playerKeys.ts'
import type { PlayerCommand } from './playerKeys.ts'
import { runPlayerCommand, seekTo, setVolume } from './runPlayerCommand.ts'
import { SeekBar } from './SeekBar.tsx'
import { useAutoHide } from './useAutoHide.ts'
import { useFullscreen } from './useFullscreen.ts'
import { useTaps } from './useTaps.ts'
import { useVideoState } from './useVideoState.ts'
import { VolumeControl } from './VolumeControl.tsx'
import { formatDuration } from '../i18n/formatDuration.ts'
import { Spinner } from '../ui/Spinner.tsx'

type Props = {
  readonly poster: string | null
  /** Gets the element once; it lives as long as the frame. */
  readonly onVideo: (video: HTMLVideoElement | null) => void
  /** A replay can seek; a live picture cannot. */
  readonly seekable: boolean
  readonly onTogglePlay: () => void
  /** Nothing plays now: no controls, and `overlay` speaks. */
  readonly idle: boolean
  readonly overlay?: ReactNode
  /** Lies over the picture and below everything one can press, such as messages that fly by. */
  readonly over?: ReactNode
  /** A double tap or double click on the picture. */
  readonly onDouble?: (() => void) | null
  readonly onToggleDanmaku?: () => void
  /** Muted by the browser's autoplay rule: offer sound. */
  readonly offerUnmute: boolean
  /** The picture waits for a touch. */
  readonly offerPlay: boolean
  readonly theatre: boolean
  readonly onTheatre: () => void
  /** Left and right of the bar, such as state and menus. */
  readonly left?: ReactNode
  readonly right?: ReactNode
  readonly menuOpen?: boolean
  /** `data-*` of the root, for tests and measurements. */
  readonly data?: Readonly<Record<`data-${string}`, string | number | undefined>>
}

export function PlayerFrame(props: Props) {
  const { poster, onVideo, seekable, onTogglePlay, idle, overlay, over, onDouble = null, onToggleDanmaku, offerUnmute, offerPlay, theatre, onTheatre, left, right, menuOpen = false, data } = props
  const { t } = useTranslation()
  const [root, setRoot] = useState<HTMLDivElement | null>(null)
  const [video, setVideo] = useState<HTMLVideoElement | null>(null)
  const state = useVideoState(video)
  const { fullscreen, toggle: toggleFullscreen } = useFullscreen(root, video)
  const { shown, wake, sleep } = useAutoHide(menuOpen || (state.paused && !idle))

  const takeVideo = useCallback(
    (element: HTMLVideoElement | null) => {
      setVideo(element)
      onVideo(element)
    },
    [onVideo],
  )

  const run = useCallback(
    (command: PlayerCommand) => {
      if (video !== null) runPlayerCommand(video, command, { togglePlay: onTogglePlay, toggleFullscreen, toggleTheatre: onTheatre, ...(onToggleDanmaku === undefined ? {} : { toggleDanmaku: onToggleDanmaku }) })
    },
    [video, onTogglePlay, toggleFullscreen, onTheatre, onToggleDanmaku],
  )

  useEffect(() => {
    const keyDown = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      if (event.defaultPrevented || target.closest('input:not([type=range]), textarea, select, dialog, [role=menu], [contenteditable]') !== null) return
      // Space on a button presses it, arrows on a slider move it.
      if (event.key === ' ' && target.closest('button, a') !== null) return
      if (event.key.startsWith('Arrow') && target.closest('input') !== null) return
      const command = playerKeys(event, { seekable })
      if (command === null || (idle && command.type !== 'toggle-theatre') || (command.type === 'toggle-danmaku' && onToggleDanmaku === undefined)) return
      event.preventDefault()
      wake()
      run(command)
    }
    document.addEventListener('keydown', keyDown)
    return () => document.removeEventListener('keydown', keyDown)
  }, [run, seekable, idle, wake, onToggleDanmaku])

  // A touch on the picture brings the controls; a mouse click plays or pauses; two of either like it.
  const tapped = useTaps({ onTouch: () => (shown ? sleep() : wake()), onClick: () => !idle && onTogglePlay(), onDouble })
  const focusInside = (event: ReactKeyboardEvent) => {
    if (event.key === 'Tab') wake()
  }

  const pipPossible = video !== null && 'requestPictureInPicture' in video && document.pictureInPictureEnabled
  return (
    <div
      ref={setRoot}
      className={`${styles.frame} ${theatre ? styles.theatre : ''} ${idle ? styles.idle : ''} ${shown ? '' : styles.calm}`}
      role="region"
      aria-label={t('player.label')}
      onPointerMove={(event) => event.pointerType === 'mouse' && wake()}
      onPointerLeave={(event) => event.pointerType === 'mouse' && !menuOpen && sleep()}
      onKeyUp={focusInside}
      {...data}
    >
      <video ref={takeVideo} className={styles.video} playsInline poster={poster ?? undefined} onPointerUp={tapped} data-testid="player-video" />
      {over}
      {overlay === undefined || overlay === null ? null : <div className={styles.overlay}>{overlay}</div>}
      {state.waiting && !idle && (overlay === undefined || overlay === null) ? (
        <div className={styles.waiting} aria-label={t('player.buffering')}>
          <Spinner large />
        </div>
      ) : null}
      {offerPlay ? (
        <button type="button" className={styles.bigPlay} onClick={onTogglePlay} data-testid="play-chip">
          <Play aria-hidden="true" size={30} fill="currentColor" />
          <span>{t('player.tapToPlay')}</span>
        </button>
      ) : null}
      {offerUnmute && state.muted && !idle ? (
        <button type="button" className={styles.chip} onClick={() => run({ type: 'toggle-mute' })} data-testid="unmute-chip">
          <Volume2 aria-hidden="true" size={18} />
          {t('player.unmuteChip')}
        </button>
      ) : null}
      {idle ? null : (
        <div className={`${controls.bar} ${shown ? controls.shown : ''}`} onFocus={wake}>
          {seekable ? <SeekBar time={state.time} duration={state.duration} onSeek={(seconds) => video !== null && seekTo(video, seconds)} /> : null}
          <div className={controls.row}>
            <ControlButton label={state.paused ? t('player.play') : t('player.pause')} shortcut="Space" onClick={onTogglePlay} data-testid="play">
              {state.paused ? <Play aria-hidden="true" fill="currentColor" /> : <Pause aria-hidden="true" fill="currentColor" />}
            </ControlButton>
            <VolumeControl
              muted={state.muted}
              volume={state.volume}
              onMute={() => run({ type: 'toggle-mute' })}
              onVolume={(volume) => video !== null && setVolume(video, volume)}
            />
            {seekable ? <span className={controls.times}>{t('player.position', { at: formatDuration(state.time * 1000), total: formatDuration(state.duration * 1000) })}</span> : null}
            {left}
            <span className={controls.space} />
            {right}
            {pipPossible ? (
              <span className={controls.wideOnly}>
                <ControlButton label={state.inPip ? t('player.leavePip') : t('player.pip')} shortcut="p" onClick={() => run({ type: 'toggle-pip' })} data-testid="pip">
                  <PictureInPicture2 aria-hidden="true" />
                </ControlButton>
              </span>
            ) : null}
            <span className={controls.wideOnly}>
              <ControlButton label={theatre ? t('player.leaveTheatre') : t('player.theatre')} shortcut="t" aria-pressed={theatre} onClick={onTheatre} data-testid="theatre">
                <RectangleHorizontal aria-hidden="true" />
              </ControlButton>
            </span>
            <ControlButton label={fullscreen ? t('player.leaveFullscreen') : t('player.fullscreen')} shortcut="f" onClick={toggleFullscreen} data-testid="fullscreen">
              {fullscreen ? <Minimize aria-hidden="true" /> : <Maximize aria-hidden="true" />}
            </ControlButton>
          </div>
        </div>
      )}
    </div>
  )
}
