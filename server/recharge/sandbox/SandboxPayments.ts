// A payment provider without money, for trying things out: its own book of payments, a payment page of ours, and signed notices like any other's.
import type { IncomingHttpHeaders } from 'node:http'
import { z } from 'zod'
import { amountSchema, realCurrencies } from '../../contract/money.ts'
import { AppError } from '../../core/AppError.ts'
import { checked } from '../../core/checked.ts'
import type { Logger } from '../../core/logger.ts'
import type { Beginning, Begun, Bill, PayableOrder, PaymentEvent, PaymentProvider } from '../PaymentProvider.ts'
import type { SandboxBook, SandboxPayment } from './SandboxBook.ts'
import { signSandbox, verifySandbox } from './sandboxSignature.ts'

export const SANDBOX_SIGNATURE = 'sandbox-signature'
const NOTICE_TIMEOUT_MS = 5000

const noticeSchema = z.object({
  id: z.string().max(80),
  type: z.enum(['payment.paid', 'payment.refunded']),
  merchant: z.string().max(80),
  order: z.string().max(64),
  payment: z.string().max(40),
  amount: amountSchema,
  currency: z.string().max(8),
})

/** @param noticeUrl how this server reaches its own notices */
export type SandboxOptions = { readonly book: SandboxBook; readonly key: string; readonly noticeUrl: string; readonly log: Logger }

export class SandboxPayments implements PaymentProvider {
  readonly name = 'sandbox'
  readonly ways = ['redirect'] as const
  readonly currencies = realCurrencies
  readonly merchant = 'sandbox'
  readonly thanks = { status: 200, type: 'application/json', body: '{"received":true}' }
  readonly #options: SandboxOptions

  constructor(options: SandboxOptions) {
    this.#options = options
  }

  async begin(order: PayableOrder, { returnUrl }: Beginning): Promise<Begun> {
    await this.#options.book.open(order)
    const { pathname, search } = new URL(returnUrl)
    return { way: { kind: 'redirect', url: `${pathname.replace(/^\/recharge\//, '/pay/sandbox/')}${search}` } }
  }

  async readNotice(body: Buffer, headers: IncomingHttpHeaders): Promise<PaymentEvent> {
    verifySandbox(this.#options.key, body, headers[SANDBOX_SIGNATURE], Date.now())
    const { id, type, merchant, order, payment, amount, currency } = checked(noticeSchema, parse(body))
    return { eventId: id, kind: type === 'payment.paid' ? 'paid' : 'refunded', merchant, orderId: order, paymentId: payment, amount: BigInt(amount), currency }
  }

  async query(order: PayableOrder): Promise<readonly PaymentEvent[]> {
    const payment = await this.#options.book.find(order.id)
    return payment ? eventsOf(payment) : []
  }

  async refund(order: PayableOrder, { id, amount }: { id: string; amount: bigint }): Promise<readonly PaymentEvent[]> {
    return eventsOf(await this.#options.book.refund(order.id, id, amount))
  }

  async bill(day: string): Promise<Bill> {
    return { lines: await this.#options.book.bill(day) }
  }

  /** The buyer pays. Told by a notice; one that gets lost is found by asking, as with any provider. */
  async pay(orderId: string): Promise<SandboxPayment> {
    const payment = await this.#options.book.pay(orderId)
    await this.#tell(payment)
    return payment
  }

  async #tell({ orderId, paymentId, amount, currency }: SandboxPayment): Promise<void> {
    const { key, noticeUrl, log } = this.#options
    const body = JSON.stringify({ id: `paid-${paymentId}`, type: 'payment.paid', merchant: this.merchant, order: orderId, payment: paymentId, amount: String(amount), currency })
    try {
      const headers = { 'content-type': 'application/json', [SANDBOX_SIGNATURE]: signSandbox(key, Math.floor(Date.now() / 1000), body) }
      const answer = await fetch(noticeUrl, { method: 'POST', headers, body, signal: AbortSignal.timeout(NOTICE_TIMEOUT_MS) })
      if (!answer.ok) log.warn({ orderId, status: answer.status }, 'a notice of the sandbox was refused')
    } catch (error) {
      log.warn({ err: error, orderId }, 'a notice of the sandbox did not arrive')
    }
  }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (error) {
    throw new AppError('bad-request', { cause: error, message: 'The notice is not JSON' })
  }
}

function eventsOf({ orderId, paymentId, amount, refunded, currency, state }: SandboxPayment): PaymentEvent[] {
  if (state !== 'paid') return []
  const about = { merchant: 'sandbox', orderId, paymentId, currency }
  const paid: PaymentEvent = { ...about, eventId: `paid-${paymentId}`, kind: 'paid', amount }
  return refunded === 0n ? [paid] : [paid, { ...about, eventId: `refunded-${paymentId}-${refunded}`, kind: 'refunded', amount: refunded }]
}
