// Coins for money: packages, orders, and how one pays.
import { z } from 'zod'
import { idempotencyKeySchema, priceSchema, amountSchema, realCurrencies, realCurrencySchema } from './money.ts'
import type { Amount, RealCurrency } from './money.ts'
import type { PersonView } from './people.ts'

export const paymentProviders = ['sandbox', 'stripe', 'alipay', 'wechat'] as const
export const paymentProviderSchema = z.enum(paymentProviders)
export type PaymentProviderName = z.infer<typeof paymentProviderSchema>

/** `redirect`: to the provider's page; `qr`: a code to be scanned with the provider's app. */
export const paymentWays = ['redirect', 'qr'] as const
export type PaymentWayKind = (typeof paymentWays)[number]

/**
 * created: known to us alone; pending: the buyer was shown how to pay; paid: the money is there; credited: the coins, too (a part may have been
 * paid back: `refunded`); refunded: all of it was paid back; expired: nobody paid in time (what is paid later is still credited).
 */
export const orderStates = ['created', 'pending', 'paid', 'credited', 'refunded', 'expired'] as const
export const orderStateSchema = z.enum(orderStates)
export type OrderState = z.infer<typeof orderStateSchema>

/** An order nobody paid expires after so long. */
export const ORDER_MINUTES = 30

/** `GET /api/recharge/packages` -> PackagesView: what is on sale, and by whom each currency can be paid. */
export type PackageView = {
  readonly id: string
  readonly currency: RealCurrency
  /** Minor units of the currency. */
  readonly price: Amount
  readonly coins: Amount
  /** Coins on top. */
  readonly bonus: Amount
  /** Such as "Popular"; empty for none. */
  readonly badge: { readonly en: string; readonly 'zh-CN': string }
}
export type ProviderView = { readonly name: PaymentProviderName; readonly ways: readonly PaymentWayKind[]; readonly currencies: readonly RealCurrency[] }
export type PackagesView = {
  readonly packages: readonly PackageView[]
  readonly providers: readonly ProviderView[]
  /** No real money is asked for. */
  readonly test: boolean
}

/**
 * `POST /api/recharge/orders` -> 201 OrderView: the same key again is answered with the same order. `price`: what the page showed; another one is
 * refused (409 price-changed). `next`: the page of ours to come back to. 403 payments-off, 404 package-not-found, 409 off-sale, key-reused, 503 provider-unavailable.
 */
export const orderRequestSchema = z.object({
  package: z.string().max(40),
  price: priceSchema.optional(),
  provider: paymentProviderSchema,
  way: z.enum(paymentWays).optional(),
  key: idempotencyKeySchema,
  next: z.string().max(200).regex(/^\/(?![/\\])/, 'must be a path of this platform').optional(),
})
export type OrderRequest = z.infer<typeof orderRequestSchema>

export type PaymentWay = { readonly kind: 'redirect'; readonly url: string } | { readonly kind: 'qr'; readonly text: string }
/** `GET /api/recharge/orders/:id` -> OrderView (asking the provider at most every 5 s). `GET /api/recharge/orders` -> OrdersPage. */
export type OrderView = {
  readonly id: string
  readonly state: OrderState
  readonly provider: PaymentProviderName
  readonly currency: RealCurrency
  readonly price: Amount
  readonly coins: Amount
  readonly bonus: Amount
  /** Minor units that were paid back. */
  readonly refunded: Amount
  /** Null: there is nothing to pay, or nothing any more. */
  readonly way: PaymentWay | null
  readonly createdAt: string
  readonly expiresAt: string
  readonly creditedAt: string | null
}
export const ordersQuerySchema = z.object({
  before: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
})
export type OrdersPage = { readonly orders: readonly OrderView[]; readonly next: string | null }

/** `GET /api/recharge/sandbox/:orderId` -> SandboxPaymentView; `POST …/pay` and `POST …/cancel` -> SandboxPaymentView. The buyer's alone. */
export type SandboxPaymentView = { readonly orderId: string; readonly state: 'open' | 'paid' | 'cancelled'; readonly currency: RealCurrency; readonly amount: Amount; readonly coins: Amount }

