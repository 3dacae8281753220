// What a page sees of a gift: a draft's files become addresses.
import type { GiftDraft, GiftView } from '../contract/gifts.ts'

/** Uploads are served here. */
export const GIFT_FILES_PATH = '/gift-files'
/** What comes with the pages is named so; uploads never are. */
const STARTER = 'starter/'

export const isStarterFile = (file: string): boolean => file.startsWith(STARTER)

export const giftFileUrl = (file: string): string => (isStarterFile(file) ? `/gifts/${file.slice(STARTER.length)}` : `${GIFT_FILES_PATH}/${file}`)

export function viewGift(id: string, version: number, { name, price, icon, effect, effectFile, durationMs, tier, guardsOnly }: GiftDraft): GiftView {
  return { id, version, name, price, iconUrl: giftFileUrl(icon), effect, effectUrl: effect === 'none' || effectFile === null ? null : giftFileUrl(effectFile), durationMs, tier, guardsOnly }
}

/** Whether its dates allow a gift to be bought then. */
export const isOnSaleAt = ({ onSaleFrom, onSaleTo }: GiftDraft, now: number): boolean => (onSaleFrom === null || Date.parse(onSaleFrom) <= now) && (onSaleTo === null || now < Date.parse(onSaleTo))
