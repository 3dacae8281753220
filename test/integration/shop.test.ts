// The shop on two servers: pieces are never sold twice, codes handed out once, orders carried on and taken back, beans exchanged; and every attack on it.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { UserId } from '../../server/contract/ids.ts'
import type { NotificationsPage } from '../../server/contract/notify.ts'
import type { AdminGoods, AdminGoodsOrder, AdminGoodsOrderPage, CodesAdded, Exchanged, GoodsOrderBought, GoodsOrderPage, ShopView } from '../../server/contract/shop.ts'
import { newId } from '../../server/core/newId.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { Database } from '../../server/db/openDatabase.ts'
import { eventually } from '../support/eventually.ts'
import { fundWallet } from '../support/fundWallet.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'
import { Visitor } from '../support/Visitor.ts'

type Failed = { readonly error?: { readonly code: string } }
const address = { name: 'Li Lei', phone: '+86 10 5555 0100', country: 'China', region: 'Beijing', city: 'Beijing', street: '1 Long Street, Room 7', postcode: '100000' }

let one: TestServer
let two: TestServer
let database: Database
let staff: Visitor
beforeAll(async () => {
  one = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') })
  two = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl'), sharing: one })
  database = openDatabase({ url: one.databaseUrl, poolSize: 3 })
  staff = await person('keeper')
  await database('users').where({ name: 'keeper' }).update({ role: 'operator' })
  await eventually('the role is known', async () => (await staff.call('GET', '/api/admin/goods')).status === 200)
})
afterAll(async () => {
  await database.destroy()
  await Promise.all([one.stop(), two.stop()])
})

async function person(name: string, { coins = 0n, beans = 0n } = {}): Promise<Visitor> {
  const visitor = one.visitor()
  expect((await visitor.signUp(name)).status).toBe(201)
  if (coins > 0n || beans > 0n) await fundWallet({ databaseUrl: one.databaseUrl, userId: await idOf(name), coins, beans })
  return visitor
}
const idOf = async (name: string) => ((await database('users').where({ name }).first('id')) as { id: UserId }).id
const balance = async (name: string, currency: 'coin' | 'bean') => {
  const [row] = (await database('ledger_accounts').where({ kind: 'user', owner: await idOf(name), currency }).sum({ balance: 'balance' })) as Array<{ balance: string | null }>
  return Number(row?.balance ?? 0)
}
const draft = (more: Record<string, unknown> = {}) => ({ kind: 'physical', name: { en: 'Mug', zhCN: '马克杯' }, text: { en: 'Holds tea', zhCN: '可以喝茶' }, price: '300', stock: 10, perPerson: null, granted: '', onSale: true, place: 1, ...more })
const addGoods = async (more: Record<string, unknown> = {}) => {
  const { status, body } = await staff.call<AdminGoods>('POST', '/api/admin/goods', { body: draft(more) })
  expect(status).toBe(201)
  return body
}
const buy = (visitor: Visitor, id: string, more: Record<string, unknown> = {}) => visitor.call<GoodsOrderBought & Failed>('POST', `/api/shop/goods/${id}/orders`, { body: { quantity: 1, price: '300', address, key: newId(), ...more } })
const codeOf = async (answer: Promise<{ body: Failed }>) => (await answer).body.error?.code
const goodsNow = async (id: string) => (await staff.call<AdminGoods[]>('GET', '/api/admin/goods')).body.find((goods) => goods.id === id)
const step = (id: string, from: string, to: string, more: Record<string, unknown> = {}) => staff.call<AdminGoodsOrder & Failed>('POST', `/api/admin/goods/orders/${id}/step`, { body: { from, to, ...more } })

/** Signing up hashes a password each time; a crowd is made of one person's log-ins instead. */
async function crowd(prefix: string, size: number, coins: bigint): Promise<Visitor[]> {
  const people: Visitor[] = []
  for (let index = 0; index < size; index += 10) people.push(...(await Promise.all(Array.from({ length: Math.min(10, size - index) }, (_none, at) => person(`${prefix}${index + at}`, { coins })))))
  return people.map((visitor, index) => {
    if (index % 2 === 0) return visitor
    const other = new Visitor(two.url)
    other.cookie = visitor.cookie
    return other
  })
}

