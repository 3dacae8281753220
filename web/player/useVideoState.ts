// A video element's own state as React state, and the viewer's volume kept for the next visit.
import { useEffect, useState } from 'react'
import { remember, remembered } from '../client/remembered.ts'

const VOLUME_KEY = 'footlight.volume'

export type VideoState = {
  readonly paused: boolean
  readonly muted: boolean
  readonly volume: number
  readonly waiting: boolean
  /** Seconds. */
  readonly time: number
  readonly duration: number
  readonly inPip: boolean
}

const read = (video: HTMLVideoElement | null): VideoState => ({
  paused: video?.paused ?? true,
  muted: video?.muted ?? false,
  volume: video?.volume ?? 1,
  waiting: video !== null && !video.paused && video.readyState > 0 && video.readyState < 3,
  time: video?.currentTime ?? 0,
  duration: video !== null && Number.isFinite(video.duration) ? video.duration : 0,
  inPip: video !== null && document.pictureInPictureElement === video,
})

const events = ['play', 'pause', 'ended', 'volumechange', 'waiting', 'playing', 'canplay', 'timeupdate', 'seeking', 'seeked', 'durationchange', 'emptied', 'enterpictureinpicture', 'leavepictureinpicture'] as const

function restoreVolume(video: HTMLVideoElement): void {
  const stored = Number.parseFloat(remembered(VOLUME_KEY) ?? '1')
  if (stored >= 0 && stored <= 1) video.volume = stored
}

export function useVideoState(video: HTMLVideoElement | null): VideoState {
  const [state, setState] = useState<VideoState>(() => read(video))
  useEffect(() => {
    if (video === null) return
    restoreVolume(video)
    const update = (event?: Event) => {
      if (event?.type === 'volumechange') remember(VOLUME_KEY, String(video.volume))
      setState(read(video))
    }
    update()
    for (const name of events) video.addEventListener(name, update)
    return () => {
      for (const name of events) video.removeEventListener(name, update)
    }
  }, [video])
  return state
}
