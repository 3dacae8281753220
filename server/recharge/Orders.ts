// Orders as their buyers see them: made at the server's price, paid at the provider, followed until the coins are there.
import type { UserId } from '../contract/ids.ts'
import { ORDER_MINUTES } from '../contract/recharge.ts'
import type { OrderRequest, OrdersPage, OrderView } from '../contract/recharge.ts'
import { AppError } from '../core/AppError.ts'
import type { Logger } from '../core/logger.ts'
import { newId } from '../core/newId.ts'
import { isDuplicate } from '../db/isDuplicate.ts'
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import { nextOrder } from './orderState.ts'
import { claimAsking, factsOf, findOrder, insertOrder, listOrders, lockOrder, updateOrder } from './orderStore.ts'
import type { RechargeOrder } from './orderStore.ts'
import { findPackage } from './packageStore.ts'
import type { PayableOrder, PaymentProvider } from './PaymentProvider.ts'
import type { Payments } from './Payments.ts'

/** A page that waits may make us ask the provider this often. */
const ASK_MS = 5000
/** The sweep asks this long after the order was made, for a notice that got lost. */
export const CHECK_AFTER_MS = [60_000, 5 * 60_000, 15 * 60_000, ORDER_MINUTES * 60_000] as const

export type OrdersOptions = { readonly database: Database; readonly providers: ReadonlyMap<string, PaymentProvider>; readonly payments: Payments; readonly log: Logger }

export const payableOf = ({ id, currency, price, coins, bonus, createdAt, paymentId }: RechargeOrder): PayableOrder => ({ id, currency, price, coins: coins + bonus, createdAt, paymentId })

export function viewOrder(order: RechargeOrder): OrderView {
  const { id, state, provider, currency, way, createdAt, creditedAt } = order
  return {
    id,
    state,
    provider,
    currency,
    price: String(order.price),
    coins: String(order.coins),
    bonus: String(order.bonus),
    refunded: String(order.refunded),
    way: state === 'pending' ? way : null,
    createdAt: createdAt.toISOString(),
    expiresAt: new Date(createdAt.getTime() + ORDER_MINUTES * 60_000).toISOString(),
    creditedAt: creditedAt?.toISOString() ?? null,
  }
}

export class Orders {
  readonly #options: OrdersOptions

  constructor(options: OrdersOptions) {
    this.#options = options
  }

  /**
   * Makes an order and begins its payment. @param base how the buyer's browser reaches us
   * @throws AppError payments-off, package-not-found, off-sale, price-changed, key-reused, provider-unavailable
   */
  async make(userId: UserId, request: OrderRequest, base: string): Promise<OrderView> {
    const { database } = this.#options
    const { key, next } = request
    const order = (await findOrder(database, { userId, key })) ?? (await this.#insert(userId, request))
    if (order.packageId !== request.package || order.provider !== request.provider) throw new AppError('key-reused', { message: 'This idempotency key was used for another order' })
    if (order.state !== 'created') return viewOrder(order)
    const provider = this.providerOf(order.provider)
    const { way, paymentId = null } = await provider.begin(payableOf(order), {
      way: order.wayKind,
      returnUrl: `${base}/recharge/${order.id}${next === undefined ? '' : `?next=${encodeURIComponent(next)}`}`,
      noticeUrl: `${base}/api/recharge/notices/${order.provider}`,
    })
    return viewOrder(
      await transact(database, async (transaction) => {
        const now = (await lockOrder(transaction, order.id)) as RechargeOrder
        const begun = nextOrder(factsOf(now), { type: 'begun' })
        if (begun) await updateOrder(transaction, order.id, { state: begun.state, way, paymentId })
        return begun ? { ...now, state: begun.state, way } : now
      }),
    )
  }

  /** @throws AppError order-not-found, also for somebody else's */
  async own(userId: UserId, id: string): Promise<OrderView> {
    const order = await findOrder(this.#options.database, { id })
    if (order?.userId !== userId) throw new AppError('order-not-found', { message: 'There is no such order' })
    if (order.state === 'pending') void this.#askForPage(order)
    return viewOrder(order)
  }

  async page(userId: UserId, { before, limit }: { before?: string | undefined; limit: number }): Promise<OrdersPage> {
    const { database } = this.#options
    const behind = before === undefined ? undefined : await findOrder(database, { id: before })
    const orders = await listOrders(database, { userId, before: behind?.seq, limit: limit + 1 })
    const shown = orders.slice(0, limit)
    return { orders: shown.map(viewOrder), next: orders.length > limit ? (shown.at(-1)?.id ?? null) : null }
  }

  /** Asks the provider what became of the order, and does what it says. @throws AppError provider-unavailable, payments-off */
  async ask(order: RechargeOrder): Promise<void> {
    const provider = this.providerOf(order.provider)
    for (const event of await provider.query(payableOf(order))) await this.#options.payments.take(provider, event)
  }

  /** @throws AppError payments-off */
  providerOf(name: string): PaymentProvider {
    const provider = this.#options.providers.get(name)
    if (!provider) throw new AppError('payments-off', { message: 'This way of paying is not available here' })
    return provider
  }

  async #insert(userId: UserId, { package: packageId, price, provider: name, way, key }: OrderRequest): Promise<RechargeOrder> {
    const { database } = this.#options
    const provider = this.providerOf(name)
    const wanted = await findPackage(database, packageId)
    if (!wanted) throw new AppError('package-not-found', { message: 'There is no such package' })
    if (!wanted.onSale) throw new AppError('off-sale', { message: 'This package is not on sale' })
    if (price !== undefined && price !== wanted.price) throw new AppError('price-changed', { message: 'The price has changed' })
    if (!provider.currencies.includes(wanted.currency)) throw new AppError('payments-off', { message: `${name} does not take ${wanted.currency}` })
    const [first = 'redirect'] = provider.ways
    const wayKind = way && provider.ways.includes(way) ? way : first
    const id = newId<string>()
    const amounts = { price: BigInt(wanted.price), coins: BigInt(wanted.coins), bonus: BigInt(wanted.bonus) }
    try {
      await insertOrder(database, { id, userId, key, packageId, currency: wanted.currency, ...amounts, provider: name, wayKind, checkAt: new Date(Date.now() + CHECK_AFTER_MS[0]) })
    } catch (error) {
      if (!isDuplicate(error)) throw error
    }
    return (await findOrder(database, { userId, key })) as RechargeOrder
  }

  /** The page asks us again soon; what the provider answers is there by then. */
  async #askForPage(order: RechargeOrder): Promise<void> {
    try {
      if (await claimAsking(this.#options.database, order.id, new Date(), ASK_MS)) await this.ask(order)
    } catch (error) {
      this.#options.log.warn({ err: error, orderId: order.id }, 'a provider could not be asked about an order')
    }
  }
}