test('of ten pieces fifty buyers at once get ten, on both servers, and pay for no more', async () => {
  const goods = await addGoods()
  const buyers = await crowd('buyer', 50, 1000n)
  const answers = await Promise.all(buyers.map((buyer) => buy(buyer, goods.id)))
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(10)
  expect(new Set(answers.filter(({ status }) => status !== 201).map(({ body }) => body.error?.code))).toEqual(new Set(['sold-out']))
  expect(await goodsNow(goods.id)).toMatchObject({ stock: 0, sold: 10 })
  const paid = await Promise.all(buyers.map((_buyer, index) => balance(`buyer${index}`, 'coin')))
  expect(paid.reduce((sum, left) => sum + 1000 - left, 0)).toBe(3000)
}, 120_000)

test('each code is handed out once, to its buyer alone, and the same request gets the same ones', async () => {
  const goods = await addGoods({ kind: 'code', name: { en: 'Game key', zhCN: '游戏激活码' }, price: '50', stock: null })
  const codes = Array.from({ length: 12 }, (_none, index) => `KEY-${index}-${newId()}`)
  const put = (text: string) => staff.call<CodesAdded & Failed>('POST', `/api/admin/goods/${goods.id}/codes`, { body: text, headers: { 'content-type': 'text/plain' } })
  expect((await put(codes.join('\n'))).body).toMatchObject({ added: 12, repeated: 0, goods: { stock: 12 } })
  expect((await put(`${codes[0]}\r\n\r\n`)).body).toMatchObject({ added: 0, repeated: 1, goods: { stock: 12 } })
  expect(await codeOf(put('\n'))).toBe('bad-request')
  const buyers = await crowd('gamer', 8, 1000n)
  const key = newId()
  const asks = buyers.map((buyer, index) => buy(buyer, goods.id, { quantity: 2, price: '50', address: undefined, key: index === 0 ? key : newId() }))
  const answers = await Promise.all([...asks, buy(buyers[0] as Visitor, goods.id, { quantity: 2, price: '50', address: undefined, key })])
  const given = answers.filter(({ status }) => status === 201)
  const orders = new Map(given.map(({ body }) => [body.order.id, body.order]))
  expect(orders.size).toBe(6)
  expect([...orders.values()].flatMap(({ delivered }) => delivered).toSorted()).toEqual(codes.toSorted())
  expect([...orders.values()].every(({ state, delivered }) => state === 'done' && delivered.length === 2)).toBe(true)
  const winner = buyers[answers.findIndex(({ status }) => status === 201)] as Visitor
  const own = (await winner.call<GoodsOrderPage>('GET', '/api/shop/orders')).body.orders
  expect(own).toHaveLength(1)
  expect(JSON.stringify((await staff.call('GET', '/api/admin/goods/orders')).body)).not.toContain('KEY-')
  const rows = (await database('goods_codes').where({ goods_id: goods.id }).select('code')) as Array<{ code: Buffer }>
  expect(rows.some(({ code }) => code.toString('utf8').includes('KEY-'))).toBe(false)
}, 120_000)

test('words that were bought stay as they were when they were bought', async () => {
  const goods = await addGoods({ kind: 'text', price: '10', stock: null, granted: 'The door opens at nine.' })
  const buyer = await person('listener', { coins: 100n })
  expect((await buy(buyer, goods.id, { price: '10', address: undefined })).body).toMatchObject({ coins: '90', order: { state: 'done', delivered: ['The door opens at nine.'] } })
  expect((await staff.call<AdminGoods>('PUT', `/api/admin/goods/${goods.id}`, { body: draft({ kind: 'text', price: '10', stock: null, granted: 'Another text.' }) })).status).toBe(200)
  expect((await buyer.call<GoodsOrderPage>('GET', '/api/shop/orders')).body.orders[0]?.delivered).toEqual(['The door opens at nine.'])
  expect(JSON.stringify((await one.visitor().call<ShopView>('GET', '/api/shop')).body)).not.toContain('Another text')
})

