// Payments by Alipay: its payment page or a QR code, asynchronous notices signed by RSA2 (https://opendocs.alipay.com/open/270/105902).
import type { IncomingHttpHeaders } from 'node:http'
import type { KeyObject } from 'node:crypto'
import { AlipaySdk } from 'alipay-sdk'
import { ORDER_MINUTES } from '../../contract/recharge.ts'
import { AppError } from '../../core/AppError.ts'
import { fromMajor, toMajor } from '../majorUnits.ts'
import type { Beginning, Begun, Bill, PayableOrder, PaymentEvent, PaymentProvider } from '../PaymentProvider.ts'
import { providerFailed } from '../providerFailed.ts'
import { bareBase64 } from '../providerKeys.ts'

const TIMEOUT_MS = 10_000
/** Alipay repeats a notice for 25 hours; what is older was recorded by somebody. */
const TOLERANCE_MS = 26 * 3_600_000
/** Yuan have two digits after the point; `notify_time` is Beijing's. */
const DIGITS = 2
const OK = '10000'
const PAID = ['TRADE_SUCCESS', 'TRADE_FINISHED']

export type AlipayOptions = { readonly appId: string; readonly privateKey: KeyObject; readonly alipayKey: KeyObject; readonly host: string }
type Answer = Readonly<Record<string, unknown>>

export class AlipayPayments implements PaymentProvider {
  readonly name = 'alipay'
  readonly ways = ['redirect', 'qr'] as const
  readonly currencies = ['CNY'] as const
  readonly merchant: string
  readonly thanks = { status: 200, type: 'text/plain', body: 'success' }
  readonly #sdk: AlipaySdk

