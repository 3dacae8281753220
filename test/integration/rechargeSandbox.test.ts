import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { NotificationsPage } from '../../server/contract/notify.ts'
import type { AdminOrdersPage, AdminPackageView, OrdersPage, OrderView, PackagesView, PaymentEventView } from '../../server/contract/recharge.ts'
import type { ReconciliationView } from '../../server/contract/wallet.ts'
import { newId } from '../../server/core/newId.ts'
import { eventually } from '../support/eventually.ts'
import { fundWallet } from '../support/fundWallet.ts'
import { RechargeDesk } from '../support/rechargeDesk.ts'
import type { Buyer } from '../support/rechargeDesk.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'

let server: TestServer
let desk: RechargeDesk
let ada: Buyer

beforeAll(async () => {
  server = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') })
  desk = await RechargeDesk.open(server)
  ada = await desk.buyer('ada')
})
afterAll(async () => {
  await desk?.close()
  await server?.stop()
})

const key = createHmac('sha256', 'the secret of a test installation').update('sandbox payments').digest('base64url')
/** A notice as the sandbox signs it, by the words of its documentation. */
async function notify(notice: Record<string, unknown>, { time = Math.floor(Date.now() / 1000), with: secret = key }: { time?: number; with?: string } = {}): Promise<number> {
  const body = JSON.stringify({ id: newId(), type: 'payment.paid', merchant: 'sandbox', payment: 'pay-1', amount: '600', currency: 'CNY', ...notice })
  return desk.notice('sandbox', body, { 'sandbox-signature': `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}` })
}
const pay = (buyer: Buyer, id: string) => buyer.visitor.call('POST', `/api/recharge/sandbox/${id}/pay`)
const spend = ({ userId }: Buyer, coins: bigint) => fundWallet({ databaseUrl: server.databaseUrl, userId, coins: -coins })

test('packages are on sale out of the box, and the page is told that payments are a test', async () => {
  const { body } = await server.visitor().call<PackagesView>('GET', '/api/recharge/packages')
  expect(body.packages.filter(({ currency }) => currency === 'CNY').map(({ price, coins }) => [price, coins])).toEqual([['600', '600'], ['3000', '3000'], ['6800', '6800'], ['12800', '12800'], ['32800', '32800'], ['64800', '64800']])
  expect(body.packages.some(({ currency }) => currency === 'USD')).toBe(true)
  expect(body).toMatchObject({ test: true, providers: [{ name: 'sandbox', ways: ['redirect'] }] })
})

test('who pays has the coins with the bonus at once, and hears of it', async () => {
  const order = await desk.order(ada, 'sandbox', { price: '6800' })
  expect(order.way).toEqual({ kind: 'redirect', url: `/pay/sandbox/${order.id}` })
  expect((await pay(ada, order.id)).status).toBe(200)
  expect(await desk.stateOf(ada, order.id)).toBe('credited')
  expect(await desk.coins(ada)).toBe(7200n)
  expect(await desk.balance('clearing', 'sandbox', 'CNY')).toBe(6800n)
  await eventually('the bell rings', async () => (await ada.visitor.call<NotificationsPage>('GET', '/api/notifications')).body.notifications.some(({ kind, link }) => kind === 'recharged' && link === `/recharge/${order.id}`))
  await pay(ada, order.id)
  expect(await desk.coins(ada)).toBe(7200n)
})

test('the same key is the same order; another request with it is refused; the price is the server’s', async () => {
  const [six, thirty] = await Promise.all([desk.package('CNY', '600'), desk.package('CNY', '3000')])
  const request = { package: six.id, provider: 'sandbox', key: newId<string>() }
  const made = await Promise.all(Array.from({ length: 5 }, () => ada.visitor.call<OrderView>('POST', '/api/recharge/orders', { body: request })))
  expect(new Set(made.map(({ body }) => body.id)).size).toBe(1)
  expect((await ada.visitor.call('POST', '/api/recharge/orders', { body: { ...request, package: thirty.id } })).status).toBe(409)
  expect((await ada.visitor.call('POST', '/api/recharge/orders', { body: { package: six.id, provider: 'sandbox', price: '1', key: newId() } })).body.error?.code).toBe('price-changed')
  expect((await ada.visitor.call('POST', '/api/recharge/orders', { body: { package: six.id, provider: 'stripe', key: newId() } })).body.error?.code).toBe('payments-off')
  expect((await ada.visitor.call('POST', '/api/recharge/orders', { body: { package: 'nothing', provider: 'sandbox', key: newId() } })).body.error?.code).toBe('package-not-found')
  const stranger = await desk.buyer('stranger')
  for (const path of [`/api/recharge/orders/${made[0]?.body.id}`, `/api/recharge/sandbox/${made[0]?.body.id}`]) expect((await stranger.visitor.call('GET', path)).status).toBe(404)
  expect((await stranger.visitor.call('POST', `/api/recharge/sandbox/${made[0]?.body.id}/pay`)).status).toBe(404)
})

