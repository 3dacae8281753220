import { createSign, generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { newId } from '../../server/core/newId.ts'
import { eventually } from '../support/eventually.ts'
import { startFakeHost } from '../support/fakeHost.ts'
import type { Asked, FakeHost } from '../support/fakeHost.ts'
import { RechargeDesk } from '../support/rechargeDesk.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'

const APP = '2021000000000001'
const ours = generateKeyPairSync('rsa', { modulusLength: 2048 })
const theirs = generateKeyPairSync('rsa', { modulusLength: 2048 })
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 })
const sign = (text: string, key = theirs.privateKey) => createSign('RSA-SHA256').update(text, 'utf8').sign(key, 'base64')
let host: FakeHost
let server: TestServer
let desk: RechargeDesk
const trades = new Map<string, { status: string; refunded: number }>()

/** Alipay's gateway, answering with its own signature over the very text of the answer. */
function answer({ path, body }: Asked) {
  const fields = new URLSearchParams(`${path.split('?')[1] ?? ''}&${body}`)
  const method = fields.get('method') ?? ''
  const biz = JSON.parse(fields.get('biz_content') ?? '{}') as { out_trade_no: string; refund_amount?: string }
  const trade = trades.get(biz.out_trade_no)
  const said = (): object => {
    if (method === 'alipay.trade.precreate') return { code: '10000', msg: 'Success', out_trade_no: biz.out_trade_no, qr_code: `https://qr.alipay.test/${biz.out_trade_no}` }
    if (!trade) return { code: '40004', msg: 'Business Failed', sub_code: 'ACQ.TRADE_NOT_EXIST', sub_msg: '交易不存在' }
    if (method === 'alipay.trade.query') return { code: '10000', msg: 'Success', out_trade_no: biz.out_trade_no, trade_no: `t-${biz.out_trade_no}`, trade_status: trade.status, total_amount: '6.00', send_pay_date: '2026-07-14 12:00:00' }
    trade.refunded += Math.round(Number(biz.refund_amount) * 100)
    return { code: '10000', msg: 'Success', out_trade_no: biz.out_trade_no, fund_change: 'Y', refund_fee: (trade.refunded / 100).toFixed(2) }
  }
  const text = JSON.stringify(said())
  return { body: `{"${method.replaceAll('.', '_')}_response":${text},"sign":"${sign(text)}"}` }
}

beforeAll(async () => {
  host = await startFakeHost(answer)
  server = await startServer({
    databaseUrl: inject('databaseUrl'),
    redisUrl: inject('redisUrl'),
    env: {
      PUBLIC_URL: 'https://live.example.org',
      ALIPAY_APP_ID: APP,
      ALIPAY_PRIVATE_KEY: ours.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
      ALIPAY_PUBLIC_KEY: theirs.publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    },
    paymentHosts: { stripe: host.url, alipay: `${host.url}/gateway.do`, wechat: host.url },
  })
  desk = await RechargeDesk.open(server)
})
afterAll(async () => {
  await desk?.close()
  await server?.stop()
  await host?.stop()
})

