// Gives a broadcast one clock that starts at 0 and never runs backwards, whatever its encoders and reconnects do.

/** Distance between the last tag of one source and the first of the next, ms: about one frame. */
const SEAM_MS = 40
const MAX_STEP_BACK_MS = 3_000
const MAX_STEP_AHEAD_MS = 10_000

/** Maps a source's timestamps (ms) to the broadcast's. */
export class Timeline {
  #offset: number | undefined
  #lastSource = 0
  #last = -SEAM_MS
  readonly #lastOfType = { audio: 0, video: 0 }

  /** The next tag is the first of another source. */
  seam(): void {
    this.#offset = undefined
  }

  /** Where the broadcast is now, ms. */
  get now(): number {
    return Math.max(0, this.#last)
  }

  /** The broadcast time of a frame; never below an earlier one of the same type. */
  map(type: 'audio' | 'video', timestamp: number): number {
    const step = timestamp - this.#lastSource
    if (this.#offset === undefined || step < -MAX_STEP_BACK_MS || step > MAX_STEP_AHEAD_MS) this.#offset = this.#last + SEAM_MS - timestamp
    this.#lastSource = timestamp
    const mapped = Math.max(timestamp + this.#offset, this.#lastOfType[type], 0)
    this.#lastOfType[type] = mapped
    this.#last = Math.max(this.#last, mapped)
    return mapped
  }
}
