// Gives the RTP timestamps of a source's tracks one common clock, by when their packets arrive.

/** A timestamp this far from its arrival belongs to another timeline: the track was switched or restarted, ms. A stall is shorter. */
const MAX_OFF_MS = 3_000
const WINDOW_MS = 5_000
/** Largest correction a window, ms; below what anyone sees or hears. */
const MAX_NUDGE_MS = 10
const TOLERANCE_MS = 20
/** Off by this much for a whole window, it is no drift: set right at once. */
const SHIFT_MS = 200

/**
 * Maps a track's RTP timestamps to ms since `origin`. The first packet fixes the offset; it is then nudged by the least delay
 * of each window, so that a late first packet or a drifting clock never parts sound and picture for long.
 */
export class RtpClock {
  readonly #clockRate: number
  #last: number | undefined
  #ticks = 0
  #offset = 0
  #windowStart = 0
  #leastDelay = Infinity

  constructor(clockRate: number) {
    this.#clockRate = clockRate
  }

  /** @param arrival ms since the ingest began, of the packet that completed the frame. */
  map(timestamp: number, arrival: number): number {
    if (this.#last === undefined) this.#anchor(arrival)
    else this.#ticks += (timestamp - this.#last) | 0
    this.#last = timestamp
    let mapped = this.#offset + (this.#ticks / this.#clockRate) * 1_000
    if (Math.abs(arrival - mapped) > MAX_OFF_MS) {
      this.#anchor(arrival)
      mapped = arrival
    }
    this.#observe(arrival - mapped, arrival)
    return Math.max(0, Math.round(mapped))
  }

  #anchor(arrival: number): void {
    this.#ticks = 0
    this.#offset = arrival
    this.#windowStart = arrival
    this.#leastDelay = Infinity
  }

  #observe(delay: number, arrival: number): void {
    this.#leastDelay = Math.min(this.#leastDelay, delay)
    if (arrival - this.#windowStart < WINDOW_MS) return
    const limit = Math.abs(this.#leastDelay) > SHIFT_MS ? Infinity : MAX_NUDGE_MS
    if (Math.abs(this.#leastDelay) > TOLERANCE_MS) this.#offset += Math.max(-limit, Math.min(limit, this.#leastDelay))
    this.#windowStart = arrival
    this.#leastDelay = Infinity
  }
}