test('a forged, an unsigned, an old and a mutilated notice are refused, and nobody is credited', async () => {
  const bob = await desk.buyer('bob')
  const { id } = await desk.order(bob, 'sandbox')
  expect(await notify({ order: id }, { with: 'a guessed key' })).toBe(400)
  expect(await notify({ order: id }, { time: Math.floor(Date.now() / 1000) - 400 })).toBe(400)
  expect(await desk.notice('sandbox', JSON.stringify({ order: id }))).toBe(400)
  expect(await desk.notice('nobody', '{}')).toBe(403)
  expect(await desk.stateOf(bob, id)).toBe('pending')
  expect((await desk.detail(id)).events).toEqual([])
})

test('another amount, currency, merchant or order is refused and kept for operators', async () => {
  const { id } = await desk.order(ada, 'sandbox')
  const before = await desk.coins(ada)
  for (const [wrong, why] of [
    [{ amount: '1' }, 'amount-differs'],
    [{ currency: 'JPY' }, 'currency-differs'],
    [{ merchant: 'somebody' }, 'merchant-differs'],
    [{ type: 'payment.refunded', amount: '601' }, 'refund-too-large'],
  ] as const) {
    expect(await notify({ order: id, ...wrong })).toBe(400)
    expect((await desk.detail(id)).events[0]).toMatchObject({ outcome: 'suspicious', why })
  }
  expect(await notify({ order: 'not-an-order' })).toBe(400)
  const { body } = await desk.operator.call<PaymentEventView[]>('GET', '/api/admin/recharge/suspicious')
  expect(body.slice(0, 5).map(({ why }) => why)).toEqual(['order-unknown', 'refund-too-large', 'merchant-differs', 'currency-differs', 'amount-differs'])
  expect(await desk.coins(ada)).toBe(before)
  expect((await desk.detail(id)).order).toMatchObject({ state: 'pending', suspicious: 4 })
})

test('the same notice ten times at once credits once; another payment of the same order is suspicious', async () => {
  const bea = await desk.buyer('bea')
  const { id } = await desk.order(bea, 'sandbox')
  const notice = { id: newId<string>(), order: id, payment: 'pay-a' }
  expect(await Promise.all(Array.from({ length: 10 }, () => notify(notice)))).toEqual(Array.from({ length: 10 }, () => 200))
  expect(await notify({ ...notice, id: newId() })).toBe(200)
  expect(await desk.coins(bea)).toBe(600n)
  expect(await notify({ ...notice, id: newId(), payment: 'pay-b' })).toBe(400)
  expect((await desk.detail(id)).events.map(({ outcome, why }) => [outcome, why])).toEqual([['suspicious', 'paid-twice'], ['ignored', null], ['applied', null]])
})

test('a refund that is told before its payment, and again, ends as in the right order', async () => {
  const dora = await desk.buyer('dora')
  const { id } = await desk.order(dora, 'sandbox')
  expect(await notify({ order: id, type: 'payment.refunded', amount: '200', payment: 'pay-d' })).toBe(200)
  expect(await desk.coins(dora)).toBe(0n)
  expect(await notify({ order: id, payment: 'pay-d' })).toBe(200)
  expect(await desk.coins(dora)).toBe(400n)
  expect(await notify({ order: id, type: 'payment.refunded', amount: '200', payment: 'pay-d' })).toBe(200)
  expect(await notify({ order: id, type: 'payment.refunded', amount: '600', payment: 'pay-d' })).toBe(200)
  expect(await desk.coins(dora)).toBe(0n)
  expect(await desk.stateOf(dora, id)).toBe('refunded')
  expect(await desk.isLocked(dora)).toBe(false)
})

