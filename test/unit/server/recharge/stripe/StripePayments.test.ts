// Stripe's webhooks, signed by its documented scheme (t, v1 = HMAC-SHA256 of time.payload), become our events.
import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { StripePayments } from '../../../../../server/recharge/stripe/StripePayments.ts'

const provider = new StripePayments({ secretKey: 'sk_test_x', webhookSecret: 'whsec_x', currencies: ['USD'], host: 'https://api.stripe.com' })
function read(type: string, object: object, { time = Math.floor(Date.now() / 1000), secret = 'whsec_x' } = {}) {
  const payload = JSON.stringify({ id: 'evt_1', object: 'event', type, livemode: false, data: { object } })
  const v1 = createHmac('sha256', secret).update(`${time}.${payload}`).digest('hex')
  return provider.readNotice(Buffer.from(payload), { 'stripe-signature': `t=${time},v1=${v1}` })
}

test('a paid session is a payment of its order', async () => {
  expect(await read('checkout.session.completed', { client_reference_id: 'o1', payment_status: 'paid', amount_total: 99, currency: 'usd', payment_intent: 'pi_1' })).toEqual({ eventId: 'evt_1', kind: 'paid', merchant: 'test', orderId: 'o1', paymentId: 'pi_1', amount: 99n, currency: 'USD' })
})

test('what is not paid yet, and what is not ours, is passed over', async () => {
  expect(await read('checkout.session.completed', { client_reference_id: 'o1', payment_status: 'unpaid', amount_total: 99, currency: 'usd', payment_intent: null })).toBeUndefined()
  expect(await read('invoice.paid', {})).toBeUndefined()
})

test('a dispute names its payment alone', async () => {
  expect(await read('charge.dispute.funds_withdrawn', { amount: 99, currency: 'usd', payment_intent: 'pi_1' })).toMatchObject({ kind: 'disputed', orderId: '', paymentId: 'pi_1', amount: 99n })
})

test('another secret, or a time beyond the tolerance, is signature-wrong', async () => {
  await expect(read('invoice.paid', {}, { secret: 'whsec_y' })).rejects.toMatchObject({ code: 'signature-wrong' })
  await expect(read('invoice.paid', {}, { time: Math.floor(Date.now() / 1000) - 301 })).rejects.toMatchObject({ code: 'signature-wrong' })
})
