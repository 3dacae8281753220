// Plays a short video with transparency: WebM with alpha as it is; MP4 as two halves side by side, colours left and transparency right.
import { drawSideBySide } from './drawSideBySide.ts'
import type { EffectPlayer } from './playEffect.ts'

export const playVideo: EffectPlayer = async ({ root, url, signal }) => {
  const video = document.createElement('video')
  Object.assign(video, { muted: true, playsInline: true, src: url, disableRemotePlayback: true })
  const ended = new Promise<void>((resolve, reject) => {
    video.addEventListener('ended', () => resolve(), { once: true })
    video.addEventListener('error', () => reject(new Error('The video cannot be played.')), { once: true })
  })
  // Who waits for the beginning hears of the failure by play().
  ended.catch(() => undefined)
  let stop = () => video.remove()
  const close = () => {
    stop()
    video.pause()
    video.removeAttribute('src')
    video.load()
  }
  signal.addEventListener('abort', close, { once: true })
  await video.play()
  // Twice as wide as it is shown: no picture is that wide by itself.
  if (video.videoWidth / video.videoHeight > 2.6 || /\.mp4(\?|$)/.test(url)) stop = drawSideBySide(video, root)
  else root.append(video)
  return { ended, close }
}