const beijing = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
/** A notice signed by the documented rule: all fields but sign and sign_type, sorted, joined by &. */
function notify(order: string, more: Record<string, string> = {}, { at = Date.now(), key = theirs.privateKey, alter = {} }: { at?: number; key?: typeof theirs.privateKey; alter?: Record<string, string> } = {}): Promise<number> {
  const fields: Record<string, string> = { app_id: APP, notify_id: newId(), notify_time: beijing(at), notify_type: 'trade_status_sync', charset: 'utf-8', version: '1.0', out_trade_no: order, trade_no: `t-${order}`, trade_status: 'TRADE_SUCCESS', total_amount: '6.00', subject: '600 coins 金币 & more', ...more }
  const text = Object.keys(fields).sort().map((name) => `${name}=${fields[name]}`).join('&')
  const body = new URLSearchParams({ ...fields, ...alter, sign_type: 'RSA2', sign: sign(text, key) })
  return desk.notice('alipay', body.toString(), { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' })
}

test('an order leads to Alipay’s page by a signed address, or to a QR code', async () => {
  const ada = await desk.buyer('ada')
  const { id, way } = await desk.order(ada, 'alipay', { way: 'redirect' })
  const url = new URL(way?.kind === 'redirect' ? way.url : 'x:')
  expect(url.searchParams.get('method')).toBe('alipay.trade.page.pay')
  expect(url.searchParams.get('notify_url')).toBe('https://live.example.org/api/recharge/notices/alipay')
  expect(JSON.parse(url.searchParams.get('biz_content') ?? '{}')).toMatchObject({ out_trade_no: id, total_amount: '6.00' })
  expect(url.searchParams.get('sign')).not.toBeNull()
  const scanned = await desk.order(ada, 'alipay', { way: 'qr' })
  expect(scanned.way).toEqual({ kind: 'qr', text: `https://qr.alipay.test/${scanned.id}` })
})

test('a signed notice credits, is answered `success`, and told five times at once credits once', async () => {
  const bob = await desk.buyer('bob')
  const { id } = await desk.order(bob, 'alipay')
  expect(await notify(id, { trade_status: 'WAIT_BUYER_PAY' })).toBe(200)
  expect(await desk.coins(bob)).toBe(0n)
  const notify_id = newId<string>()
  expect(await Promise.all(Array.from({ length: 5 }, () => notify(id, { notify_id })))).toEqual(Array(5).fill(200))
  expect(await notify(id, { trade_status: 'TRADE_FINISHED' })).toBe(200)
  expect(await desk.coins(bob)).toBe(600n)
  expect(await desk.balance('clearing', 'alipay', 'CNY')).toBe(600n)
})

test('a notice of a stranger’s key, an altered one and one of last week are refused', async () => {
  const cleo = await desk.buyer('cleo')
  const { id } = await desk.order(cleo, 'alipay')
  expect(await notify(id, {}, { key: stranger.privateKey })).toBe(400)
  expect(await notify(id, {}, { alter: { trade_no: 't-2' } })).toBe(400)
  expect(await notify(id, {}, { at: Date.now() - 7 * 86_400_000 })).toBe(400)
  expect(await desk.notice('alipay', 'out_trade_no=x')).toBe(400)
  expect((await desk.detail(id)).events).toEqual([])
})

test('another amount or app is refused and kept for operators', async () => {
  const dan = await desk.buyer('dan')
  const { id } = await desk.order(dan, 'alipay')
  expect(await notify(id, { total_amount: '0.01' })).toBe(400)
  expect(await notify(id, { app_id: '2021000000000002' })).toBe(400)
  expect(await notify('no-order-of-ours')).toBe(400)
  expect((await desk.detail(id)).events.map(({ why }) => why)).toEqual(['merchant-differs', 'amount-differs'])
  expect(await desk.coins(dan)).toBe(0n)
})

test('a refund that is told first, a missing notice, and an operator’s refund all end right', async () => {
  const eve = await desk.buyer('eve')
  const early = await desk.order(eve, 'alipay')
  expect(await notify(early.id, { refund_fee: '2.00', gmt_refund: beijing(Date.now()) })).toBe(200)
  expect(await notify(early.id)).toBe(200)
  expect(await desk.coins(eve)).toBe(400n)
  const { id } = await desk.order(eve, 'alipay')
  trades.set(id, { status: 'TRADE_SUCCESS', refunded: 0 })
  await desk.age(id, 1)
  await eventually('the sweep finds the payment', async () => (await desk.stateOf(eve, id)) === 'credited', 15_000)
  expect(await desk.coins(eve)).toBe(1000n)
  expect((await desk.refund(id, { amount: '150' })).body.order).toMatchObject({ state: 'credited', refunded: '150' })
  expect((await desk.refund(id, { amount: '450' })).body.order).toMatchObject({ state: 'refunded', refunded: '600' })
  expect(await notify(id, { refund_fee: '6.00', trade_status: 'TRADE_CLOSED' })).toBe(200)
  expect(await desk.coins(eve)).toBe(400n)
  await desk.adds()
})
