// What an order moves sums to zero in each currency, and takes from a wallet no more than is there.
import { expect, test } from 'vitest'
import type { UserId } from '../../../../server/contract/ids.ts'
import { orderLegs } from '../../../../server/recharge/orderLegs.ts'
import type { OrderFacts } from '../../../../server/recharge/orderState.ts'
import type { Leg } from '../../../../server/wallet/ledgerAccounts.ts'

const unpaid: OrderFacts = { state: 'pending', price: 600n, coins: 700n, paid: 0n, refunded: 0n }
const credited: OrderFacts = { ...unpaid, state: 'credited', paid: 600n }
const refunded: OrderFacts = { ...credited, state: 'refunded', refunded: 600n }
const order = { userId: 'u' as UserId, provider: 'stripe', currency: 'USD', lostCoins: 0n } as const
const short = (legs: readonly Leg[]) => Object.fromEntries(legs.map(({ account: { kind, currency }, amount }) => [`${kind} ${currency}`, amount]))

test('a credit comes from issue, its money is the provider’s debt', () => {
  expect(orderLegs({ order, before: unpaid, after: credited, balance: 0n })).toMatchObject({ lost: 0n })
  expect(short(orderLegs({ order, before: unpaid, after: credited, balance: 0n }).legs)).toEqual({ 'user coin': 700n, 'issue coin': -700n, 'clearing USD': 600n, 'sales USD': -600n })
})

test('a refund takes what is there; the rest is the platform’s loss', () => {
  const { legs, lost } = orderLegs({ order, before: credited, after: refunded, balance: 300n })
  expect(short(legs)).toEqual({ 'user coin': -300n, 'loss coin': -400n, 'issue coin': 700n, 'clearing USD': -600n, 'sales USD': 600n })
  expect(lost).toBe(400n)
})

test('coins that come back pay the loss first', () => {
  const { legs, lost } = orderLegs({ order: { ...order, lostCoins: 400n }, before: refunded, after: credited, balance: 0n })
  expect(short(legs)).toEqual({ 'user coin': 300n, 'loss coin': 400n, 'issue coin': -700n, 'clearing USD': 600n, 'sales USD': -600n })
  expect(lost).toBe(-400n)
})

test('a refund that is known before the payment moves nothing yet', () => {
  expect(orderLegs({ order, before: unpaid, after: { ...unpaid, refunded: 200n }, balance: 0n }).legs).toEqual([])
})
