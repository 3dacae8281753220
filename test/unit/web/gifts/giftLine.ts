// A gift's line as the room gets it, for tests of what pages make of it.
import type { GiftEffect, GiftLine } from '../../../../server/contract/gifts.ts'
import type { UserId } from '../../../../server/contract/ids.ts'

let lines = 0
type Wanted = { readonly id?: string; readonly sender?: string; readonly gift?: string; readonly tier?: number; readonly effect?: GiftEffect; readonly count?: number; readonly combo?: string }

export function giftLine({ id = `line-${++lines}`, sender = 'ada', gift = 'rose', tier = 1, effect = 'none', count = 1, combo = `${sender}-${gift}` }: Wanted = {}): GiftLine {
  return {
    type: 'gift',
    id,
    name: sender,
    sender: { id: `user-${sender}` as UserId, name: sender, displayName: sender, avatarUrl: null, guard: null, fan: null },
    gift: { id: gift, version: 1, name: { en: gift, zhCN: gift }, price: '5', iconUrl: `/gifts/${gift}.svg`, effect, effectUrl: effect === 'none' ? null : `/gifts/${gift}.json`, durationMs: 3_000, tier, guardsOnly: false },
    quantity: 1,
    total: '5',
    combo: { id: combo, count },
  }
}
