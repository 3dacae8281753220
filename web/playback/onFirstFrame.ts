// Tells the moment a video's first picture is really on screen.

/** @returns what stops waiting. */
export function onFirstFrame(video: HTMLVideoElement, seen: () => void): () => void {
  let done = false
  const once = () => {
    if (done) return
    done = true
    stop()
    seen()
  }
  // A hidden page presents no frames and a sound-only stream has none: `timeupdate` of a playing element stands in.
  const fallback = () => (video.videoWidth === 0 || document.visibilityState === 'hidden') && video.currentTime > 0 && once()
  const frame = 'requestVideoFrameCallback' in video ? video.requestVideoFrameCallback(once) : null
  if (frame === null) video.addEventListener('playing', once)
  video.addEventListener('timeupdate', fallback)
  const stop = () => {
    done = true
    if (frame !== null) video.cancelVideoFrameCallback(frame)
    video.removeEventListener('playing', once)
    video.removeEventListener('timeupdate', fallback)
  }
  return stop
}
