// Payments by WeChat Pay, API v3: a native QR code to scan, sealed notices (https://pay.weixin.qq.com/doc/v3/merchant/4012791874).
import type { IncomingHttpHeaders } from 'node:http'
import { z } from 'zod'
import { ORDER_MINUTES } from '../../contract/recharge.ts'
import { AppError } from '../../core/AppError.ts'
import type { Beginning, Begun, Bill, PayableOrder, PaymentEvent, PaymentProvider, RefundWish } from '../PaymentProvider.ts'
import { providerFailed } from '../providerFailed.ts'
import { WechatClient } from './WechatClient.ts'
import type { WechatAnswer, WechatKeys } from './WechatClient.ts'
import { unseal, verifyWords } from './wechatSignature.ts'

const fen = z.number().int().min(0).max(1_000_000_000_000)
const noticeSchema = z.object({
  event_type: z.string(),
  resource: z.object({ algorithm: z.literal('AEAD_AES_256_GCM'), ciphertext: z.string(), nonce: z.string(), associated_data: z.string().optional() }),
})
const transactionSchema = z.object({
  mchid: z.string(),
  appid: z.string(),
  out_trade_no: z.string(),
  transaction_id: z.string().optional(),
  trade_state: z.string(),
  amount: z.object({ total: fen, currency: z.string().default('CNY') }).optional(),
})
const refundSchema = z.object({
  mchid: z.string().optional(),
  out_trade_no: z.string(),
  transaction_id: z.string(),
  refund_id: z.string(),
  out_refund_no: z.string(),
  refund_status: z.string().optional(),
  status: z.string().optional(),
  amount: z.object({ refund: fen }),
})
type Refunded = z.infer<typeof refundSchema>

/** Seconds, in Beijing's time as WeChat's own examples have it. */
const rfc3339 = (at: number): string => `${new Date(at + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`

export class WechatPayments implements PaymentProvider {
  readonly name = 'wechat'
  readonly ways = ['qr'] as const
  readonly currencies = ['CNY'] as const
  readonly merchant: string
  readonly thanks = { status: 204, type: 'application/json', body: '' }
  readonly #keys: WechatKeys
  readonly #client: WechatClient

  constructor({ keys, host }: { keys: WechatKeys; host: string }) {
    this.#keys = keys
    this.#client = new WechatClient({ keys, host })
    this.merchant = `${keys.mchId}/${keys.appId}`
  }

  async begin({ id, price, coins, createdAt }: PayableOrder, { noticeUrl }: Beginning): Promise<Begun> {
    const { appId: appid, mchId: mchid } = this.#keys
    const time_expire = rfc3339(createdAt.getTime() + ORDER_MINUTES * 60_000)
    const answer = await this.#client.ask('POST', '/v3/pay/transactions/native', { appid, mchid, description: `${coins} coins`, out_trade_no: id, time_expire, notify_url: noticeUrl, amount: { total: toNumber(price), currency: 'CNY' } })
    const { code_url: text } = answer.body
    if (answer.status !== 200 || typeof text !== 'string') throw refusal('native', answer)
    return { way: { kind: 'qr', text } }
  }

  readNotice(body: Buffer, headers: IncomingHttpHeaders): Promise<PaymentEvent | undefined> {
    try {
      return Promise.resolve(this.#read(body.toString('utf8'), headers))
    } catch (error) {
      return Promise.reject(error instanceof AppError ? error : new AppError('bad-request', { cause: error, message: 'The notice cannot be read' }))
    }
  }

  async query({ id }: PayableOrder): Promise<readonly PaymentEvent[]> {
    const answer = await this.#client.ask('GET', `/v3/pay/transactions/out-trade-no/${encodeURIComponent(id)}?mchid=${encodeURIComponent(this.#keys.mchId)}`)
    if (answer.status === 404) return []
    if (answer.status !== 200) throw refusal('query', answer)
    const event = paidEvent(parsed(transactionSchema, answer.body))
    return event ? [event] : []
  }

  async refund({ id, price }: PayableOrder, { id: refundId, amount, reason, noticeUrl }: RefundWish): Promise<readonly PaymentEvent[]> {
    const request = { out_trade_no: id, out_refund_no: refundId, reason: [...reason].slice(0, 80).join(''), notify_url: noticeUrl, amount: { refund: toNumber(amount), total: toNumber(price), currency: 'CNY' } }
    const answer = await this.#client.ask('POST', '/v3/refund/domestic/refunds', request)
    if (answer.status !== 200) throw refusal('refund', answer)
    const refund = parsed(refundSchema, answer.body)
    if (refund.status === 'CLOSED' || refund.status === 'ABNORMAL') throw providerFailed('WeChat Pay', new Error(`the refund ${refund.refund_id} is ${refund.status}`))
    return refund.status === 'SUCCESS' ? [this.#refundEvent(refund)] : []
  }

  bill(): Promise<Bill> {
    return Promise.resolve({ missing: 'WeChat Pay gives its bill as a file to be downloaded' })
  }

  #read(body: string, headers: IncomingHttpHeaders): PaymentEvent | undefined {
    const { wechatSerial: serial, wechatKey: key, apiKey } = this.#keys
    const header = (name: string): string => String(headers[`wechatpay-${name}`] ?? '')
    verifyWords({ time: header('timestamp'), nonce: header('nonce'), serial: header('serial'), signature: header('signature'), body }, { serial, key, now: Date.now() })
    const { event_type: type, resource } = noticeSchema.parse(JSON.parse(body))
    const opened: unknown = JSON.parse(unseal(resource, apiKey))
    if (type === 'TRANSACTION.SUCCESS') return paidEvent(transactionSchema.parse(opened))
    return type === 'REFUND.SUCCESS' ? this.#refundEvent(refundSchema.parse(opened)) : undefined
  }

  /** Each refund is told by itself. The app is not named there. */
  #refundEvent({ mchid = this.#keys.mchId, out_trade_no, transaction_id, refund_id, out_refund_no, amount }: Refunded): PaymentEvent {
    return { eventId: `refund-${refund_id}`, kind: 'refunded', merchant: `${mchid}/${this.#keys.appId}`, orderId: out_trade_no, paymentId: transaction_id, currency: 'CNY', amount: BigInt(amount.refund), refundId: out_refund_no }
  }
}

/** WeChat's API takes numbers; our amounts end far below 2^53. */
const toNumber = (amount: bigint): number => Number(amount)

/** Also of a trade that was refunded since. */
function paidEvent({ mchid, appid, out_trade_no: orderId, transaction_id: paymentId, trade_state: state, amount }: z.infer<typeof transactionSchema>): PaymentEvent | undefined {
  if ((state !== 'SUCCESS' && state !== 'REFUND') || !amount || !paymentId) return undefined
  return { eventId: `paid-${paymentId}`, kind: 'paid', merchant: `${mchid}/${appid}`, orderId, paymentId, currency: amount.currency, amount: BigInt(amount.total) }
}

function parsed<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const { success, data, error } = schema.safeParse(value)
  if (!success) throw providerFailed('WeChat Pay', new Error(`an answer of another shape: ${error.message}`))
  return data
}

const refusal = (what: string, { status, body }: WechatAnswer): AppError => providerFailed('WeChat Pay', new Error(`${what} was refused: ${status} ${String(body['code'])} ${String(body['message'])}`))
