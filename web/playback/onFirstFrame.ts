// Tells the moment a video's first picture is really on screen.

/** A stream's clock runs before anything arrives, so its track must be heard (`muted` ends with the first packet). */
function isSoundOnly(video: HTMLVideoElement): boolean {
  if (!(video.srcObject instanceof MediaStream)) return video.videoWidth === 0 && video.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA
  return video.srcObject.getVideoTracks().length === 0 && video.srcObject.getAudioTracks().some(({ muted }) => !muted)
}

/** @returns what stops waiting. */
export function onFirstFrame(video: HTMLVideoElement, seen: () => void): () => void {
  let done = false
  const once = () => {
    if (done) return
    done = true
    stop()
    seen()
  }
  // A hidden page presents no frames and a sound-only stream has none: progress of something real stands in.
  const fallback = () => (document.visibilityState === 'hidden' ? video.videoWidth > 0 : isSoundOnly(video)) && video.currentTime > 0 && once()
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
