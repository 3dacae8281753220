// Payments by Stripe: a Checkout Session to be redirected to, and webhooks (https://docs.stripe.com/payments/checkout, /webhooks).
import type { IncomingHttpHeaders } from 'node:http'
import Stripe from 'stripe'
import type { RealCurrency } from '../../contract/money.ts'
import type { PaymentEventKind } from '../../contract/recharge.ts'
import { AppError } from '../../core/AppError.ts'
import type { Beginning, Begun, Bill, BillLine, PayableOrder, PaymentEvent, PaymentProvider } from '../PaymentProvider.ts'
import { providerFailed } from '../providerFailed.ts'

const TIMEOUT_MS = 10_000
/** Seconds a webhook's signature may be old. */
const TOLERANCE_SECONDS = 300
/** A session lives at least 30 minutes from Stripe's clock; ours is ended by our own. */
const SESSION_SECONDS = 45 * 60

export type StripeOptions = { readonly secretKey: string; readonly webhookSecret: string; readonly currencies: readonly RealCurrency[]; readonly host: string }

export class StripePayments implements PaymentProvider {
  readonly name = 'stripe'
  readonly ways = ['redirect'] as const
  readonly currencies: readonly RealCurrency[]
  readonly merchant: string
  readonly thanks = { status: 200, type: 'application/json', body: '{"received":true}' }
  readonly #stripe: Stripe
  readonly #webhookSecret: string

  constructor({ secretKey, webhookSecret, currencies, host }: StripeOptions) {
    const { protocol, hostname, port } = new URL(host)
    this.#stripe = new Stripe(secretKey, { host: hostname, ...(port === '' ? {} : { port: Number(port) }), protocol: protocol === 'http:' ? 'http' : 'https', timeout: TIMEOUT_MS, maxNetworkRetries: 1, telemetry: false })
    this.#webhookSecret = webhookSecret
    this.currencies = currencies
    this.merchant = merchantOf(secretKey.includes('_live_'))
  }

