import Stripe from 'stripe'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { newId } from '../../server/core/newId.ts'
import { eventually } from '../support/eventually.ts'
import { startFakeHost } from '../support/fakeHost.ts'
import type { Asked, FakeHost } from '../support/fakeHost.ts'
import { fundWallet } from '../support/fundWallet.ts'
import { RechargeDesk } from '../support/rechargeDesk.ts'
import type { Buyer } from '../support/rechargeDesk.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'

const WEBHOOK_SECRET = 'whsec_a_test'
const stripe = new Stripe('sk_test_signs_only')
let host: FakeHost
let server: TestServer
let desk: RechargeDesk
/** What the stand-in says of a payment intent. */
let intents: Record<string, { amount: number; refunded: number }> = {}
let down = false

function answer({ method, path, body }: Asked) {
  if (down) return { status: 503, body: '{"error":{"message":"down"}}' }
  const form = new URLSearchParams(body)
  const order = form.get('client_reference_id') ?? ''
  const intentOf = (id: string) => ({ id, object: 'payment_intent', status: intents[id] ? 'succeeded' : 'requires_payment_method', currency: 'usd', livemode: false, amount_received: intents[id]?.amount ?? 0, latest_charge: { id: 'ch_1', object: 'charge', amount_refunded: intents[id]?.refunded ?? 0 } })
  if (method === 'POST' && path === '/v1/checkout/sessions') return { body: JSON.stringify({ id: `cs_test_${order}`, object: 'checkout.session', url: `https://checkout.stripe.test/${order}` }) }
  if (path.startsWith('/v1/checkout/sessions/cs_test_')) return { body: JSON.stringify({ id: 'cs', object: 'checkout.session', payment_intent: intentOf(`pi_${/cs_test_(\w+)/.exec(path)?.[1]}`) }) }
  if (path.startsWith('/v1/payment_intents/')) return { body: JSON.stringify(intentOf(/payment_intents\/(\w+)/.exec(path)?.[1] ?? '')) }
  if (method === 'POST' && path === '/v1/refunds') {
    const intent = intents[form.get('payment_intent') ?? '']
    if (!intent) return { status: 404, body: '{"error":{"type":"invalid_request_error","message":"No such payment_intent"}}' }
    intent.refunded += Number(form.get('amount'))
    return { body: JSON.stringify({ id: 're_1', object: 'refund', status: 'succeeded', charge: { id: 'ch_1', object: 'charge', amount_refunded: intent.refunded, currency: 'usd', livemode: false } }) }
  }
  return { status: 404, body: '{"error":{"message":"unknown"}}' }
}

beforeAll(async () => {
  host = await startFakeHost(answer)
  server = await startServer({
    databaseUrl: inject('databaseUrl'),
    redisUrl: inject('redisUrl'),
    env: { NODE_ENV: 'production', STRIPE_SECRET_KEY: 'sk_test_of_a_test', STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET },
    paymentHosts: { stripe: host.url, alipay: host.url, wechat: host.url },
  })
  desk = await RechargeDesk.open(server)
})
afterAll(async () => {
  await desk?.close()
  await server?.stop()
  await host?.stop()
})

/** Sends an event as Stripe does, signed by its own SDK. */
function send(type: string, object: object, { id = `evt_${newId<string>()}`, secret = WEBHOOK_SECRET, timestamp = Math.floor(Date.now() / 1000), livemode = false }: { id?: string; secret?: string; timestamp?: number; livemode?: boolean } = {}): Promise<number> {
  const payload = JSON.stringify({ id, object: 'event', type, livemode, data: { object } })
  return desk.notice('stripe', payload, { 'stripe-signature': stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp }) })
}
const session = (order: string, more: object = {}) => ({ id: `cs_test_${order}`, object: 'checkout.session', client_reference_id: order, payment_status: 'paid', amount_total: 99, currency: 'usd', payment_intent: `pi_${order}`, ...more })
const charge = (order: string, refunded: number) => ({ id: 'ch_1', object: 'charge', metadata: { order }, amount_refunded: refunded, currency: 'usd', payment_intent: `pi_${order}` })
const dispute = (order: string) => ({ id: 'dp_1', object: 'dispute', amount: 99, currency: 'usd', payment_intent: `pi_${order}` })
const order = (buyer: Buyer) => desk.order(buyer, 'stripe', { currency: 'USD', price: '99' })
const spend = ({ userId }: Buyer, coins: bigint) => fundWallet({ databaseUrl: server.databaseUrl, userId, coins: -coins })

