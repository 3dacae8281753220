// The life of an order as one pure function: what is told of it in whatever order and however often, it ends in the same state.
import type { OrderState } from '../contract/recharge.ts'

/** Amounts in minor units; `coins` with the bonus. */
export type OrderFacts = {
  readonly state: OrderState
  readonly price: bigint
  readonly coins: bigint
  readonly paid: bigint
  /** Paid back so far, also what a provider told before it told of the payment. */
  readonly refunded: bigint
}

export type OrderStep =
  /** The buyer was shown how to pay. */
  | { readonly type: 'begun' }
  | { readonly type: 'paid' }
  /** The coins are in the wallet. */
  | { readonly type: 'credited' }
  /** `total`: paid back in all, this time with it. */
  | { readonly type: 'refunded'; readonly total: bigint }
  /** A dispute was won: the money came back. */
  | { readonly type: 'reinstated'; readonly amount: bigint }
  | { readonly type: 'expired' }

const unpaid = (state: OrderState): boolean => state === 'created' || state === 'pending' || state === 'expired'
const settled = ({ paid, refunded }: OrderFacts): OrderState => (refunded >= paid ? 'refunded' : 'credited')

/** @returns the order after the step; null where it changes nothing */
export function nextOrder(order: OrderFacts, step: OrderStep): OrderFacts | null {
  const { state, price, paid, refunded } = order
  switch (step.type) {
    case 'begun':
      return state === 'created' ? { ...order, state: 'pending' } : null
    case 'expired':
      return state === 'created' || state === 'pending' ? { ...order, state: 'expired' } : null
    case 'paid':
      return unpaid(state) ? { ...order, state: 'paid', paid: price } : null
    case 'credited':
      return state === 'paid' ? { ...order, state: settled(order) } : null
    case 'refunded':
      return step.total <= refunded || step.total > price ? null : resettled({ ...order, refunded: step.total })
    case 'reinstated': {
      const left = step.amount < refunded ? refunded - step.amount : 0n
      return left === refunded || paid === 0n ? null : resettled({ ...order, refunded: left })
    }
  }
}

/** Only what was credited can be refunded: an order that rests in `paid` (nobody to give the coins to) ends when all is paid back. */
function resettled(order: OrderFacts): OrderFacts {
  if (unpaid(order.state)) return order
  if (order.refunded >= order.paid) return { ...order, state: 'refunded' }
  return order.state === 'refunded' ? { ...order, state: 'credited' } : order
}

/** The coins that an order owes its buyer: all, less the share of what was paid back, rounded in the buyer's favour until all is. */
export function coinsOwed({ state, price, coins, refunded }: OrderFacts): bigint {
  if (state !== 'credited' && state !== 'refunded') return 0n
  return coins - (coins * refunded) / price
}

/** The money that the provider owes us for it. */
export const moneyOwed = ({ paid, refunded }: OrderFacts): bigint => (paid === 0n ? 0n : paid - refunded)
