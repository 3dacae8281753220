// The gifts that a new platform has on sale; their pictures and effects come with the pages.
import type { GiftDraft } from '../contract/gifts.ts'

type Starter = readonly [id: string, en: string, zhCN: string, price: number, tier: number, durationMs: number, guardsOnly?: true]

/** Effects from this tier on are full-screen. */
const EFFECTS_FROM = 3

const starters: readonly Starter[] = [
  ['heart', 'Heart', '小心心', 1, 1, 0],
  ['clap', 'Applause', '鼓掌', 1, 1, 0],
  ['rose', 'Rose', '玫瑰', 5, 1, 0],
  ['coffee', 'Coffee', '咖啡', 10, 1, 0],
  ['beer', 'Beer', '啤酒', 20, 1, 0],
  ['firework-small', 'Sparkler', '小烟花', 66, 2, 0],
  ['cake', 'Cake', '蛋糕', 99, 2, 0],
  ['star', 'Star', '星星', 199, 2, 0],
  ['crown', 'Crown', '皇冠', 520, 3, 3000],
  ['racecar', 'Race car', '跑车', 999, 3, 4000],
  ['yacht', 'Yacht', '游艇', 2999, 4, 5000],
  ['rocket', 'Rocket', '火箭', 6666, 4, 5000],
  ['dragon', 'Dragon', '神龙', 13140, 5, 6000],
  ['castle', 'Castle', '城堡', 30000, 5, 8000],
  ['shield-rose', 'Shield rose', '守护玫瑰', 99, 2, 0, true],
  ['guard-knight', 'Knight', '守护骑士', 1999, 3, 4000, true],
]

export const starterGifts: ReadonlyArray<{ readonly id: string; readonly draft: GiftDraft }> = starters.map(([id, en, zhCN, price, tier, durationMs, guardsOnly = false], index) => ({
  id,
  draft: {
    name: { en, zhCN },
    price: String(price),
    icon: `starter/${id}.svg`,
    effect: tier >= EFFECTS_FROM ? 'lottie' : 'none',
    effectFile: tier >= EFFECTS_FROM ? `starter/${id}.json` : null,
    durationMs,
    tier,
    place: (index + 1) * 10,
    onSaleFrom: null,
    onSaleTo: null,
    guardsOnly,
  },
}))
