// Tells a single touch from a double one, and a mouse's click from its double click: a mouse never waits, a finger a quarter of a second.
const DOUBLE_MS = 250
/** After a double one each further touch counts at once, for who goes on liking. */
const BURST_MS = 600

type Options = {
  readonly onTouch: () => void
  readonly onClick: () => void
  /** The second click of two: what the first one did is to be undone. */
  readonly onDouble: (() => void) | null
  readonly now?: () => number
}

export class TapReader {
  options: Options
  #lastTouch = -Infinity
  #lastClick = -Infinity
  #burstUntil = -Infinity
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: Options) {
    this.options = options
  }

  touch(): void {
    const { onTouch, onDouble, now = Date.now } = this.options
    const at = now()
    if (onDouble === null) return onTouch()
    if (at - this.#lastTouch <= DOUBLE_MS || at < this.#burstUntil) {
      clearTimeout(this.#timer)
      this.#burstUntil = at + BURST_MS
      onDouble()
    } else this.#timer = setTimeout(() => this.options.onTouch(), DOUBLE_MS)
    this.#lastTouch = at
  }

  click(): void {
    const { onClick, onDouble, now = Date.now } = this.options
    const at = now()
    const double = onDouble !== null && at - this.#lastClick <= DOUBLE_MS
    this.#lastClick = double ? -Infinity : at
    // The second click undoes the first: the picture plays on as it did.
    onClick()
    if (double) onDouble()
  }

  close(): void {
    clearTimeout(this.#timer)
  }
}
