// How the reader wants messages over the picture; remembered on this device.
import { remember, remembered } from '../client/remembered.ts'
const KEY = 'footlight.danmaku'

export const danmakuChoices = {
  area: ['quarter', 'half', 'full'],
  size: ['small', 'medium', 'large'],
  speed: ['slow', 'normal', 'fast'],
  density: ['few', 'some', 'many'],
} as const

export type DanmakuSettings = {
  readonly on: boolean
  /** 20 to 100 percent. */
  readonly opacity: number
  readonly area: (typeof danmakuChoices.area)[number]
  readonly size: (typeof danmakuChoices.size)[number]
  readonly speed: (typeof danmakuChoices.speed)[number]
  readonly density: (typeof danmakuChoices.density)[number]
}

export const defaultDanmaku: DanmakuSettings = { on: true, opacity: 90, area: 'half', size: 'medium', speed: 'normal', density: 'some' }

/** Share of the picture's height. */
export const areaShare = { quarter: 0.25, half: 0.5, full: 1 } as const
/** Of the usual letters. */
export const sizeFactor = { small: 0.8, medium: 1, large: 1.3 } as const
/** How long a message crosses the picture, in ms. */
export const crossMs = { slow: 11_000, normal: 8_000, fast: 5_500 } as const
/** Messages at once in half the picture. */
export const densityLimit = { few: 8, some: 24, many: 70 } as const

const pick = <T extends string>(choices: readonly T[], value: unknown, fallback: T): T => choices.find((choice) => choice === value) ?? fallback

/** What was stored, with the default for whatever makes no sense. */
export function readDanmaku(stored: string | null): DanmakuSettings {
  let value: Record<string, unknown> = {}
  try {
    const parsed: unknown = JSON.parse(stored ?? '{}')
    if (typeof parsed === 'object' && parsed !== null) value = parsed as Record<string, unknown>
  } catch {
    // Something else's writing: the defaults hold.
  }
  const { opacity } = value
  return {
    on: value['on'] !== false,
    opacity: typeof opacity === 'number' && opacity >= 20 && opacity <= 100 ? opacity : defaultDanmaku.opacity,
    area: pick(danmakuChoices.area, value['area'], defaultDanmaku.area),
    size: pick(danmakuChoices.size, value['size'], defaultDanmaku.size),
    speed: pick(danmakuChoices.speed, value['speed'], defaultDanmaku.speed),
    density: pick(danmakuChoices.density, value['density'], defaultDanmaku.density),
  }
}

export const loadDanmaku = (): DanmakuSettings => readDanmaku(remembered(KEY))
export const saveDanmaku = (settings: DanmakuSettings): void => remember(KEY, JSON.stringify(settings))
