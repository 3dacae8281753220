// Makes one endless clock of RTMP's 32-bit timestamps, which start over after 49.7 days.

const HALF = 0x8000_0000
const WRAP = 0x1_0000_0000

/** Unwraps the timestamps of one connection, audio and video together: each is taken as the nearest to the one before. */
export class TimestampUnwrapper {
  #last: number | undefined

  /** The unwrapped time in milliseconds, never negative. */
  unwrap(timestamp: number): number {
    if (this.#last === undefined) {
      this.#last = timestamp
      return timestamp
    }
    const forward = (timestamp - this.#last) >>> 0
    const step = forward < HALF ? forward : forward - WRAP
    this.#last += step
    if (this.#last < 0) this.#last = timestamp
    return this.#last
  }
}
