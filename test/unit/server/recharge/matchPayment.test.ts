// What does not fit its order is named.
import { expect, test } from 'vitest'
import { matchPayment } from '../../../../server/recharge/matchPayment.ts'
import type { PaymentEvent } from '../../../../server/recharge/PaymentProvider.ts'

const order = { provider: 'stripe', currency: 'USD', price: 99n, paid: 0n, paymentId: 'cs_1' } as const
const provider = { name: 'stripe', merchant: 'live' }
const paid: PaymentEvent = { eventId: 'e', kind: 'paid', orderId: 'o', amount: 99n, currency: 'USD', merchant: 'live', paymentId: 'pi_1' }

test('a payment of the order, told once or twice, fits', () => {
  expect(matchPayment(order, paid, provider)).toBeNull()
  expect(matchPayment({ ...order, paid: 99n, paymentId: 'pi_1' }, paid, provider)).toBeNull()
})

test.each([
  ['order-unknown', undefined, {}],
  ['merchant-differs', order, { merchant: 'test' }],
  ['provider-differs', { ...order, provider: 'alipay' }, {}],
  ['currency-differs', order, { currency: 'CNY' }],
  ['amount-differs', order, { amount: 98n }],
  ['amount-differs', order, { amount: 100n }],
  ['paid-twice', { ...order, paid: 99n, paymentId: 'pi_2' }, {}],
  ['refund-too-large', order, { kind: 'refunded', amount: 100n }],
  ['refund-too-large', order, { kind: 'disputed', amount: 0n }],
] as const)('%s', (why, known, change) => {
  expect(matchPayment(known, { ...paid, ...change }, provider)).toBe(why)
})
