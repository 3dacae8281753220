// What every payment provider can do, in our words: each one translates them into its own protocol.
import type { IncomingHttpHeaders } from 'node:http'
import type { RealCurrency } from '../contract/money.ts'
import type { PaymentEventKind, PaymentProviderName, PaymentWay, PaymentWayKind } from '../contract/recharge.ts'

/** What a provider needs to know of an order. */
export type PayableOrder = {
  readonly id: string
  readonly currency: RealCurrency
  /** Minor units. */
  readonly price: bigint
  /** Coins with the bonus, for the words on the provider's page. */
  readonly coins: bigint
  readonly createdAt: Date
  /** The provider's name of the payment; null: none is known. */
  readonly paymentId: string | null
}

export type Beginning = {
  readonly way: PaymentWayKind
  /** Where the buyer comes back to. */
  readonly returnUrl: string
  /** Where the provider sends its notices to. */
  readonly noticeUrl: string
}

/** `paymentId`: what the provider calls the payment, where it does so before it is made. */
export type Begun = { readonly way: PaymentWay; readonly paymentId?: string }

export type RefundWish = { /** Makes it happen once. */ readonly id: string; readonly amount: bigint; readonly reason: string; readonly noticeUrl: string }

/** Something a provider said and signed. */
export type PaymentEvent = {
  /** The same thing has the same id, however often and by whichever way it is told. */
  readonly eventId: string
  readonly kind: PaymentEventKind
  /** As the provider knows it; empty: it names only the payment. */
  readonly orderId: string
  /** Minor units. paid: the whole; refunded: all so far, or with `refundId` this one alone; disputed, reinstated: what it is about. */
  readonly amount: bigint
  readonly currency: string
  /** Whose money it is: must be `merchant` of the provider. */
  readonly merchant: string
  readonly paymentId: string | null
  /** Ours, where the provider tells of each refund by itself. */
  readonly refundId?: string
}

export type BillLine = { readonly orderId: string; readonly paymentId: string; readonly currency: string; /** Minor units. */ readonly paid: bigint }
export type Bill = { readonly lines: readonly BillLine[] } | { readonly missing: string }

/** Network calls have time limits and throw AppError provider-unavailable; none may run inside a transaction. */
export type PaymentProvider = {
  readonly name: PaymentProviderName
  readonly ways: readonly PaymentWayKind[]
  readonly currencies: readonly RealCurrency[]
  /** Our account there. */
  readonly merchant: string
  /** May be repeated for the same order. */
  begin(order: PayableOrder, beginning: Beginning): Promise<Begun>
  /**
   * What a notice says. @param body as it came, byte by byte
   * @returns undefined for what does not concern us
   * @throws AppError signature-wrong, also for what is too old
   */
  readNotice(body: Buffer, headers: IncomingHttpHeaders): Promise<PaymentEvent | undefined>
  /** The answer to a notice that was taken. */
  readonly thanks: { readonly status: number; readonly type: string; readonly body: string }
  /** What the provider says of the order now. */
  query(order: PayableOrder): Promise<readonly PaymentEvent[]>
  /** @returns what became of it; none: it is under way, and a notice will tell */
  refund(order: PayableOrder, refund: RefundWish): Promise<readonly PaymentEvent[]>
  /** What was paid on a day (UTC), by its own book. @param day such as `2026-07-14` */
  bill(day: string): Promise<Bill>
}
