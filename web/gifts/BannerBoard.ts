// Which banners are seen: one for each person and gift, counting up while the combo lasts, at most three at once, the rest in line.
import type { GiftLine } from '../../server/contract/gifts.ts'
import { COMBO_MS } from './giftLimits.ts'

const AT_ONCE = 3
const IN_LINE = 30

export type Banner = {
  readonly key: string
  readonly line: GiftLine
  readonly count: number
  /** How often it counted up: a page makes it pop at each change. */
  readonly pops: number
  readonly own: boolean
}
type Held = Banner & { until: number }

export class BannerBoard {
  #shown: Held[] = []
  #waiting: Held[] = []

  /** Oldest first; keeps its place while it is seen. */
  get banners(): readonly Banner[] {
    return this.#shown
  }

  get busy(): boolean {
    return this.#shown.length > 0
  }

  add(line: GiftLine, own: boolean, now: number): void {
    const key = `${line.sender.id} ${line.gift.id} ${line.combo.id}`
    const grown = (held: Held): Held => ({ ...held, line: line.combo.count > held.count ? line : held.line, count: Math.max(held.count, line.combo.count), pops: held.pops + 1, until: now + COMBO_MS })
    const replaced = (list: Held[]) => list.map((held) => (held.key === key ? grown(held) : held))
    if (this.#shown.some((held) => held.key === key)) this.#shown = replaced(this.#shown)
    else if (this.#waiting.some((held) => held.key === key)) this.#waiting = replaced(this.#waiting)
    else this.#queue({ key, line, count: line.combo.count, pops: 0, own, until: 0 })
    this.tick(now)
  }

  /** Lets go of what has been seen long enough, and shows what waited. @returns whether anything changed. */
  tick(now: number): boolean {
    const before = this.#shown
    const left = this.#shown.filter(({ until }) => until > now)
    while (left.length < AT_ONCE) {
      const next = this.#waiting.shift()
      if (next === undefined) break
      left.push({ ...next, until: now + COMBO_MS })
    }
    if (left.length === before.length && left.every((held, at) => held === before[at])) return false
    this.#shown = left
    return true
  }

  clear(): void {
    this.#shown = []
    this.#waiting = []
  }

  /** One's own first, then the dearer; what came earlier among equals. */
  #queue(banner: Held): void {
    const weight = ({ own, line }: Held) => (own ? 100 : 0) + line.gift.tier
    const at = this.#waiting.findIndex((held) => weight(held) < weight(banner))
    this.#waiting.splice(at === -1 ? this.#waiting.length : at, 0, banner)
    // A flood drops the cheapest that wait: all of it stands in the chat.
    if (this.#waiting.length > IN_LINE) this.#waiting.pop()
  }
}
