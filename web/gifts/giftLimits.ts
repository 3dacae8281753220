// Numbers of gifts that the page needs without loading the contract's schemas; a test keeps them equal to it.
export const COMBO_MS = 3000
export const GIFT_MAX_QUANTITY = 9999
export const GIFT_CONFIRM_FROM = 5000n
export const giftQuantities = [1, 10, 66, 520, 1314] as const
/** From this tier an effect fills the stage. */
export const EFFECT_TIER = 3
