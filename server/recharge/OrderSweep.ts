// Finds what notices did not tell: asks providers about unpaid orders, and ends those that nobody paid.
import type { Logger } from '../core/logger.ts'
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import { CHECK_AFTER_MS } from './Orders.ts'
import type { Orders } from './Orders.ts'
import { nextOrder } from './orderState.ts'
import { factsOf, lockOrder, takeDue, updateOrder } from './orderStore.ts'
import type { RechargeOrder } from './orderStore.ts'

const SWEEP_MS = 3000
const AT_ONCE = 20
const LEASE_MS = 60_000
/** An order whose provider cannot be asked is not ended before this; what is paid is credited even then. */
const GIVE_UP_MS = 24 * 3_600_000
const LAST_CHECK_MS = CHECK_AFTER_MS[CHECK_AFTER_MS.length - 1] as number

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
    if (age >= LAST_CHECK_MS) return this.#expire(order.id)
    const next = CHECK_AFTER_MS.find((after) => after > age) ?? LAST_CHECK_MS
    await this.#changeUnpaid(order.id, () => ({ checkAt: new Date(order.createdAt.getTime() + next) }))
  }

  #expire(id: string): Promise<void> {
    return this.#changeUnpaid(id, (order) => {
      const expired = nextOrder(factsOf(order), { type: 'expired' })
      return expired && { state: expired.state, endedAt: new Date(), checkAt: null, way: null }
    })
  }

  async #changeUnpaid(id: string, change: (order: RechargeOrder) => Parameters<typeof updateOrder>[2] | null): Promise<void> {
    await transact(this.#options.database, async (transaction) => {
      const order = await lockOrder(transaction, id)
      const changed = order && order.paid === 0n ? change(order) : null
      if (changed) await updateOrder(transaction, id, changed)
    })
  }
}