test('an operator pays back a part, then the rest: coins go, the wallet of who spent them is locked and the platform bears the loss', async () => {
  const carl = await desk.buyer('carl')
  const { id } = await desk.order(carl, 'sandbox', { price: '3000' })
  await pay(carl, id)
  expect(await desk.coins(carl)).toBe(3100n)
  const loss = await desk.balance('loss', '', 'coin')
  const clearing = await desk.balance('clearing', 'sandbox', 'CNY')
  const partial = { amount: '1000', key: newId<string>() }
  expect((await desk.refund(id, partial)).body.order).toMatchObject({ state: 'credited', refunded: '1000' })
  expect((await desk.refund(id, partial)).body.order).toMatchObject({ refunded: '1000' })
  expect(await desk.coins(carl)).toBe(3100n - 1033n)
  expect((await desk.refund(id, { amount: '2001' })).body).toMatchObject({ error: { code: 'state-changed' } })
  await spend(carl, 2000n)
  const { body } = await desk.refund(id, { amount: '2000' })
  expect(body.order).toMatchObject({ state: 'refunded', refunded: '3000', lostCoins: '2000' })
  expect(body.refunds).toMatchObject([{ amount: '1000', state: 'done', by: { name: 'opera' } }, { amount: '2000', state: 'done' }])
  expect(await desk.coins(carl)).toBe(0n)
  expect(await desk.isLocked(carl)).toBe(true)
  expect(await desk.balance('loss', '', 'coin')).toBe(loss - 2000n)
  expect(await desk.balance('clearing', 'sandbox', 'CNY')).toBe(clearing - 3000n)
  await eventually('the buyer hears of it', async () => (await carl.visitor.call<NotificationsPage>('GET', '/api/notifications')).body.notifications.some(({ kind }) => kind === 'recharge-locked'))
  const { body: audit } = await desk.operator.call<{ entries: Array<{ action: string }> }>('GET', '/api/moderation/audit?action=order:refund')
  expect(audit.entries.length).toBe(2)
})

test('a payment whose notice got lost is found by asking, from the page and by the sweep', async () => {
  const eve = await desk.buyer('eve')
  const lost = async () => {
    const order = await desk.order(eve, 'sandbox')
    await desk.database('sandbox_payments').where({ order_id: order.id }).update({ state: 'paid', paid_at: new Date() })
    return order.id
  }
  const seen = await lost()
  await desk.database('recharge_orders').where({ id: seen }).update({ created_at: new Date(Date.now() - 6000) })
  await eventually('the page finds it', async () => (await desk.stateOf(eve, seen)) === 'credited')
  const unseen = await lost()
  await desk.age(unseen, 1)
  await eventually('the sweep finds it', async () => (await desk.detail(unseen)).order.state === 'credited', 15_000)
  expect(await desk.coins(eve)).toBe(1200n)
  const asked = await lost()
  expect((await desk.operator.call('POST', `/api/admin/recharge/orders/${asked}/ask`)).body).toMatchObject({ order: { state: 'credited' } })
})

test('an order nobody paid expires, and what is paid late is credited all the same', async () => {
  const fay = await desk.buyer('fay')
  const { id } = await desk.order(fay, 'sandbox')
  await desk.age(id, 31)
  await eventually('it expires', async () => (await desk.stateOf(fay, id)) === 'expired', 15_000)
  expect((await fay.visitor.call<OrderView>('GET', `/api/recharge/orders/${id}`)).body.way).toBeNull()
  await pay(fay, id)
  expect(await desk.stateOf(fay, id)).toBe('credited')
  expect(await desk.coins(fay)).toBe(600n)
})

test('what was paid after its order expired, with a notice that got lost, is found as well', async () => {
  const kai = await desk.buyer('kai')
  const { id } = await desk.order(kai, 'sandbox')
  await desk.age(id, 31)
  await eventually('it expires', async () => (await desk.stateOf(kai, id)) === 'expired', 15_000)
  await desk.database('sandbox_payments').where({ order_id: id }).update({ state: 'paid', paid_at: new Date() })
  expect(await desk.database('recharge_orders').where({ id }).whereNotNull('check_at').first('id')).toBeDefined()
  await desk.age(id, 61)
  await eventually('the sweep finds it', async () => (await desk.stateOf(kai, id)) === 'credited', 15_000)
  expect(await desk.coins(kai)).toBe(600n)
})

test('a cancelled payment cannot be made, and coins of a deleted account go to nobody but wait for a refund', async () => {
  const gus = await desk.buyer('gus')
  const cancelled = await desk.order(gus, 'sandbox')
  expect((await gus.visitor.call('POST', `/api/recharge/sandbox/${cancelled.id}/cancel`)).body).toMatchObject({ state: 'cancelled' })
  expect((await pay(gus, cancelled.id)).status).toBe(409)
  const { id } = await desk.order(gus, 'sandbox')
  await desk.database('users').where({ id: gus.userId }).update({ deleted_at: new Date() })
  expect(await notify({ order: id })).toBe(200)
  expect((await desk.detail(id)).order.state).toBe('paid')
  expect(await desk.coins(gus)).toBe(0n)
})

