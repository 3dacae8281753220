import { createCipheriv, createSign, createVerify, generateKeyPairSync, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { newId } from '../../server/core/newId.ts'
import { eventually } from '../support/eventually.ts'
import { startFakeHost } from '../support/fakeHost.ts'
import type { Asked, FakeHost } from '../support/fakeHost.ts'
import { fundWallet } from '../support/fundWallet.ts'
import { RechargeDesk } from '../support/rechargeDesk.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'

const MCH = '1900000109'
const APP = 'wxd678efh567hg6787'
const API_KEY = '0123456789abcdef0123456789ABCDEF'
const KEY_ID = 'PUB_KEY_ID_0114232134912410000000000000'
const ours = generateKeyPairSync('rsa', { modulusLength: 2048 })
const theirs = generateKeyPairSync('rsa', { modulusLength: 2048 })
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 })
let host: FakeHost
let server: TestServer
let desk: RechargeDesk
const paid = new Set<string>()
let refundStatus = 'SUCCESS'
let signsAnswers = true

/** Headers with which WeChat Pay signs answers and notices. */
function signed(body: string, { at = Date.now(), key = theirs.privateKey, serial = KEY_ID }: { at?: number; key?: typeof theirs.privateKey; serial?: string } = {}): Record<string, string> {
  const time = String(Math.floor(at / 1000))
  const nonce = randomBytes(16).toString('hex')
  return { 'wechatpay-timestamp': time, 'wechatpay-nonce': nonce, 'wechatpay-serial': serial, 'wechatpay-signature': createSign('RSA-SHA256').update(`${time}\n${nonce}\n${body}\n`).sign(key, 'base64') }
}
const transaction = (order: string, more: object = {}) => ({ mchid: MCH, appid: APP, out_trade_no: order, transaction_id: `42${order}`, trade_state: 'SUCCESS', amount: { total: 600, payer_total: 600, currency: 'CNY', payer_currency: 'CNY' }, ...more })

function answer({ method, path, headers, body }: Asked) {
  const reply = (status: number, said: object) => ({ status, body: JSON.stringify(said), headers: signed(JSON.stringify(said), signsAnswers ? {} : { key: stranger.privateKey }) })
  const [, nonce = '', signature = '', time = ''] = /nonce_str="(\w+)",signature="([^"]+)",timestamp="(\d+)"/.exec(headers.authorization ?? '') ?? []
  if (!createVerify('RSA-SHA256').update(`${method}\n${path}\n${time}\n${nonce}\n${body}\n`).verify(ours.publicKey, signature, 'base64')) return reply(401, { code: 'SIGN_ERROR', message: '签名错误' })
  if (path === '/v3/pay/transactions/native') return reply(200, { code_url: `weixin://wxpay/bizpayurl?pr=${(JSON.parse(body) as { out_trade_no: string }).out_trade_no}` })
  const order = /out-trade-no\/(\w+)\?mchid=1900000109$/.exec(path)?.[1]
  if (order !== undefined) return paid.has(order) ? reply(200, transaction(order)) : reply(404, { code: 'ORDER_NOT_EXIST', message: '订单不存在' })
  const { out_trade_no, out_refund_no, amount } = JSON.parse(body) as { out_trade_no: string; out_refund_no: string; amount: { refund: number } }
  return reply(200, { refund_id: `50${out_refund_no}`, out_refund_no, transaction_id: `42${out_trade_no}`, out_trade_no, status: refundStatus, amount: { refund: amount.refund, total: 600 } })
}

beforeAll(async () => {
  host = await startFakeHost(answer)
  server = await startServer({
    databaseUrl: inject('databaseUrl'),
    redisUrl: inject('redisUrl'),
    env: {
      WECHAT_MCH_ID: MCH,
      WECHAT_APP_ID: APP,
      WECHAT_CERT_SERIAL: '444F4864EA9B34415A8',
      WECHAT_PRIVATE_KEY: ours.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString().replaceAll('\n', '\\n'),
      WECHAT_API_V3_KEY: API_KEY,
      WECHAT_PUBLIC_KEY_ID: KEY_ID,
      WECHAT_PUBLIC_KEY: theirs.publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    },
    paymentHosts: { stripe: host.url, alipay: host.url, wechat: host.url },
  })
  desk = await RechargeDesk.open(server)
})
afterAll(async () => {
  await desk?.close()
  await server?.stop()
  await host?.stop()
})

