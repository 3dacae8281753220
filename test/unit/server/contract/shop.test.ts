import fc from 'fast-check'
import { expect, test } from 'vitest'
import { goodsOrderStates, mayCancelGoods, nextGoodsStep, quoteExchange } from '../../../../server/contract/shop.ts'

const rate = (exchangeBeans: number, exchangeCoins: number) => ({ exchangeBeans, exchangeCoins })

test('beans become whole coins, rounded down, and what makes no coin is not taken', () => {
  expect(quoteExchange(100n, rate(1, 1))).toEqual({ coins: 100n, beans: 100n })
  expect(quoteExchange(11n, rate(3, 1))).toEqual({ coins: 3n, beans: 9n })
  expect(quoteExchange(2n, rate(3, 1))).toEqual({ coins: 0n, beans: 0n })
  expect(quoteExchange(7n, rate(10, 7))).toEqual({ coins: 4n, beans: 6n })
  expect(quoteExchange(10n ** 12n, rate(3, 2))).toEqual({ coins: 666_666_666_666n, beans: 999_999_999_999n })
})

test('no rate gives coins that were not paid for, nor takes a bean that pays for nothing', () => {
  const positive = fc.integer({ min: 1, max: 1_000_000 })
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 12n }), positive, positive, (beans, per, gives) => {
      const quote = quoteExchange(beans, rate(per, gives))
      expect(quote.beans <= beans).toBe(true)
      expect(quote.coins * BigInt(per) <= quote.beans * BigInt(gives)).toBe(true)
      expect(quoteExchange(quote.beans, rate(per, gives))).toEqual(quote)
      if (quote.beans > 0n) expect(quoteExchange(quote.beans - 1n, rate(per, gives)).coins < quote.coins).toBe(true)
    }),
  )
})

test('an order goes one step after the other, and may be taken back until it was', () => {
  expect(goodsOrderStates.map((state) => nextGoodsStep(state))).toEqual(['packed', 'sent', 'done', null, null])
  expect(goodsOrderStates.filter((state) => mayCancelGoods(state))).toEqual(['paid', 'packed', 'sent', 'done'])
})
