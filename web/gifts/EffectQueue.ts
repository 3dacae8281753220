// Which full-screen effect plays: one at a time, one's own and the grander first.
import type { GiftLine } from '../../server/contract/gifts.ts'

const IN_LINE = 20

export type Effect = { readonly key: string; readonly line: GiftLine; readonly url: string; readonly own: boolean }

export class EffectQueue {
  #playing: Effect | null = null
  #waiting: Effect[] = []

  get playing(): Effect | null {
    return this.#playing
  }

  get waiting(): number {
    return this.#waiting.length
  }

  add(effect: Effect): void {
    const weight = ({ own, line }: Effect) => (own ? 100 : 0) + line.gift.tier
    const at = this.#waiting.findIndex((other) => weight(other) < weight(effect))
    this.#waiting.splice(at === -1 ? this.#waiting.length : at, 0, effect)
    if (this.#waiting.length > IN_LINE) this.#waiting.pop()
    if (this.#playing === null) this.#next()
  }

  /** It ended, failed or was skipped. @param key of the one meant: a late word about a former one changes nothing. */
  done(key: string): void {
    if (this.#playing?.key === key) this.#next()
  }

  clear(): void {
    this.#waiting = []
    this.#playing = null
  }

  #next(): void {
    this.#playing = this.#waiting.shift() ?? null
  }
}
