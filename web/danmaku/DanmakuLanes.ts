// Decides which message flies where and when: no two of a lane ever touch, repeats are counted instead of repeated, and strangers wait or go first when it is full.
import type { DanmakuStyle } from '../../server/contract/chat.ts'

export type DanmakuItem = {
  readonly id: string
  readonly text: string
  /** Pixels. */
  readonly width: number
  readonly position: DanmakuStyle['position']
  /** 0: strangers, 1: keepers of the room, guards and mentions of the reader, 2: the reader's own. */
  readonly rank: 0 | 1 | 2
}

export type Placement = { readonly item: DanmakuItem; readonly lane: number; /** How long it is on the picture, in ms. */ readonly forMs: number }

export type LaneOptions = {
  /** Pixels of the picture. */
  readonly width: number
  /** Lanes the chosen area has room for. */
  readonly lanes: number
  /** How long a message crosses the picture, in ms. */
  readonly crossMs: number
  /** At most so many at once. */
  readonly limit: number
}

/** Fixed messages stay that long, in ms. */
const STAY_MS = 4_000
/** Pixels between two of a lane; room enough for a ×N that comes later. */
const GAP = 48
/** Strangers that waited longer are old news, in ms. */
const PATIENCE_MS = 1_500
const RANKED_PATIENCE_MS = 5_000
const WAITING_MAX = 60
/** The same words within this time are one, in ms. */
const MERGE_MS = 6_000

type Flying = { readonly item: DanmakuItem; readonly lane: number; readonly start: number; readonly end: number; readonly speed: number }
type Waiting = { readonly item: DanmakuItem; readonly since: number }
type Repeat = { readonly id: string; readonly at: number; count: number }

const likeness = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '').replace(/(.)\1{3,}/gu, '$1$1$1')

/** Lanes of scrolling and of top messages are the same ones; those of bottom messages are counted from below. */
const crosses = (a: DanmakuItem, b: DanmakuItem) => a.position !== b.position && a.position !== 'bottom' && b.position !== 'bottom'

export class DanmakuLanes {
  #options: LaneOptions
  #flying: Flying[] = []
  #waiting: Waiting[] = []
  readonly #repeats = new Map<string, Repeat>()

  constructor(options: LaneOptions) {
    this.#options = options
  }

  /** What flies stays on its way; what comes follows the new measures. */
  configure(change: Partial<LaneOptions>): void {
    this.#options = { ...this.#options, ...change }
  }

  get busy(): boolean {
    return this.#waiting.length > 0
  }

  /**
   * @param now a clock in ms that stands while the picture is paused.
   * @returns how often the message with `id` has now been said when this one repeats it; null when it will fly by itself.
   */
  offer(item: DanmakuItem, now: number): { readonly id: string; readonly count: number } | null {
    const key = likeness(item.text)
    const before = this.#repeats.get(key)
    if (before !== undefined && now - before.at < MERGE_MS && item.rank < 2 && this.#has(before.id)) {
      before.count++
      return { id: before.id, count: before.count }
    }
    this.#repeats.delete(key)
    this.#repeats.set(key, { id: item.id, at: now, count: 1 })
    this.#waiting.push({ item, since: now })
    if (this.#waiting.length > WAITING_MAX) this.#dropOne()
    return null
  }

  /** @returns what begins to fly now. Call it at each frame while `busy`. */
  step(now: number): Placement[] {
    this.#flying = this.#flying.filter(({ end }) => end > now)
    for (const [key, { at }] of this.#repeats) if (now - at > MERGE_MS) this.#repeats.delete(key)
    this.#waiting = this.#waiting.filter(({ item, since }) => now - since <= (item.rank === 0 ? PATIENCE_MS : RANKED_PATIENCE_MS))
    const placed: Placement[] = []
    // Own messages first, then those of rank; each in the order they came.
    for (const waiting of this.#waiting.toSorted((a, b) => b.item.rank - a.item.rank)) {
      const { item } = waiting
      if (item.rank < 2 && this.#flying.length >= this.#options.limit) continue
      const lane = this.#freeLane(item, now)
      if (lane === null) continue
      const { crossMs, width } = this.#options
      const forMs = item.position === 'scroll' ? crossMs : STAY_MS
      this.#flying.push({ item, lane, start: now, end: now + forMs, speed: (width + item.width) / crossMs })
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1)
      placed.push({ item, lane, forMs })
    }
    return placed
  }

  /** Gone before its time, as when its author takes it back. */
  remove(id: string): void {
    this.#flying = this.#flying.filter(({ item }) => item.id !== id)
    this.#waiting = this.#waiting.filter(({ item }) => item.id !== id)
  }

  clear(): void {
    this.#flying = []
    this.#waiting = []
    this.#repeats.clear()
  }

  #has(id: string): boolean {
    return this.#flying.some(({ item }) => item.id === id) || this.#waiting.some(({ item }) => item.id === id)
  }

  #freeLane(item: DanmakuItem, now: number): number | null {
    let crossed: number | null = null
    for (let lane = 0; lane < this.#options.lanes; lane++) {
      const there = this.#flying.filter((flying) => flying.lane === lane)
      if (!there.filter((other) => other.item.position === item.position).every((other) => this.#fits(item, other, now))) continue
      // Words upon words cannot be read: only where no lane is left to itself.
      if (!there.some((other) => crosses(item, other.item))) return lane
      crossed ??= lane
    }
    return crossed
  }

  #fits(item: DanmakuItem, other: Flying, now: number): boolean {
    if (item.position !== 'scroll') return false
    const { width, crossMs } = this.#options
    // The one before must have come in whole, and be gone before this one's head reaches the far side.
    const cameIn = (now - other.start) * other.speed >= other.item.width + GAP
    const headAt = now + width / ((width + item.width) / crossMs)
    return cameIn && other.end <= headAt
  }

  /** The oldest of the lowest rank. */
  #dropOne(): void {
    const lowest = Math.min(...this.#waiting.map(({ item }) => item.rank))
    this.#waiting.splice(this.#waiting.findIndex(({ item }) => item.rank === lowest), 1)
  }
}