test('operators set packages, and orders keep what they were made with', async () => {
  const body = { currency: 'CNY', price: '100', coins: '100', bonus: '5', position: 99, onSale: true, badge: { en: 'New', 'zh-CN': '新' } }
  const { body: made, status } = await desk.operator.call<AdminPackageView>('POST', '/api/admin/recharge/packages', { body })
  expect({ status, made }).toMatchObject({ status: 201, made: body })
  const hal = await desk.buyer('hal')
  const { id } = await desk.order(hal, 'sandbox', { price: '100' })
  expect((await desk.operator.call('PUT', `/api/admin/recharge/packages/${made.id}`, { body: { ...body, price: '200', coins: '1' } })).status).toBe(200)
  await pay(hal, id)
  expect(await desk.coins(hal)).toBe(105n)
  expect((await desk.operator.call('PUT', `/api/admin/recharge/packages/${made.id}`, { body: { ...body, onSale: false } })).status).toBe(200)
  expect((await hal.visitor.call('POST', '/api/recharge/orders', { body: { package: made.id, provider: 'sandbox', key: newId() } })).body.error?.code).toBe('off-sale')
  expect((await desk.operator.call('DELETE', `/api/admin/recharge/packages/${made.id}`)).status).toBe(204)
  expect((await desk.operator.call('DELETE', `/api/admin/recharge/packages/${made.id}`)).status).toBe(404)
  for (const price of ['0', '-1', '1.5', 100, '99999999999999']) expect((await desk.operator.call('POST', '/api/admin/recharge/packages', { body: { ...body, price } })).status).toBe(400)
  expect((await hal.visitor.call('POST', '/api/admin/recharge/packages', { body })).status).toBe(403)
})

test('orders come page by page, to their buyer and filtered to operators', async () => {
  const ina = await desk.buyer('ina')
  const made = []
  for (let index = 0; index < 3; index += 1) made.unshift((await desk.order(ina, 'sandbox')).id)
  const first = (await ina.visitor.call<OrdersPage>('GET', '/api/recharge/orders?limit=2')).body
  const second = (await ina.visitor.call<OrdersPage>('GET', `/api/recharge/orders?limit=2&before=${first.next}`)).body
  expect([...first.orders, ...second.orders].map(({ id }) => id)).toEqual(made)
  expect(second.next).toBeNull()
  const { body } = await desk.operator.call<AdminOrdersPage>('GET', '/api/admin/recharge/orders?user=ina&state=pending&provider=sandbox')
  expect(body.orders.map(({ id, user }) => [id, user?.name])).toEqual(made.map((id) => [id, 'ina']))
  expect((await desk.operator.call('GET', '/api/admin/recharge/orders?user=nobody-here')).status).toBe(404)
})

test('after all this the books add up, and a reconciliation finds clearing and bills as the orders say, and what differs', async () => {
  await desk.adds()
  await desk.database('provider_bills').delete()
  const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
  const noon = new Date(`${day}T12:00:00Z`)
  const kim = await desk.buyer('kim')
  const [billed, unbilled] = [await desk.order(kim, 'sandbox'), await desk.order(kim, 'sandbox')]
  for (const { id } of [billed, unbilled]) await pay(kim, id)
  await desk.database('recharge_orders').whereIn('id', [billed.id, unbilled.id]).update({ paid_at: noon })
  const bill = (lines: object[]) => desk.database('provider_bills').insert({ provider: 'sandbox', day, lines: JSON.stringify(lines), at: new Date() }).onConflict(['provider', 'day']).merge()
  const run = async () => (await desk.operator.call<ReconciliationView>('POST', '/api/admin/reconciliations')).body
  const line = (orderId: string, paid = '600') => ({ orderId, paymentId: 'x', currency: 'CNY', paid })
  await bill([line(billed.id), line(unbilled.id)])
  expect(await run()).toMatchObject({ differences: [], skipped: [] })
  await bill([line(billed.id, '601'), line('nothing')])
  expect((await run()).differences).toEqual([
    { check: 'bills-match-orders', subject: billed.id, currency: 'CNY', expected: '600', found: '601' },
    { check: 'bills-match-orders', subject: 'nothing', currency: 'CNY', expected: '0', found: '600' },
    { check: 'bills-match-orders', subject: unbilled.id, currency: 'CNY', expected: '600', found: '0' },
  ])
  await desk.database('recharge_orders').where({ id: billed.id }).update({ paid: 500 })
  expect((await run()).differences).toContainEqual(expect.objectContaining({ check: 'orders-match-clearing', subject: 'sandbox', currency: 'CNY' }))
})
