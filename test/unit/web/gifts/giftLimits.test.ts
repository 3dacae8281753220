// The page's numbers are the contract's.
import { expect, test } from 'vitest'
import * as contract from '../../../../server/contract/gifts.ts'
import * as page from '../../../../web/gifts/giftLimits.ts'
import { readQuantity } from '../../../../web/gifts/QuantityPicker.tsx'

test('limits of gifts are the same on both sides', () => {
  expect([page.COMBO_MS, page.GIFT_MAX_QUANTITY, page.GIFT_CONFIRM_FROM, [...page.giftQuantities]]).toEqual([contract.COMBO_MS, contract.GIFT_MAX_QUANTITY, contract.GIFT_CONFIRM_FROM, [...contract.giftQuantities]])
})

test('a quantity is a whole number from one to the most, whatever is typed', () => {
  expect(['7', ' 12 ', '9999', '0', '10000', '-3', '1.5', '1e3', ''].map(readQuantity)).toEqual([7, 12, 9999, 0, 0, 0, 0, 0, 0])
})
