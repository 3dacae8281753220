// Does to a video element what a key or a button asks for; what concerns the page around it is left to the caller.
import type { PlayerCommand } from './playerKeys.ts'

export function toggleMute(video: HTMLVideoElement): void {
  video.muted = !video.muted
  if (!video.muted && video.volume === 0) video.volume = 0.5
}

/** @param volume 0 to 1; 0 mutes. */
export function setVolume(video: HTMLVideoElement, volume: number): void {
  video.volume = Math.min(1, Math.max(0, volume))
  video.muted = video.volume === 0
}

/** @param seconds from the beginning, kept inside the video. */
export function seekTo(video: HTMLVideoElement, seconds: number): void {
  const end = Number.isFinite(video.duration) ? video.duration : Number.MAX_SAFE_INTEGER
  video.currentTime = Math.min(end, Math.max(0, seconds))
}

export function togglePictureInPicture(video: HTMLVideoElement): void {
  if (document.pictureInPictureElement !== null) void document.exitPictureInPicture().catch(() => undefined)
  // Refused without a picture or a touch: nothing happens, as with a button that has nothing to do.
  else void video.requestPictureInPicture?.().catch(() => undefined)
}

type PageCommands = { readonly togglePlay: () => void; readonly toggleFullscreen: () => void; readonly toggleTheatre: () => void; readonly toggleDanmaku?: () => void }

export function runPlayerCommand(video: HTMLVideoElement, command: PlayerCommand, page: PageCommands): void {
  switch (command.type) {
    case 'toggle-play':
      return page.togglePlay()
    case 'toggle-fullscreen':
      return page.toggleFullscreen()
    case 'toggle-theatre':
      return page.toggleTheatre()
    case 'toggle-danmaku':
      return page.toggleDanmaku?.()
    case 'toggle-mute':
      return toggleMute(video)
    case 'toggle-pip':
      return togglePictureInPicture(video)
    case 'change-volume':
      return setVolume(video, video.volume + command.by)
    case 'seek':
      return seekTo(video, video.currentTime + command.bySeconds)
  }
}