test('in production there is no sandbox, and Stripe takes its currencies alone', async () => {
  const { body } = await server.visitor().call<{ test: boolean; providers: Array<{ name: string }>; packages: Array<{ currency: string }> }>('GET', '/api/recharge/packages')
  expect(body.test).toBe(false)
  expect(body.providers.map(({ name }) => name)).toEqual(['stripe'])
  expect(new Set(body.packages.map(({ currency }) => currency))).toEqual(new Set(['USD']))
  expect(await desk.notice('sandbox', '{}')).toBe(403)
})

test('an order leads to Checkout at our price, once for its key, and a signed webhook credits it', async () => {
  const ada = await desk.buyer('ada')
  const { id, way } = await order(ada)
  expect(way).toEqual({ kind: 'redirect', url: `https://checkout.stripe.test/${id}` })
  const { headers, body } = host.asked.find(({ path }) => path === '/v1/checkout/sessions') as Asked
  expect(headers['idempotency-key']).toBe(`order-${id}`)
  expect(new URLSearchParams(body).get('line_items[0][price_data][unit_amount]')).toBe('99')
  expect(await send('checkout.session.completed', session(id, { payment_status: 'unpaid' }))).toBe(200)
  expect(await desk.stateOf(ada, id)).toBe('pending')
  expect(await send('checkout.session.completed', session(id))).toBe(200)
  expect(await desk.stateOf(ada, id)).toBe('credited')
  expect(await desk.coins(ada)).toBe(700n)
  expect(await desk.balance('clearing', 'stripe', 'USD')).toBe(99n)
})

test('forged, replayed after the tolerance, altered and unsigned webhooks are refused', async () => {
  const bob = await desk.buyer('bob')
  const { id } = await order(bob)
  expect(await send('checkout.session.completed', session(id), { secret: 'whsec_guessed' })).toBe(400)
  expect(await send('checkout.session.completed', session(id), { timestamp: Math.floor(Date.now() / 1000) - 301 })).toBe(400)
  const payload = JSON.stringify({ id: 'evt_x', object: 'event', type: 'checkout.session.completed', livemode: false, data: { object: session(id) } })
  const header = stripe.webhooks.generateTestHeaderString({ payload, secret: WEBHOOK_SECRET })
  expect(await desk.notice('stripe', payload.replace('"pi_', '"pi_x'), { 'stripe-signature': header })).toBe(400)
  expect(await desk.notice('stripe', payload)).toBe(400)
  expect((await desk.detail(id)).events).toEqual([])
  expect(await desk.coins(bob)).toBe(0n)
})

test('another amount or currency, and live events to a test key, are refused and kept; foreign events are passed over', async () => {
  const cleo = await desk.buyer('cleo')
  const { id } = await order(cleo)
  expect(await send('checkout.session.completed', session(id, { amount_total: 1 }))).toBe(400)
  expect(await send('checkout.session.completed', session(id, { currency: 'eur' }))).toBe(400)
  expect(await send('checkout.session.completed', session(id), { livemode: true })).toBe(400)
  expect((await desk.detail(id)).events.map(({ why }) => why)).toEqual(['merchant-differs', 'currency-differs', 'amount-differs'])
  expect(await send('checkout.session.completed', session(id, { client_reference_id: null }))).toBe(200)
  expect(await send('charge.dispute.funds_withdrawn', dispute('of-another-shop'))).toBe(200)
  expect(await send('customer.created', { id: 'cus_1' })).toBe(200)
  expect(await desk.coins(cleo)).toBe(0n)
})

test('one event told ten times at once, and the same payment by another event, credit once', async () => {
  const dan = await desk.buyer('dan')
  const { id } = await order(dan)
  const event = `evt_${newId<string>()}`
  expect(await Promise.all(Array.from({ length: 10 }, () => send('checkout.session.completed', session(id), { id: event })))).toEqual(Array(10).fill(200))
  expect(await send('checkout.session.async_payment_succeeded', session(id))).toBe(200)
  expect(await desk.coins(dan)).toBe(700n)
})

test('a dispute of coins that were spent locks the wallet; won, it pays the platform’s loss first', async () => {
  const eve = await desk.buyer('eve')
  const { id } = await order(eve)
  await send('checkout.session.completed', session(id))
  await spend(eve, 500n)
  expect(await send('charge.dispute.funds_withdrawn', dispute(id))).toBe(200)
  expect(await desk.coins(eve)).toBe(0n)
  expect(await desk.isLocked(eve)).toBe(true)
  expect((await desk.detail(id)).order).toMatchObject({ state: 'refunded', lostCoins: '500' })
  expect(await send('charge.dispute.funds_reinstated', dispute(id))).toBe(200)
  expect(await desk.coins(eve)).toBe(200n)
  expect((await desk.detail(id)).order).toMatchObject({ state: 'credited', lostCoins: '0' })
})

