// Draws what DanmakuLanes places: one element a message, moved by the browser's compositor, held while the picture is paused.
import type { ChatMessage, DanmakuStyle } from '../../server/contract/chat.ts'
import { may } from '../../server/contract/permissions.ts'
import { danmakuColorOf } from './danmakuColorOf.ts'
import { DanmakuLanes } from './DanmakuLanes.ts'
import { areaShare, crossMs, densityLimit, sizeFactor } from './danmakuSettings.ts'
import type { DanmakuSettings } from './danmakuSettings.ts'
import styles from './Danmaku.module.css'

const FONT_SHARE = 0.044
const FONT_MIN = 14
const FONT_MAX = 30
const LINE = 1.4
/** Pixels at the bottom that belong to the controls. */
const CONTROLS = 64
const REMEMBERED = 300

type Options = { readonly root: HTMLElement; readonly settings: DanmakuSettings; readonly calm: boolean }
type Shown = { readonly element: HTMLElement; readonly animation: Animation }

export class DanmakuStage {
  readonly #root: HTMLElement
  readonly #calm: boolean
  readonly #lanes = new DanmakuLanes({ width: 0, lanes: 0, crossMs: crossMs.normal, limit: 0 })
  readonly #shown = new Map<string, Shown>()
  readonly #messages = new Map<string, { readonly message: ChatMessage; readonly own: boolean; count: number }>()
  readonly #measure = document.createElement('canvas').getContext('2d')
  readonly #observer: ResizeObserver
  #settings: DanmakuSettings
  #font = 20
  #paused = false
  /** This stage's clock stands while paused. */
  #stood = 0
  #pausedAt = 0
  #frame = 0

  constructor({ root, settings, calm }: Options) {
    this.#root = root
    this.#settings = settings
    this.#calm = calm
    this.#observer = new ResizeObserver(() => this.#resize())
    this.#observer.observe(root)
    this.#resize()
  }

  set settings(settings: DanmakuSettings) {
    this.#settings = settings
    if (!settings.on) this.clear()
    this.#resize()
  }

  add(message: ChatMessage, own: boolean, toReader: boolean): void {
    if (!this.#settings.on || message.author === null || document.visibilityState === 'hidden') return
    const { role, guard } = message.author
    const position = this.#calm ? 'top' : (message.style?.position ?? 'scroll')
    const width = (this.#measure?.measureText(message.text).width ?? message.text.length * this.#font) + 16
    const again = this.#lanes.offer({ id: message.id, text: message.text, width, position, rank: own ? 2 : guard || toReader || may(role, 'chat:exempt') ? 1 : 0 }, this.#now())
    if (again === null) this.#remember(message, own)
    else this.#repeat(again.id, again.count)
    this.#stepSoon()
  }

  remove(id: string): void {
    this.#lanes.remove(id)
    this.#messages.delete(id)
    this.#shown.get(id)?.animation.finish()
  }

  pause(paused: boolean): void {
    if (paused === this.#paused) return
    if (paused) this.#pausedAt = performance.now()
    else this.#stood += performance.now() - this.#pausedAt
    this.#paused = paused
    for (const { animation } of this.#shown.values()) if (paused) animation.pause()
    else animation.play()
    if (!paused) this.#stepSoon()
  }

  /** As on seeking: nothing of before belongs to what is seen now. */
  clear(): void {
    this.#lanes.clear()
    this.#messages.clear()
    for (const { element, animation } of this.#shown.values()) {
      animation.cancel()
      element.remove()
    }
    this.#shown.clear()
  }

  close(): void {
    this.#observer.disconnect()
    cancelAnimationFrame(this.#frame)
    this.clear()
  }

  #now(): number {
    return (this.#paused ? this.#pausedAt : performance.now()) - this.#stood
  }

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.#root
    const { area, size, speed, density, opacity } = this.#settings
    this.#font = Math.round(Math.min(FONT_MAX, Math.max(FONT_MIN, height * FONT_SHARE)) * sizeFactor[size])
    if (this.#measure !== null) this.#measure.font = `600 ${this.#font}px ${getComputedStyle(this.#root).fontFamily}`
    this.#root.style.setProperty('--danmaku-font', `${this.#font}px`)
    this.#root.style.setProperty('--danmaku-opacity', String(opacity / 100))
    const usable = Math.max(0, Math.min(height * areaShare[area], height - CONTROLS))
    const lanes = Math.max(1, Math.floor(usable / (this.#font * LINE)))
    this.#lanes.configure({ width, lanes, crossMs: crossMs[speed], limit: Math.max(2, Math.round(densityLimit[density] * areaShare[area] * 2)) })
  }

  #stepSoon(): void {
    if (this.#frame !== 0 || this.#paused) return
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0
      if (this.#paused) return
      for (const { item, lane, forMs } of this.#lanes.step(this.#now())) this.#show(item.id, item.position, lane, forMs)
      if (this.#lanes.busy) this.#stepSoon()
    })
  }

  #show(id: string, position: DanmakuStyle['position'], lane: number, forMs: number): void {
    const told = this.#messages.get(id)
    if (told === undefined) return
    const element = document.createElement('span')
    element.className = [styles.item, told.own ? styles.own : '', position === 'scroll' ? '' : styles.fixed].join(' ')
    element.dataset['testid'] = 'danmaku'
    element.dataset['position'] = position
    if (told.own) element.dataset['own'] = 'true'
    element.textContent = told.count > 1 ? `${told.message.text} ×${told.count}` : told.message.text
    if (told.message.style !== null) element.style.color = danmakuColorOf[told.message.style.color]
    const offset = lane * this.#font * LINE + 4
    if (position === 'bottom') element.style.bottom = `${offset + CONTROLS}px`
    else element.style.top = `${offset}px`
    this.#root.append(element)
    const width = this.#root.clientWidth
    const frames: Keyframe[] =
      position === 'scroll'
        ? [{ transform: `translate3d(${width}px,0,0)` }, { transform: `translate3d(${-element.offsetWidth}px,0,0)` }]
        : [{ opacity: 0 }, { opacity: 1, offset: 0.08 }, { opacity: 1, offset: 0.85 }, { opacity: 0 }]
    const animation = element.animate(frames, { duration: forMs, easing: 'linear', fill: 'both' })
    this.#shown.set(id, { element, animation })
    animation.onfinish = () => {
      element.remove()
      this.#shown.delete(id)
      this.#messages.delete(id)
    }
  }

  /** Those that never flew are forgotten in the end. */
  #remember(message: ChatMessage, own: boolean): void {
    this.#messages.set(message.id, { message, own, count: 1 })
    if (this.#messages.size <= REMEMBERED) return
    for (const id of this.#messages.keys()) if (!this.#shown.has(id)) return void this.#messages.delete(id)
  }

  #repeat(id: string, count: number): void {
    const told = this.#messages.get(id)
    if (told === undefined) return
    told.count = count
    const shown = this.#shown.get(id)
    if (shown !== undefined) shown.element.textContent = `${told.message.text} ×${count}`
  }
}