// What operators see and do.

/** `GET /api/admin/recharge/packages` -> AdminPackageView[]; `POST` -> 201 AdminPackageView; `PUT …/:id` -> AdminPackageView; `DELETE …/:id` -> 204 (orders keep what they were made with). */
export const packageSchema = z.object({
  currency: realCurrencySchema,
  price: priceSchema,
  coins: priceSchema,
  bonus: amountSchema.default('0'),
  position: z.number().int().min(0).max(1000).default(0),
  onSale: z.boolean().default(true),
  badge: z.object({ en: z.string().trim().max(24).default(''), 'zh-CN': z.string().trim().max(24).default('') }).default({ en: '', 'zh-CN': '' }),
})
export type PackageChange = z.infer<typeof packageSchema>
export type AdminPackageView = PackageView & { readonly position: number; readonly onSale: boolean }
export const packageCurrencies = realCurrencies

/** `GET /api/admin/recharge/orders` -> AdminOrdersPage, newest first. */
export const adminOrdersQuerySchema = z.object({
  /** A user's name. */
  user: z.string().max(64).optional(),
  order: z.string().max(40).optional(),
  state: orderStateSchema.optional(),
  provider: paymentProviderSchema.optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  before: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
})
export type AdminOrderView = OrderView & {
  /** Null: no such account any more. */
  readonly user: PersonView | null
  /** The provider's name of the payment. */
  readonly paymentId: string | null
  readonly paidAt: string | null
  /** Coins that a refund could not get back from the wallet. */
  readonly lostCoins: Amount
  /** Notices about it that were refused. */
  readonly suspicious: number
}
export type AdminOrdersPage = { readonly orders: readonly AdminOrderView[]; readonly next: string | null; /** Refused notices of the last seven days, about whichever order. */ readonly suspicious: number }

export const eventOutcomes = ['applied', 'ignored', 'suspicious'] as const
export type EventOutcome = (typeof eventOutcomes)[number]
export const paymentEventKinds = ['paid', 'refunded', 'disputed', 'reinstated'] as const
export type PaymentEventKind = (typeof paymentEventKinds)[number]
export const suspicions = ['order-unknown', 'amount-differs', 'currency-differs', 'merchant-differs', 'provider-differs', 'paid-twice', 'refund-too-large'] as const
export type Suspicion = (typeof suspicions)[number]
export type PaymentEventView = {
  readonly id: string
  readonly at: string
  readonly provider: PaymentProviderName
  readonly eventId: string
  readonly kind: PaymentEventKind
  readonly orderId: string
  readonly amount: Amount
  readonly currency: string
  readonly outcome: EventOutcome
  /** Why it was refused. */
  readonly why: Suspicion | null
  /** The transfer it made. */
  readonly transferId: string | null
}
export type RefundView = { readonly id: string; readonly at: string; readonly amount: Amount; readonly reason: string; readonly state: 'requested' | 'done'; readonly by: PersonView | null }
/** `GET /api/admin/recharge/orders/:id` -> AdminOrderDetail; `POST …/:id/ask` -> AdminOrderDetail, after asking the provider, also for refunds that are under way; `GET /api/admin/recharge/suspicious` -> PaymentEventView[], newest first, at most 100. */
export type AdminOrderDetail = { readonly order: AdminOrderView; readonly events: readonly PaymentEventView[]; readonly refunds: readonly RefundView[] }

/** `POST /api/admin/recharge/orders/:id/refund` -> AdminOrderDetail. The same key asks the provider again about the same refund. 409 state-changed: more than is left. */
export const refundRequestSchema = z.object({ amount: priceSchema, reason: z.string().trim().min(1).max(200), key: idempotencyKeySchema })
export type RefundRequest = z.infer<typeof refundRequestSchema>
