// What the counter offers first.
import { expect, test } from 'vitest'
import type { PackageView } from '../../../../server/contract/recharge.ts'
import { firstCurrency, firstPackage, payOptions } from '../../../../web/recharge/payOptions.ts'

const one = (id: string, coins: string, bonus = '0', badge = ''): PackageView => ({ id, currency: 'CNY', price: coins, coins, bonus, badge: { en: badge, 'zh-CN': badge } })
const packages = [one('a', '600'), one('b', '3000', '100', 'Popular'), one('c', '6800', '400')]

test('the smallest package that is enough, else the largest; without a need the recommended one', () => {
  expect(firstPackage(packages, '601')?.id).toBe('b')
  expect(firstPackage(packages, '3100')?.id).toBe('b')
  expect(firstPackage(packages, '3101')?.id).toBe('c')
  expect(firstPackage(packages, '99999')?.id).toBe('c')
  expect(firstPackage(packages, null)?.id).toBe('b')
  expect(firstPackage([], null)).toBeNull()
})

test('Chinese readers are shown yuan first, others dollars, and whoever has no choice what there is', () => {
  expect(firstCurrency(['USD', 'CNY'], 'zh-CN')).toBe('CNY')
  expect(firstCurrency(['CNY', 'USD'], 'en')).toBe('USD')
  expect(firstCurrency(['EUR'], 'en')).toBe('EUR')
  expect(firstCurrency([], 'en')).toBeNull()
})

test('each provider that takes the currency, in each of its ways', () => {
  const providers = [
    { name: 'stripe', ways: ['redirect'], currencies: ['USD'] },
    { name: 'alipay', ways: ['redirect', 'qr'], currencies: ['CNY'] },
  ] as const
  expect(payOptions(providers, 'CNY').map(({ key }) => key)).toEqual(['alipay-redirect', 'alipay-qr'])
  expect(payOptions(providers, 'USD').map(({ key }) => key)).toEqual(['stripe-redirect'])
})