  begin(order: PayableOrder, { returnUrl }: Beginning): Promise<Begun> {
    return this.#asking(async () => {
      const { id, currency, price, coins, createdAt } = order
      const session = await this.#stripe.checkout.sessions.create(
        {
          mode: 'payment',
          client_reference_id: id,
          metadata: { order: id },
          payment_intent_data: { metadata: { order: id } },
          line_items: [{ quantity: 1, price_data: { currency: currency.toLowerCase(), unit_amount: toNumber(price), product_data: { name: `${coins} coins` } } }],
          success_url: returnUrl,
          cancel_url: returnUrl,
          expires_at: Math.floor(createdAt.getTime() / 1000) + SESSION_SECONDS,
        },
        { idempotencyKey: `order-${id}` },
      )
      if (session.url === null) throw new Error('A Checkout Session without an address')
      return { way: { kind: 'redirect', url: session.url }, paymentId: session.id }
    })
  }

  readNotice(body: Buffer, headers: IncomingHttpHeaders): Promise<PaymentEvent | undefined> {
    const signature = headers['stripe-signature']
    try {
      const event = this.#stripe.webhooks.constructEvent(body, typeof signature === 'string' ? signature : '', this.#webhookSecret, TOLERANCE_SECONDS)
      return Promise.resolve(toEvent(event))
    } catch (error) {
      return Promise.reject(new AppError('signature-wrong', { cause: error, message: 'The signature is wrong or too old' }))
    }
  }

  query({ id, paymentId }: PayableOrder): Promise<readonly PaymentEvent[]> {
    return this.#asking(async () => {
      if (paymentId === null) return []
      const intent = paymentId.startsWith('cs_')
        ? (await this.#stripe.checkout.sessions.retrieve(paymentId, { expand: ['payment_intent.latest_charge'] })).payment_intent
        : await this.#stripe.paymentIntents.retrieve(paymentId, { expand: ['latest_charge'] })
      if (intent === null || typeof intent === 'string' || intent.status !== 'succeeded') return []
      const about = { orderId: id, paymentId: intent.id, currency: intent.currency.toUpperCase(), merchant: merchantOf(intent.livemode) }
      const paid: PaymentEvent = { ...about, eventId: `paid-${intent.id}`, kind: 'paid', amount: BigInt(intent.amount_received) }
      const { latest_charge: charge } = intent
      const refunded = charge === null || typeof charge === 'string' ? 0 : charge.amount_refunded
      return refunded === 0 ? [paid] : [paid, { ...about, eventId: `refunded-${intent.id}-${refunded}`, kind: 'refunded', amount: BigInt(refunded) }]
    })
  }

  refund({ id: orderId, paymentId }: PayableOrder, { id, amount }: { id: string; amount: bigint }): Promise<readonly PaymentEvent[]> {
    return this.#asking(async () => {
      const refund = await this.#stripe.refunds.create({ payment_intent: paymentId ?? '', amount: toNumber(amount), metadata: { order: orderId, refund: id }, expand: ['charge'] }, { idempotencyKey: `refund-${id}` })
      if (refund.status === 'failed' || refund.status === 'canceled') throw new Error(`The refund ${refund.id} is ${refund.status}`)
      const { charge } = refund
      if (refund.status !== 'succeeded' || charge === null || typeof charge === 'string') return []
      return [{ eventId: `refunded-${paymentId}-${charge.amount_refunded}`, kind: 'refunded', orderId, paymentId, currency: charge.currency.toUpperCase(), merchant: merchantOf(charge.livemode), amount: BigInt(charge.amount_refunded) }]
    })
  }

  bill(day: string): Promise<Bill> {
    return this.#asking(async () => {
      const from = Date.parse(`${day}T00:00:00Z`) / 1000
      const lines: BillLine[] = []
      for await (const { source } of this.#stripe.balanceTransactions.list({ created: { gte: from, lt: from + 86_400 }, type: 'charge', limit: 100, expand: ['data.source'] })) {
        if (source === null || typeof source === 'string' || source.object !== 'charge') continue
        const { order } = source.metadata
        if (order !== undefined) lines.push({ orderId: order, paymentId: idOf(source.payment_intent) ?? '', currency: source.currency.toUpperCase(), paid: BigInt(source.amount) })
      }
      return { lines }
    })
  }

  async #asking<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw providerFailed('Stripe', error)
    }
  }
}

/** Stripe's API takes numbers; our amounts end far below 2^53. */
const toNumber = (amount: bigint): number => Number(amount)
const merchantOf = (live: boolean): string => (live ? 'live' : 'test')
const idOf = (held: string | { id: string } | null): string | null => (typeof held === 'string' ? held : (held?.id ?? null))

function toEvent({ id, type, data, livemode, account }: Stripe.Event): PaymentEvent | undefined {
  const merchant = account === undefined ? merchantOf(livemode) : account
  const make = (kind: PaymentEventKind, amount: number | null, currency: string | null, orderId: string | null | undefined, payment: string | { id: string } | null): PaymentEvent => ({
    eventId: id,
    kind,
    merchant,
    orderId: orderId ?? '',
    paymentId: idOf(payment),
    amount: BigInt(amount ?? 0),
    currency: (currency ?? '').toUpperCase(),
  })
  switch (type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded': {
      const { payment_status, client_reference_id, amount_total, currency, payment_intent } = data.object as Stripe.Checkout.Session
      // Somebody else's session on the same account bears no order of ours.
      return payment_status === 'paid' && client_reference_id !== null ? make('paid', amount_total, currency, client_reference_id, payment_intent) : undefined
    }
    case 'charge.refunded': {
      const { metadata, amount_refunded, currency, payment_intent } = data.object as Stripe.Charge
      return make('refunded', amount_refunded, currency, metadata['order'], payment_intent)
    }
    case 'charge.dispute.funds_withdrawn':
    case 'charge.dispute.funds_reinstated': {
      const { amount, currency, payment_intent } = data.object as Stripe.Dispute
      return make(type === 'charge.dispute.funds_withdrawn' ? 'disputed' : 'reinstated', amount, currency, null, payment_intent)
    }
    default:
      return undefined
  }
}
