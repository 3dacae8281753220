// An order ends in the same state whatever it is told in which order, and owes what its state says.
import { expect, test } from 'vitest'
import { coinsOwed, moneyOwed, nextOrder } from '../../../../server/recharge/orderState.ts'
import type { OrderFacts, OrderStep } from '../../../../server/recharge/orderState.ts'

const made: OrderFacts = { state: 'created', price: 600n, coins: 700n, paid: 0n, refunded: 0n }
/** Steps that change nothing are passed over, and what is paid is credited at once, as Payments does. */
const after = (...steps: OrderStep[]): OrderFacts =>
  steps.reduce((order, step) => {
    const next = nextOrder(order, step) ?? order
    return step.type === 'paid' && next !== order ? (nextOrder(next, { type: 'credited' }) ?? next) : next
  }, made)
const begun: OrderStep = { type: 'begun' }
const paid: OrderStep = { type: 'paid' }
const expired: OrderStep = { type: 'expired' }
const refunded = (total: bigint): OrderStep => ({ type: 'refunded', total })
const reinstated = (amount: bigint): OrderStep => ({ type: 'reinstated', amount })

test('created, pending, paid, credited, refunded', () => {
  const pending = nextOrder(made, begun) as OrderFacts
  const received = nextOrder(pending, paid) as OrderFacts
  const credited = nextOrder(received, { type: 'credited' }) as OrderFacts
  expect([pending, received, credited, nextOrder(credited, refunded(600n))].map((order) => order?.state)).toEqual(['pending', 'paid', 'credited', 'refunded'])
  expect([made, pending, received, credited].map(coinsOwed)).toEqual([0n, 0n, 0n, 700n])
  expect([made, pending, received, credited].map(moneyOwed)).toEqual([0n, 0n, 600n, 600n])
})

test('paid straight away, or after it expired, it is credited all the same', () => {
  expect(after(paid).state).toBe('credited')
  expect(after(begun, expired, paid)).toMatchObject({ state: 'credited', paid: 600n })
})

test('what was paid does not expire, and nothing is begun, paid or credited twice', () => {
  const credited = after(begun, paid)
  for (const step of [begun, paid, expired, { type: 'credited' } as const]) expect(nextOrder(credited, step), step.type).toBeNull()
  expect(nextOrder(after(expired), begun)).toBeNull()
})

test('a part paid back takes its share of the coins, rounded for the buyer, and the rest takes the rest', () => {
  expect(coinsOwed(after(paid, refunded(1n)))).toBe(699n)
  expect(after(paid, refunded(200n))).toMatchObject({ state: 'credited', refunded: 200n })
  expect(coinsOwed(after(paid, refunded(200n)))).toBe(467n)
  expect(after(paid, refunded(200n), refunded(600n))).toMatchObject({ state: 'refunded' })
  expect(coinsOwed(after(paid, refunded(600n)))).toBe(0n)
  expect(moneyOwed(after(paid, refunded(200n)))).toBe(400n)
})

test('refunds told before the payment, twice, or in the wrong order end alike', () => {
  const expected = after(begun, paid, refunded(200n), refunded(500n))
  for (const steps of [[begun, refunded(500n), paid], [begun, refunded(200n), paid, refunded(500n), refunded(200n)], [refunded(500n), begun, refunded(200n), paid, refunded(500n)]]) expect(after(...steps)).toEqual(expected)
  expect(after(begun, refunded(600n), paid).state).toBe('refunded')
  expect(coinsOwed(after(begun, refunded(600n)))).toBe(0n)
  expect(moneyOwed(after(begun, refunded(600n)))).toBe(0n)
})

test('more than was paid cannot be paid back', () => {
  expect(nextOrder(after(paid), refunded(601n))).toBeNull()
})

test('a dispute that is won gives the order back', () => {
  expect(after(paid, refunded(600n), reinstated(600n))).toEqual(after(paid))
  expect(after(paid, refunded(600n), reinstated(100n))).toMatchObject({ state: 'credited', refunded: 500n })
  expect(nextOrder(after(paid), reinstated(100n))).toBeNull()
})

test('money that came for nobody rests in paid until it is paid back', () => {
  const resting = nextOrder(made, paid) as OrderFacts
  expect(coinsOwed(resting)).toBe(0n)
  expect(nextOrder(resting, refunded(200n))).toMatchObject({ state: 'paid', refunded: 200n })
  expect(nextOrder(resting, refunded(600n))).toMatchObject({ state: 'refunded' })
})
