// No pair of rates makes coins of nothing.
import { expect, test } from 'vitest'
import { ratesSchema } from '../../../../server/contract/rates.ts'
import { requireSoundRates } from '../../../../server/wallet/requireSoundRates.ts'

const rates = (change: object) => ratesSchema.parse(change)

test('the rates that a platform begins with, and those that give back just what was spent, are sound', () => {
  expect(() => requireSoundRates(rates({}))).not.toThrow()
  expect(() => requireSoundRates(rates({}), 10_000)).not.toThrow()
  expect(() => requireSoundRates(rates({ ticketShare: 5000, exchangeCoins: 2 }))).not.toThrow()
})

test.each([
  ['tickets', { exchangeCoins: 2 }, 0],
  ['gifts', { ticketShare: 0, giftShare: 5001, exchangeCoins: 2 }, 0],
  ['guards', { ticketShare: 0, guardShare: 10_000, exchangeBeans: 999_999, exchangeCoins: 1_000_000 }, 0],
  ['one channel', { ticketShare: 5000, exchangeBeans: 10, exchangeCoins: 11 }, 9500],
])('an exchange that gives back more than was spent on %s is refused', (_what, change, highest) => {
  expect(() => requireSoundRates(rates(change), highest)).toThrow(expect.objectContaining({ code: 'bad-request' }))
})
