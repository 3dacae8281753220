// Whether what a provider says fits the order it is said of: what does not fit is refused and shown to operators.
import type { Suspicion } from '../contract/recharge.ts'
import type { PaymentEvent } from './PaymentProvider.ts'
import type { RechargeOrder } from './orderStore.ts'

type Known = Pick<RechargeOrder, 'provider' | 'currency' | 'price' | 'paid' | 'paymentId'>

/** @returns what is wrong; null: it fits */
export function matchPayment(order: Known | undefined, event: PaymentEvent, { name, merchant }: { name: string; merchant: string }): Suspicion | null {
  if (event.merchant !== merchant) return 'merchant-differs'
  if (!order) return 'order-unknown'
  if (order.provider !== name) return 'provider-differs'
  if (event.currency !== order.currency) return 'currency-differs'
  if (event.kind === 'paid') {
    if (event.amount !== order.price) return 'amount-differs'
    return order.paid > 0n && event.paymentId !== order.paymentId ? 'paid-twice' : null
  }
  return event.amount <= 0n || event.amount > order.price ? 'refund-too-large' : null
}