test('a parcel goes step by step; the buyer hears of it; nobody skips a step or does one twice', async () => {
  const goods = await addGoods({ stock: 3 })
  const buyer = await person('patient', { coins: 1000n })
  const { body: bought } = await buy(buyer, goods.id)
  const { id } = bought.order
  expect(bought).toMatchObject({ coins: '700', order: { state: 'paid', address, delivered: [], total: '300' } })
  expect(await codeOf(step(id, 'paid', 'sent'))).toBe('bad-request')
  const twice = await Promise.all([step(id, 'paid', 'packed'), step(id, 'paid', 'packed')])
  expect(twice.map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect((await step(id, 'packed', 'sent', { tracking: 'SF123456' })).body).toMatchObject({ state: 'sent', tracking: 'SF123456', buyer: { name: 'patient' }, address })
  await eventually('the buyer hears of it', async () => (await buyer.call<NotificationsPage>('GET', '/api/notifications')).body.notifications.some(({ kind, text }) => kind === 'goods-sent' && text === 'Mug'))
  expect((await step(id, 'sent', 'done')).body).toMatchObject({ state: 'done' })
  expect((await buyer.call<GoodsOrderPage>('GET', '/api/shop/orders')).body.orders[0]).toMatchObject({ state: 'done', tracking: 'SF123456' })
  expect(await codeOf(step('nosuchorderatall', 'paid', 'packed'))).toBe('order-not-found')
  expect((await database('audit').where({ action: 'goods-order:step' })).length).toBeGreaterThanOrEqual(3)
})

test('an order that is cancelled gives the coins back once, by a reversing transfer, and the pieces', async () => {
  const goods = await addGoods({ stock: 5 })
  const buyer = await person('regretful', { coins: 1000n })
  const { order } = (await buy(buyer, goods.id, { quantity: 2 })).body
  expect([await balance('regretful', 'coin'), (await goodsNow(goods.id))?.stock]).toEqual([400, 3])
  const cancel = () => staff.call<AdminGoodsOrder & Failed>('POST', `/api/admin/goods/orders/${order.id}/cancel`, { body: { reason: 'The mug broke' } })
  const answers = await Promise.all([cancel(), cancel(), cancel()])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409])
  expect([await balance('regretful', 'coin'), (await goodsNow(goods.id))?.stock, (await goodsNow(goods.id))?.sold]).toEqual([1000, 5, 0])
  const transfers = (await database('ledger_transfers').where({ reference: order.id }).orderBy('seq').select('id', 'type', 'reverses')) as Array<{ id: string; type: string; reverses: string | null }>
  expect(transfers.map(({ type }) => type)).toEqual(['goods', 'goods-refund'])
  expect(transfers[1]?.reverses).toBe(transfers[0]?.id)
  expect(await codeOf(step(order.id, 'paid', 'packed'))).toBe('state-changed')
  expect((await buyer.call<GoodsOrderPage>('GET', '/api/shop/orders')).body.orders[0]).toMatchObject({ state: 'cancelled', reason: 'The mug broke' })
  await eventually('the buyer hears of it', async () => (await buyer.call<NotificationsPage>('GET', '/api/notifications')).body.notifications.some(({ kind }) => kind === 'goods-refunded'))
})

test('a cancelled order of codes gives coins back, but no code is sold a second time', async () => {
  const goods = await addGoods({ kind: 'code', price: '50', stock: null })
  await staff.call('POST', `/api/admin/goods/${goods.id}/codes`, { body: 'ONLY-ONE', headers: { 'content-type': 'text/plain' } })
  const [first, second] = [await person('firstcode', { coins: 100n }), await person('secondcode', { coins: 100n })]
  const { order } = (await buy(first, goods.id, { price: '50', address: undefined })).body
  expect((await staff.call('POST', `/api/admin/goods/orders/${order.id}/cancel`, { body: { reason: 'did not work' } })).status).toBe(200)
  expect(await balance('firstcode', 'coin')).toBe(100)
  expect(await codeOf(buy(second, goods.id, { price: '50', address: undefined }))).toBe('sold-out')
})

