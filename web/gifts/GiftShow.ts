// What the room's gifts make the page show: banners and effects, drawn from the chat's numbered lines, each line once.
import type { ChatMessage } from '../../server/contract/chat.ts'
import type { GiftLine, PacketView } from '../../server/contract/gifts.ts'
import { remember, remembered } from '../client/remembered.ts'
import { BannerBoard } from './BannerBoard.ts'
import type { Banner } from './BannerBoard.ts'
import { EffectQueue } from './EffectQueue.ts'
import type { Effect } from './EffectQueue.ts'
import { EFFECT_TIER } from './giftLimits.ts'

const KEY = 'footlight.giftEffects'
const TICK_MS = 200
const REMEMBERED = 600

export type GiftShowSnapshot = { readonly banners: readonly Banner[]; readonly effect: Effect | null; readonly waiting: number; readonly effectsOn: boolean; /** The red packet that is opened. */ readonly packet: PacketView | null }

type Options = {
  /** False where less motion is wanted: banners only. */
  readonly lively: () => boolean
  readonly now?: () => number
}

export class GiftShow {
  readonly #options: Options
  readonly #board = new BannerBoard()
  readonly #effects = new EffectQueue()
  readonly #seen = new Set<string>()
  readonly #listeners = new Set<() => void>()
  #effectsOn = remembered(KEY) !== 'off'
  #packet: PacketView | null = null
  #snapshot: GiftShowSnapshot
  #timer: ReturnType<typeof setInterval> | undefined
  /** Who looks; what they send goes first. */
  ownName: string | null = null

  constructor(options: Options) {
    this.#options = options
    this.#snapshot = this.#draw()
  }

  get snapshot(): GiftShowSnapshot {
    return this.#snapshot
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Takes any message of the room; only gifts matter. */
  readonly take = ({ line }: Pick<ChatMessage, 'line'>): void => {
    if (line?.type !== 'gift' || this.#isKnown(line.id)) return
    const own = line.sender.name === this.ownName
    this.#board.add(line, own, this.#now())
    this.#offerEffect(line, own)
    this.#timer ??= setInterval(() => this.#tick(), TICK_MS)
    this.#tell()
  }

  /** The effect with that key ended, failed or is not wanted. */
  done(key: string): void {
    this.#effects.done(key)
    this.#tell()
  }

  setEffects(on: boolean): void {
    this.#effectsOn = on
    remember(KEY, on ? 'on' : 'off')
    if (!on) this.#effects.clear()
    this.#tell()
  }

  readonly openPacket = (packet: PacketView | null): void => {
    this.#packet = packet
    this.#tell()
  }

  /** As on seeking in a replay: nothing of before belongs to what is seen now. */
  clear(): void {
    this.#board.clear()
    this.#effects.clear()
    this.#seen.clear()
    this.#tell()
  }

  close(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#listeners.clear()
  }

  #offerEffect(line: GiftLine, own: boolean): void {
    const { effect, effectUrl, tier } = line.gift
    if (!this.#effectsOn || effect === 'none' || effectUrl === null || tier < EFFECT_TIER || !this.#options.lively()) return
    // A page nobody looks at would play a long line of effects on coming back.
    if (document.visibilityState === 'hidden') return
    this.#effects.add({ key: line.id, line, url: effectUrl, own })
  }

  #isKnown(id: string): boolean {
    if (this.#seen.has(id)) return true
    this.#seen.add(id)
    const [oldest] = this.#seen
    if (this.#seen.size > REMEMBERED && oldest !== undefined) this.#seen.delete(oldest)
    return false
  }

  #tick(): void {
    if (this.#board.tick(this.#now())) this.#tell()
    if (this.#board.busy) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #now(): number {
    return (this.#options.now ?? performance.now.bind(performance))()
  }

  #tell(): void {
    this.#snapshot = this.#draw()
    for (const listener of this.#listeners) listener()
  }

  #draw(): GiftShowSnapshot {
    return { banners: this.#board.banners, effect: this.#effects.playing, waiting: this.#effects.waiting, effectsOn: this.#effectsOn, packet: this.#packet }
  }
}
