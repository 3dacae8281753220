// Finds what notices did not tell: asks providers about unpaid orders, ends those that nobody paid, and looks for late payments of those.
import type { Logger } from '../core/logger.ts'
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import { CHECK_AFTER_MS } from './Orders.ts'
import type { Orders } from './Orders.ts'
import { nextOrder } from './orderState.ts'
import { factsOf, lockOrder, takeDue, updateOrder } from './orderStore.ts'
import type { OrderChange, RechargeOrder } from './orderStore.ts'

const SWEEP_MS = 3000
const AT_ONCE = 20
const LEASE_MS = 60_000
/** An order whose provider cannot be asked is not ended before this; what is paid is credited even then. */
const GIVE_UP_MS = 24 * 3_600_000
const LAST_CHECK_MS = CHECK_AFTER_MS[CHECK_AFTER_MS.length - 1] as number
/** Providers' own pages are open for longer, and some payments take hours: an order that has ended is asked about then, too. */
const LATE_CHECKS_MS = [60 * 60_000, 6 * 3_600_000, 24 * 3_600_000]

export class OrderSweep {
  readonly #options: { readonly database: Database; readonly orders: Orders; readonly log: Logger }
  readonly #timer: NodeJS.Timeout
  #running: Promise<void> | undefined
  #closed = false

  constructor(options: { readonly database: Database; readonly orders: Orders; readonly log: Logger }) {
    this.#options = options
    this.#timer = setInterval(() => void this.run(), SWEEP_MS).unref()
  }

  /** Looks after the orders that are due now. */
  run(): Promise<void> {
    if (this.#closed) return Promise.resolve()
    return (this.#running ??= this.#sweep().finally(() => (this.#running = undefined)))
  }

  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#timer)
    await this.#running
  }

  async #sweep(): Promise<void> {
    const { database, log } = this.#options
    try {
      const due = await transact(database, (transaction) => takeDue(transaction, new Date(), { limit: AT_ONCE, leaseMs: LEASE_MS }))
      await Promise.all(due.map((order) => this.#look(order)))
    } catch (error) {
      log.warn({ err: error }, 'looking for unpaid orders failed; trying again')
    }
  }

  async #look(order: RechargeOrder): Promise<void> {
    const { orders, log } = this.#options
    const age = Date.now() - order.createdAt.getTime()
    try {
      await orders.ask(order)
    } catch (error) {
      log.warn({ err: error, orderId: order.id }, 'a provider could not be asked about an order; trying again')
      if (age < GIVE_UP_MS) return
    }
    const next = [...CHECK_AFTER_MS, ...LATE_CHECKS_MS].find((after) => after > age)
    const checkAt = next === undefined ? null : new Date(order.createdAt.getTime() + next)
    await this.#changeUnpaid(order.id, (now) => {
      const expired = age >= LAST_CHECK_MS ? nextOrder(factsOf(now), { type: 'expired' }) : null
      return expired ? { state: expired.state, endedAt: new Date(), way: null, checkAt } : { checkAt }
    })
  }

  async #changeUnpaid(id: string, change: (order: RechargeOrder) => OrderChange): Promise<void> {
    await transact(this.#options.database, async (transaction) => {
      const order = await lockOrder(transaction, id)
      if (order && order.paid === 0n) await updateOrder(transaction, id, change(order))
    })
  }
}