/** A notice sealed by AEAD_AES_256_GCM and signed. */
function notify(type: string, resource: object, { sealedWith = API_KEY, ...signing }: { sealedWith?: string; at?: number; key?: typeof theirs.privateKey; serial?: string } = {}): Promise<number> {
  const nonce = randomBytes(6).toString('hex')
  const cipher = createCipheriv('aes-256-gcm', sealedWith, nonce)
  cipher.setAAD(Buffer.from('transaction'))
  const ciphertext = Buffer.concat([cipher.update(JSON.stringify(resource), 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64')
  const body = JSON.stringify({ id: newId(), create_time: new Date().toISOString(), event_type: type, resource_type: 'encrypt-resource', resource: { algorithm: 'AEAD_AES_256_GCM', ciphertext, nonce, associated_data: 'transaction', original_type: 'transaction' } })
  return desk.notice('wechat', body, signed(body, signing))
}
const refund = (order: string, id: string, amount: number) => ({ mchid: MCH, out_trade_no: order, transaction_id: `42${order}`, refund_id: `50${id}`, out_refund_no: id, refund_status: 'SUCCESS', amount: { total: 600, refund: amount } })

test('an order is a QR code, asked for by a signed request; a sealed and signed notice credits it once', async () => {
  const ada = await desk.buyer('ada')
  const { id, way } = await desk.order(ada, 'wechat')
  expect(way).toEqual({ kind: 'qr', text: `weixin://wxpay/bizpayurl?pr=${id}` })
  expect(JSON.parse(host.asked[0]?.body ?? '{}')).toMatchObject({ appid: APP, mchid: MCH, out_trade_no: id, amount: { total: 600, currency: 'CNY' } })
  expect(await Promise.all(Array.from({ length: 5 }, () => notify('TRANSACTION.SUCCESS', transaction(id))))).toEqual(Array(5).fill(204))
  expect(await desk.coins(ada)).toBe(600n)
  expect(await desk.balance('clearing', 'wechat', 'CNY')).toBe(600n)
})

test('a stranger’s signature, an unknown key, an old notice and one sealed otherwise are refused', async () => {
  const bob = await desk.buyer('bob')
  const { id } = await desk.order(bob, 'wechat')
  for (const how of [{ key: stranger.privateKey }, { serial: 'PUB_KEY_ID_2' }, { at: Date.now() - 301_000 }, { sealedWith: 'x'.repeat(32) }]) expect(await notify('TRANSACTION.SUCCESS', transaction(id), how)).toBe(400)
  expect(await desk.notice('wechat', '{}')).toBe(400)
  expect((await desk.detail(id)).events).toEqual([])
  expect(await desk.coins(bob)).toBe(0n)
})

test('another amount, currency, merchant or app is refused and kept for operators', async () => {
  const cleo = await desk.buyer('cleo')
  const { id } = await desk.order(cleo, 'wechat')
  for (const [index, wrong] of [{ amount: { total: 1, currency: 'CNY' } }, { amount: { total: 600, currency: 'HKD' } }, { mchid: '1900000110' }, { appid: 'wx-another' }].entries()) expect(await notify('TRANSACTION.SUCCESS', transaction(id, { transaction_id: `w${index}`, ...wrong }))).toBe(400)
  expect((await desk.detail(id)).events.map(({ why }) => why)).toEqual(['merchant-differs', 'merchant-differs', 'currency-differs', 'amount-differs'])
  expect(await desk.coins(cleo)).toBe(0n)
})

test('refunds are told one by one: each counts once, before or after the payment, and spent coins lock the wallet', async () => {
  const dan = await desk.buyer('dan')
  const { id } = await desk.order(dan, 'wechat')
  expect(await notify('REFUND.SUCCESS', refund(id, 'r1', 100))).toBe(204)
  expect(await notify('TRANSACTION.SUCCESS', transaction(id))).toBe(204)
  expect(await desk.coins(dan)).toBe(500n)
  expect(await notify('REFUND.SUCCESS', refund(id, 'r1', 100))).toBe(204)
  expect(await desk.coins(dan)).toBe(500n)
  await fundWallet({ databaseUrl: server.databaseUrl, userId: dan.userId, coins: -400n })
  expect(await notify('REFUND.SUCCESS', refund(id, 'r2', 500))).toBe(204)
  expect(await desk.coins(dan)).toBe(0n)
  expect(await desk.isLocked(dan)).toBe(true)
  expect((await desk.detail(id)).order).toMatchObject({ state: 'refunded', lostCoins: '400' })
})

test('an operator’s refund that is under way waits for its notice', async () => {
  const eve = await desk.buyer('eve')
  const { id } = await desk.order(eve, 'wechat')
  await notify('TRANSACTION.SUCCESS', transaction(id))
  refundStatus = 'PROCESSING'
  const { body } = await desk.refund(id, { amount: '200' })
  expect(body).toMatchObject({ order: { refunded: '0' }, refunds: [{ state: 'requested' }] })
  expect((await desk.refund(id, { amount: '500' })).status).toBe(409)
  expect(await notify('REFUND.SUCCESS', refund(id, body.refunds[0]?.id ?? '', 200))).toBe(204)
  expect(await desk.detail(id)).toMatchObject({ order: { refunded: '200' }, refunds: [{ state: 'done' }] })
  refundStatus = 'SUCCESS'
  expect((await desk.refund(id, { amount: '400' })).body).toMatchObject({ order: { state: 'refunded' } })
  expect(await desk.coins(eve)).toBe(0n)
})

test('a missing notice is found by asking; an answer that WeChat Pay did not sign is not believed', async () => {
  const fay = await desk.buyer('fay')
  const { id } = await desk.order(fay, 'wechat')
  paid.add(id)
  signsAnswers = false
  expect((await desk.operator.call('POST', `/api/admin/recharge/orders/${id}/ask`)).status).toBe(503)
  signsAnswers = true
  await desk.age(id, 1)
  await eventually('the sweep finds the payment', async () => (await desk.stateOf(fay, id)) === 'credited', 15_000)
  expect(await desk.coins(fay)).toBe(600n)
  await desk.adds()
})