  constructor({ appId, privateKey, alipayKey, host }: AlipayOptions) {
    this.merchant = appId
    this.#sdk = new AlipaySdk({
      appId,
      privateKey: bareBase64(String(privateKey.export({ format: 'pem', type: 'pkcs1' }))),
      alipayPublicKey: bareBase64(String(alipayKey.export({ format: 'pem', type: 'spki' }))),
      keyType: 'PKCS1',
      signType: 'RSA2',
      gateway: host,
      timeout: TIMEOUT_MS,
    })
  }

  async begin({ id, price, coins }: PayableOrder, { way, returnUrl, noticeUrl }: Beginning): Promise<Begun> {
    const trade = { outTradeNo: id, totalAmount: toMajor(price, DIGITS), subject: `${coins} coins`, timeoutExpress: `${ORDER_MINUTES}m` }
    if (way === 'redirect') {
      const url = this.#sdk.pageExecute('alipay.trade.page.pay', 'GET', { notifyUrl: noticeUrl, returnUrl, bizContent: { ...trade, productCode: 'FAST_INSTANT_TRADE_PAY' } })
      return { way: { kind: 'redirect', url } }
    }
    const answer = await this.#ask('alipay.trade.precreate', { notifyUrl: noticeUrl, bizContent: trade })
    if (answer['code'] !== OK || typeof answer['qrCode'] !== 'string') throw refusal('precreate', answer)
    return { way: { kind: 'qr', text: answer['qrCode'] } }
  }

  readNotice(body: Buffer, _headers: IncomingHttpHeaders): Promise<PaymentEvent | undefined> {
    const fields = Object.fromEntries(new URLSearchParams(body.toString('utf8')))
    try {
      if (!this.#isSigned(fields)) throw new AppError('signature-wrong', { message: 'The signature is wrong' })
      if (!(Math.abs(Date.now() - sentAt(fields['notify_time'])) <= TOLERANCE_MS)) throw new AppError('signature-wrong', { message: 'The notice is too old' })
      return Promise.resolve(toEvent(fields))
    } catch (error) {
      return Promise.reject(error instanceof AppError ? error : new AppError('signature-wrong', { cause: error }))
    }
  }

  async query({ id }: PayableOrder): Promise<readonly PaymentEvent[]> {
    const answer = await this.#ask('alipay.trade.query', { bizContent: { outTradeNo: id } })
    if (answer['subCode'] === 'ACQ.TRADE_NOT_EXIST') return []
    if (answer['code'] !== OK) throw refusal('query', answer)
    const amount = fromMajor(String(answer['totalAmount']), DIGITS)
    const status = String(answer['tradeStatus'])
    // Closed after it was paid: all of it was refunded.
    const refunded = status === 'TRADE_CLOSED' && answer['sendPayDate'] !== undefined
    if (amount === undefined || !(PAID.includes(status) || refunded)) return []
    const about = { orderId: id, paymentId: String(answer['tradeNo']), currency: 'CNY', merchant: this.merchant, amount }
    const paid: PaymentEvent = { ...about, eventId: `paid-${about.paymentId}`, kind: 'paid' }
    return refunded ? [paid, { ...about, eventId: `refunded-${about.paymentId}-${amount}`, kind: 'refunded' }] : [paid]
  }

  async refund({ id, paymentId }: PayableOrder, { id: refundId, amount, reason }: { id: string; amount: bigint; reason: string }): Promise<readonly PaymentEvent[]> {
    const answer = await this.#ask('alipay.trade.refund', { bizContent: { outTradeNo: id, outRequestNo: refundId, refundAmount: toMajor(amount, DIGITS), refundReason: reason } })
    const total = fromMajor(String(answer['refundFee']), DIGITS)
    if (answer['code'] !== OK || total === undefined) throw refusal('refund', answer)
    if (answer['fundChange'] !== 'Y' && !(await this.#isRefunded(id, refundId))) return []
    return [{ eventId: `refunded-${paymentId}-${total}`, kind: 'refunded', orderId: id, paymentId, currency: 'CNY', merchant: this.merchant, amount: total }]
  }

  bill(): Promise<Bill> {
    return Promise.resolve({ missing: 'Alipay gives its bill as a file to be downloaded' })
  }

  /** A repeated request changes nothing (`fund_change` N); whether the refund was made is asked for. */
  async #isRefunded(id: string, refundId: string): Promise<boolean> {
    const answer = await this.#ask('alipay.trade.fastpay.refund.query', { bizContent: { outTradeNo: id, outRequestNo: refundId } })
    return answer['code'] === OK && answer['refundStatus'] === 'REFUND_SUCCESS'
  }

  async #ask(method: string, params: Record<string, unknown>): Promise<Answer> {
    try {
      return (await this.#sdk.exec(method, params, { validateSign: true })) as unknown as Answer
    } catch (error) {
      throw providerFailed('Alipay', error)
    }
  }

  #isSigned(fields: Record<string, string>): boolean {
    return fields['sign'] !== undefined && fields['sign_type'] === 'RSA2' && this.#sdk.checkNotifySignV2(fields)
  }
}

const refusal = (what: string, answer: Answer): AppError => providerFailed('Alipay', new Error(`${what} was refused: ${String(answer['subCode'] ?? answer['code'])} ${String(answer['subMsg'] ?? answer['msg'])}`))

/** @param time such as `2026-07-14 20:15:00`, in Beijing. @returns NaN for none */
const sentAt = (time: string | undefined): number => Date.parse(`${(time ?? '').replace(' ', 'T')}+08:00`)

function toEvent(fields: Record<string, string>): PaymentEvent | undefined {
  const { notify_id: eventId = '', out_trade_no: orderId = '', trade_no: paymentId = '', app_id: merchant = '', trade_status: status = '', total_amount, refund_fee } = fields
  const about = { eventId, orderId, paymentId, merchant, currency: 'CNY' }
  // All that was refunded so far.
  const refunded = fromMajor(refund_fee, DIGITS)
  if (refunded !== undefined && refunded > 0n) return { ...about, kind: 'refunded', amount: refunded }
  const amount = fromMajor(total_amount, DIGITS)
  return amount !== undefined && PAID.includes(status) ? { ...about, kind: 'paid', amount } : undefined
}
