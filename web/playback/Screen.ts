// The video element as a live session sees it: begins to play, shows the first picture, obeys the viewer's pause.
import { onFirstFrame } from './onFirstFrame.ts'
import { startPlaying } from './startPlaying.ts'
import type { Started } from './startPlaying.ts'

type Options = {
  readonly video: HTMLVideoElement
  /** A picture is there. `ms` is the time since this screen was made. */
  readonly onPicture: (ms: number) => void
  /** What the browser made of autoplay. */
  readonly onStarted: (started: Started) => void
}

export class Screen {
  readonly #options: Options
  readonly #madeAt = performance.now()
  #shown = false
  #paused = false
  #stopAwaiting: () => void = () => undefined

  constructor(options: Options) {
    this.#options = options
  }

  /** Something was seen or heard since the last `clear`. */
  get shown(): boolean {
    return this.#shown
  }

  /** Media is on its way: play it, and tell its first picture. */
  async begin(): Promise<void> {
    const { video, onPicture, onStarted } = this.#options
    if (!this.#shown) {
      this.#stopAwaiting()
      this.#stopAwaiting = onFirstFrame(video, () => {
        this.#shown = true
        onPicture(Math.round(performance.now() - this.#madeAt))
      })
    }
    // A stream whose tracks all ended is "ended", and must be started again.
    if (this.#paused || (!video.paused && !video.ended)) return
    const started = await startPlaying(video)
    if (started !== 'superseded') onStarted(started)
  }

  /** @returns whether it plays from now on. */
  togglePause(): boolean {
    const { video } = this.#options
    this.#paused = !video.paused
    if (this.#paused) video.pause()
    return !this.#paused
  }

  /** Nothing is to be seen until the next first picture. */
  clear(): void {
    this.#stopAwaiting()
    this.#shown = false
  }

  close(): void {
    this.#stopAwaiting()
    this.#options.video.srcObject = null
  }
}