test('nothing is sold that should not be, whatever the request says', async () => {
  const goods = await addGoods({ perPerson: 2, stock: 100 })
  const buyer = await person('attacker', { coins: 1000n })
  for (const quantity of [0, -1, 1.5, 100, 1e30, '1', null, undefined, Number.MAX_SAFE_INTEGER]) expect(await codeOf(buy(buyer, goods.id, { quantity })), String(quantity)).toBe('bad-request')
  for (const price of ['0', '-300', '300.0', '3e2', 300, '0300', '99999999999999999999', null]) expect(await codeOf(buy(buyer, goods.id, { price })), String(price)).toBe('bad-request')
  expect(await codeOf(buy(buyer, goods.id, { price: '1' }))).toBe('price-changed')
  expect(await codeOf(buy(buyer, goods.id, { address: undefined }))).toBe('bad-request')
  expect(await codeOf(buy(buyer, goods.id, { address: { ...address, street: ' ' } }))).toBe('bad-request')
  expect(await codeOf(buy(buyer, 'nosuchgoodsatall'))).toBe('goods-not-found')
  expect(await codeOf(buy(one.visitor(), goods.id))).toBe('not-logged-in')
  expect(await codeOf(buy(buyer, goods.id, { quantity: 3 }))).toBe('limit-reached')
  const key = newId()
  expect((await buy(buyer, goods.id, { key })).status).toBe(201)
  expect((await buy(buyer, goods.id, { key })).status).toBe(201)
  expect(await codeOf(buy(buyer, goods.id, { key, quantity: 2 }))).toBe('key-reused')
  const stranger = await person('stranger-with-a-key', { coins: 1000n })
  const { body: foreign } = await buy(stranger, goods.id, { key })
  expect(foreign.order.id).not.toBe((await buyer.call<GoodsOrderPage>('GET', '/api/shop/orders')).body.orders[0]?.id)
  expect((await Promise.all([buy(buyer, goods.id), buy(buyer, goods.id)])).map(({ status }) => status).toSorted()).toEqual([201, 409])
  expect(await balance('attacker', 'coin')).toBe(400)
  expect(await codeOf(buy(await person('penniless', { coins: 299n }), goods.id))).toBe('insufficient-funds')
  await staff.call('PUT', `/api/admin/goods/${goods.id}`, { body: draft({ onSale: false, stock: 97, stockWas: 97 }) })
  expect(await codeOf(buy(stranger, goods.id))).toBe('off-sale')
  expect((await one.visitor().call<ShopView>('GET', '/api/shop')).body.goods.some(({ id }) => id === goods.id)).toBe(false)
})

test('a stock that was sold from while the form was open is not set over; one that was not touched stays as it has become', async () => {
  const goods = await addGoods({ stock: 10 })
  const buyer = await person('quick', { coins: 1000n })
  await buy(buyer, goods.id)
  const save = (more: Record<string, unknown>) => staff.call<AdminGoods & Failed>('PUT', `/api/admin/goods/${goods.id}`, { body: draft(more) })
  expect(await codeOf(save({ stock: 20, stockWas: 10 }))).toBe('state-changed')
  expect((await save({ stock: 10, stockWas: 10, price: '400' })).body).toMatchObject({ stock: 9, price: '400' })
  expect((await save({ stock: null, stockWas: 9 })).body).toMatchObject({ stock: null })
})