test('a refund comes on top of what a dispute took', async () => {
  const jan = await desk.buyer('jan')
  const { id } = await order(jan)
  await send('checkout.session.completed', session(id))
  expect(await send('charge.dispute.funds_withdrawn', { ...dispute(id), amount: 40 })).toBe(200)
  expect(await send('charge.refunded', charge(id, 30))).toBe(200)
  expect((await desk.detail(id)).order).toMatchObject({ state: 'credited', refunded: '70' })
  expect(await desk.coins(jan)).toBe(700n - 494n)
})

test('two payments of one order, told at once, credit it once, and the other one is shown to operators', async () => {
  const kim = await desk.buyer('kim')
  const { id } = await order(kim)
  const answers = await Promise.all(['pi_first', 'pi_second'].map((payment_intent) => send('checkout.session.completed', session(id, { payment_intent }))))
  expect(answers.sort()).toEqual([200, 400])
  expect(await desk.coins(kim)).toBe(700n)
  expect((await desk.detail(id)).events.map(({ why }) => why).filter((why) => why !== null)).toEqual(['paid-twice'])
})

test('a refund told before its payment, and refunds in the wrong order, end at the right total', async () => {
  const fay = await desk.buyer('fay')
  const { id } = await order(fay)
  expect(await send('charge.refunded', charge(id, 50))).toBe(200)
  expect(await send('checkout.session.completed', session(id))).toBe(200)
  expect(await desk.coins(fay)).toBe(700n - 353n)
  expect(await send('charge.refunded', charge(id, 99))).toBe(200)
  expect(await send('charge.refunded', charge(id, 60))).toBe(200)
  expect(await desk.coins(fay)).toBe(0n)
  expect(await desk.stateOf(fay, id)).toBe('refunded')
})

test('an operator’s refund goes through Stripe under its own key, and its webhook changes nothing more', async () => {
  const gil = await desk.buyer('gil')
  const { id } = await order(gil)
  await send('checkout.session.completed', session(id))
  intents[`pi_${id}`] = { amount: 99, refunded: 0 }
  const { status, body } = await desk.refund(id, { amount: '99' })
  expect({ status, body }).toMatchObject({ status: 200, body: { order: { state: 'refunded', refunded: '99' }, refunds: [{ state: 'done' }] } })
  expect(host.asked.at(-1)?.headers['idempotency-key']).toBe(`refund-${body.refunds[0]?.id}`)
  expect(await send('charge.refunded', charge(id, 99))).toBe(200)
  expect(await desk.coins(gil)).toBe(0n)
  expect(await desk.isLocked(gil)).toBe(false)
})

test('a refund whose answer got lost is asked for again, as the same one', async () => {
  const ira = await desk.buyer('ira')
  const { id } = await order(ira)
  await send('checkout.session.completed', session(id))
  intents[`pi_${id}`] = { amount: 99, refunded: 0 }
  down = true
  expect((await desk.refund(id, { amount: '99' })).status).toBe(503)
  down = false
  const before = await desk.detail(id)
  expect(before).toMatchObject({ order: { refunded: '0' }, refunds: [{ state: 'requested' }] })
  expect((await desk.refund(id, { amount: '99' })).body).toMatchObject({ error: { code: 'state-changed' } })
  expect((await desk.operator.call('POST', `/api/admin/recharge/orders/${id}/ask`)).body).toMatchObject({ order: { state: 'refunded' }, refunds: [{ id: before.refunds[0]?.id, state: 'done' }] })
})

test('a provider that is down is said so; the order is not lost, and what was paid meanwhile is found by the sweep', async () => {
  const hal = await desk.buyer('hal')
  const key = newId<string>()
  const { id: wanted } = await desk.package('USD', '99')
  const make = () => hal.visitor.call<{ id: string; state: string; error?: { code: string } }>('POST', '/api/recharge/orders', { body: { package: wanted, provider: 'stripe', key } })
  down = true
  expect((await make()).body.error?.code).toBe('provider-unavailable')
  down = false
  const { body } = await make()
  expect(body.state).toBe('pending')
  intents[`pi_${body.id}`] = { amount: 99, refunded: 0 }
  await desk.age(body.id, 5)
  await eventually('the payment is found', async () => (await desk.stateOf(hal, body.id)) === 'credited', 15_000)
  expect(await desk.coins(hal)).toBe(700n)
  await desk.adds()
  intents = {}
})
