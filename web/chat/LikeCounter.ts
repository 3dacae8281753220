// Likes of a room: one's own sent in batches, everyone's counted, and hearts to let fly.
import { LIKES_AT_ONCE } from './chatLimits.ts'

const SEND_EVERY_MS = 500
/** More of one's own than this wait for nothing: the tapping is quicker than what is allowed. */
const WAITING_MAX = 2 * LIKES_AT_ONCE

export class LikeCounter {
  readonly #send: (count: number) => Promise<number>
  readonly #listeners = new Set<() => void>()
  readonly #heartListeners = new Set<(count: number, own: boolean) => void>()
  #total = 0
  #waiting = 0
  /** Own ones on their way: they come back among everyone's, but their hearts have flown. */
  #echoes = 0
  #sending = false
  #timer: ReturnType<typeof setTimeout> | undefined
  #closed = false

  /** @param send gives them to the server and answers the room's total. */
  constructor(send: (count: number) => Promise<number>) {
    this.#send = send
  }

  /** What the room has, one's own included at once. */
  get total(): number {
    return this.#total + this.#waiting
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly onHearts = (listener: (count: number, own: boolean) => void): (() => void) => {
    this.#heartListeners.add(listener)
    return () => this.#heartListeners.delete(listener)
  }

  /** One like of the reader's. */
  like(): void {
    for (const listener of this.#heartListeners) listener(1, true)
    if (this.#waiting >= WAITING_MAX) return
    this.#waiting++
    this.#tell()
    this.#timer ??= setTimeout(() => void this.#flush(), this.#sending ? SEND_EVERY_MS : 100)
  }

  /** The room's likes of the last moment. */
  liked(added: number, total: number): void {
    const own = Math.min(added, this.#echoes)
    this.#echoes -= own
    this.told(total)
    if (added > own) for (const listener of this.#heartListeners) listener(added - own, false)
  }

  told(total: number): void {
    this.#total = total
    this.#tell()
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
  }

  async #flush(): Promise<void> {
    const count = Math.min(LIKES_AT_ONCE, this.#waiting)
    this.#timer = undefined
    if (count === 0 || this.#closed) return void (this.#sending = false)
    this.#sending = true
    // Before the answer: the room's own telling may come first.
    this.#echoes += count
    this.#timer = setTimeout(() => void this.#flush(), SEND_EVERY_MS)
    try {
      const total = await this.#send(count)
      this.#waiting -= count
      this.told(Math.max(total, this.#total))
    } catch {
      // Likes that could not be given are let go: nobody waits for them.
      this.#echoes = Math.max(0, this.#echoes - count)
      this.#waiting -= count
      this.#tell()
    }
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