test('a picture is checked and encoded anew, and the former one goes', async () => {
  const goods = await addGoods()
  const put = (body: Uint8Array, type = 'image/png') => staff.call<AdminGoods & Failed>('PUT', `/api/admin/goods/${goods.id}/picture`, { body, headers: { 'content-type': type } })
  const png = (color: string) => sharp({ create: { width: 900, height: 700, channels: 3, background: color } }).png().toBuffer()
  const { body: first } = await put(await png('red'))
  expect(first.pictureUrl).toMatch(/^\/goods\/.*\.webp$/)
  expect((await fetch(new URL(first.pictureUrl ?? '', one.url))).headers.get('content-type')).toBe('image/webp')
  expect((await put(await png('blue'))).body.pictureUrl).not.toBe(first.pictureUrl)
  expect(await readdir(join(one.mediaDir, 'goods'))).toHaveLength(1)
  expect(await codeOf(put(new TextEncoder().encode('<svg/>')))).toBe('bad-image')
})

test('beans become coins at the rate that the page showed, exactly, and never more than there are', async () => {
  const host = await person('earner', { beans: 1000n })
  const exchange = (more: Record<string, unknown>) => host.call<Exchanged & Failed>('POST', '/api/shop/exchange', { body: { beans: '100', coins: '100', key: newId(), ...more } })
  const key = newId()
  expect(await exchange({ key })).toMatchObject({ status: 201, body: { coins: '100', beans: '900', gave: '100', got: '100' } })
  expect(await exchange({ key })).toMatchObject({ status: 201, body: { coins: '100', beans: '900' } })
  expect(await codeOf(exchange({ key, beans: '200', coins: '200' }))).toBe('key-reused')
  for (const beans of ['0', '-5', '1.5', '1e3', 100, null, '99999999999999999', 'NaN']) expect(await codeOf(exchange({ beans })), String(beans)).toBe('bad-request')
  expect(await codeOf(exchange({ beans: '901', coins: '901' }))).toBe('insufficient-funds')
  expect(await codeOf(exchange({ beans: '100', coins: '101' }))).toBe('price-changed')
  const all = await Promise.all(Array.from({ length: 12 }, () => exchange({})))
  expect(all.filter(({ status }) => status === 201)).toHaveLength(9)
  expect([await balance('earner', 'bean'), await balance('earner', 'coin')]).toEqual([0, 1000])
})

test('addresses are sealed, seen by buyer and staff, and go with the account once the order has ended', async () => {
  const goods = await addGoods({ stock: 5 })
  const buyer = await person('leaver', { coins: 1000n })
  const [ended, open] = [(await buy(buyer, goods.id)).body.order, (await buy(buyer, goods.id)).body.order]
  for (const [from, to] of [['paid', 'packed'], ['packed', 'sent'], ['sent', 'done']] as const) await step(ended.id, from, to)
  const stored = async (id: string) => ((await database('goods_orders').where({ id }).first('address')) as { address: Buffer | null }).address
  expect((await stored(open.id))?.toString('utf8')).not.toContain('Long Street')
  expect(await codeOf(one.visitor().call('GET', '/api/shop/orders'))).toBe('not-logged-in')
  expect((await (await person('curious')).call<GoodsOrderPage>('GET', '/api/shop/orders')).body.orders).toEqual([])
  expect((await buyer.call('POST', '/api/me/delete', { body: { password: 'a good password' } })).status).toBeLessThan(300)
  await eventually('the ended order has no address', async () => (await stored(ended.id)) === null)
  const listed = (await staff.call<AdminGoodsOrderPage>('GET', '/api/admin/goods/orders?state=paid')).body.orders.find(({ id }) => id === open.id)
  expect(listed).toMatchObject({ buyer: null, address })
  expect((await staff.call('POST', `/api/admin/goods/orders/${open.id}/cancel`, { body: { reason: 'The account is gone' } })).status).toBe(200)
  expect(await stored(open.id)).toBeNull()
})

test('every entry of the shop sums to zero', async () => {
  const rows = (await database('ledger_entries').join('ledger_accounts', 'ledger_accounts.id', 'ledger_entries.account_id').groupBy('ledger_entries.transfer_id', 'ledger_accounts.currency').having(database.raw('SUM(ledger_entries.amount) <> 0')).select('ledger_entries.transfer_id')) as unknown[]
  expect(rows).toEqual([])
})
