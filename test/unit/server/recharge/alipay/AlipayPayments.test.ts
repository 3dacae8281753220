// Alipay's notices, signed by RSA2 over the sorted fields, become our events.
import { createSign, generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { AlipayPayments } from '../../../../../server/recharge/alipay/AlipayPayments.ts'

const ours = generateKeyPairSync('rsa', { modulusLength: 2048 })
const theirs = generateKeyPairSync('rsa', { modulusLength: 2048 })
const provider = new AlipayPayments({ appId: 'app', privateKey: ours.privateKey, alipayKey: theirs.publicKey, host: 'https://openapi.alipay.com/gateway.do' })
const beijing = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

function read(change: Record<string, string> = {}, { key = theirs.privateKey, type = 'RSA2' } = {}) {
  const fields: Record<string, string> = { app_id: 'app', notify_id: 'n1', notify_time: beijing(Date.now()), out_trade_no: 'o1', trade_no: 't1', trade_status: 'TRADE_SUCCESS', total_amount: '6.00', subject: '100% 金币 + more', ...change }
  const text = Object.keys(fields).sort().map((name) => `${name}=${fields[name]}`).join('&')
  return provider.readNotice(Buffer.from(new URLSearchParams({ ...fields, sign_type: type, sign: createSign('RSA-SHA256').update(text, 'utf8').sign(key, 'base64') }).toString()), {})
}

test('a trade that succeeded is a payment; one that waits is nothing; a refund tells the total', async () => {
  expect(await read()).toEqual({ eventId: 'n1', kind: 'paid', orderId: 'o1', paymentId: 't1', merchant: 'app', currency: 'CNY', amount: 600n })
  expect(await read({ trade_status: 'WAIT_BUYER_PAY' })).toBeUndefined()
  expect(await read({ refund_fee: '2.5' })).toMatchObject({ kind: 'refunded', amount: 250n })
})

test('another key, another kind of signature, and a notice of last week are signature-wrong', async () => {
  for (const reading of [read({}, { key: ours.privateKey }), read({}, { type: 'RSA' }), read({ notify_time: beijing(Date.now() - 7 * 86_400_000) }), read({ notify_time: 'soon' })]) await expect(reading).rejects.toMatchObject({ code: 'signature-wrong' })
})
