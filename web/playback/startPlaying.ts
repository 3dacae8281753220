// Starts a video with sound if the browser allows it, else muted, else not at all until the viewer touches it.

export type Started = 'with-sound' | 'muted' | 'blocked' | 'superseded'

/** Browsers refuse sound before the first touch (NotAllowedError); a new source during the wait supersedes it (AbortError). */
export async function startPlaying(video: HTMLVideoElement): Promise<Started> {
  const attempt = async (): Promise<'playing' | 'refused' | 'superseded'> => {
    try {
      await video.play()
      return 'playing'
    } catch (thrown) {
      return thrown instanceof DOMException && thrown.name === 'NotAllowedError' ? 'refused' : 'superseded'
    }
  }
  const first = await attempt()
  if (first !== 'refused') return first === 'playing' ? (video.muted ? 'muted' : 'with-sound') : 'superseded'
  video.muted = true
  const second = await attempt()
  return second === 'playing' ? 'muted' : second === 'refused' ? 'blocked' : 'superseded'
}
