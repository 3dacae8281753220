// Refunds that operators ask for: written down first, asked of the provider once by their id, applied when it says so.
import type { User } from '../accounts/userStore.ts'
import type { RefundRequest } from '../contract/recharge.ts'
import { AppError } from '../core/AppError.ts'
import { newId } from '../core/newId.ts'
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import type { Audit } from '../moderation/Audit.ts'
import { payableOf } from './Orders.ts'
import type { Orders } from './Orders.ts'
import { findOrder, lockOrder } from './orderStore.ts'
import type { RechargeOrder } from './orderStore.ts'
import type { Payments } from './Payments.ts'
import { findRefund, insertRefund, listRefunds, noteRefunded, pendingRefunds } from './refundStore.ts'
import type { Refund } from './refundStore.ts'

export type RefundsOptions = { readonly database: Database; readonly orders: Orders; readonly payments: Payments; readonly audit: Audit }

export class Refunds {
  readonly #options: RefundsOptions

  constructor(options: RefundsOptions) {
    this.#options = options
  }

  /**
   * @param base how providers reach us
   * @throws AppError order-not-found, state-changed (more than is left), provider-unavailable (ask again with the same key), payments-off
   */
  async refund(operator: User, orderId: string, request: RefundRequest, base: string): Promise<void> {
    const { database } = this.#options
    const refund = (await findRefund(database, orderId, request.key)) ?? (await this.#write(operator, orderId, request))
    if (refund.amount !== BigInt(request.amount)) throw new AppError('key-reused', { message: 'This idempotency key was used for another refund' })
    if (refund.state === 'done') return
    await this.#ask((await findOrder(database, { id: orderId })) as RechargeOrder, refund, base)
  }

  /** Asks again for what was asked for and is not done: after a lost answer nobody else would. */
  async resume(orderId: string, base: string): Promise<void> {
    const { database } = this.#options
    const order = await findOrder(database, { id: orderId })
    if (!order) return
    for (const refund of await listRefunds(database, orderId)) if (refund.state === 'requested') await this.#ask(order, refund, base)
  }

  async #ask(order: RechargeOrder, { id, amount, reason }: Refund, base: string): Promise<void> {
    const { database, orders, payments } = this.#options
    const provider = orders.providerOf(order.provider)
    const events = await provider.refund(payableOf(order), { id, amount, reason, noticeUrl: `${base}/api/recharge/notices/${order.provider}` })
    for (const event of events) {
      const taken = await payments.take(provider, event)
      if (taken.outcome !== 'suspicious') await noteRefunded(database, id)
    }
  }

  #write(operator: User, orderId: string, { amount: asked, reason, key }: RefundRequest): Promise<Refund> {
    const { database, audit } = this.#options
    return transact(database, async (transaction) => {
      const order = await lockOrder(transaction, orderId)
      if (!order) throw new AppError('order-not-found', { message: 'There is no such order' })
      const known = await findRefund(transaction, orderId, key)
      if (known) return known
      const amount = BigInt(asked)
      const left = order.paid - order.refunded - (await pendingRefunds(transaction, orderId))
      if (amount > left) throw new AppError('state-changed', { message: 'More than is left of this payment' })
      const id = newId<string>()
      await insertRefund(transaction, { id, orderId, key, amount, reason, requestedBy: operator.id })
      await audit.record({ actorId: operator.id, channelId: null, action: 'order:refund', targetId: order.userId, reason, detail: { orderId, refundId: id, amount: asked, currency: order.currency } }, transaction)
      return { id, orderId, amount, reason, state: 'requested', requestedBy: operator.id, at: new Date() }
    })
  }
}
