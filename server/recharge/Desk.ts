// What operators see and do: packages, orders with all that was told of them, refunds, and what looked wrong.
import { findUser, findUsers, viewPerson } from '../accounts/userStore.ts'
import type { User } from '../accounts/userStore.ts'
import type { UserId } from '../contract/ids.ts'
import type { PersonView } from '../contract/people.ts'
import type { AdminOrderDetail, AdminOrdersPage, AdminOrderView, AdminPackageView, PackageChange, adminOrdersQuerySchema } from '../contract/recharge.ts'
import type { z } from 'zod'
import { AppError } from '../core/AppError.ts'
import { newId } from '../core/newId.ts'
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import type { Audit } from '../moderation/Audit.ts'
import { countSuspicious, countSuspiciousLately, listEvents } from './eventStore.ts'
import { viewOrder } from './Orders.ts'
import type { Orders } from './Orders.ts'
import { findOrder, listOrders } from './orderStore.ts'
import type { RechargeOrder } from './orderStore.ts'
import { findPackage, insertPackage, removePackage, updatePackage } from './packageStore.ts'
import { listRefunds } from './refundStore.ts'

export type DeskOptions = { readonly database: Database; readonly orders: Orders; readonly audit: Audit }

export class Desk {
  readonly #options: DeskOptions

  constructor(options: DeskOptions) {
    this.#options = options
  }

  /** @throws AppError user-not-found */
  async page({ user: name, order: id, before, limit, ...filter }: z.infer<typeof adminOrdersQuerySchema>): Promise<AdminOrdersPage> {
    const { database } = this.#options
    const user = name ? await findUser(database, { name }) : undefined
    if (name && !user) throw new AppError('user-not-found', { message: `There is no user ${name}` })
    const behind = before === undefined ? undefined : await findOrder(database, { id: before })
    const orders = await listOrders(database, { ...filter, userId: user?.id, id, before: behind?.seq, limit: limit + 1 })
    const shown = orders.slice(0, limit)
    return { orders: await this.#views(shown), next: orders.length > limit ? (shown.at(-1)?.id ?? null) : null, suspicious: await countSuspiciousLately(database) }
  }

  /** @throws AppError order-not-found */
  async detail(id: string): Promise<AdminOrderDetail> {
    const { database } = this.#options
    const [view] = await this.#views([await this.#order(id)])
    const [events, refunds] = await Promise.all([listEvents(database, { orderId: id }), listRefunds(database, id)])
    const people = await this.#people(refunds.flatMap(({ requestedBy }) => requestedBy ?? []))
    return {
      order: view as AdminOrderView,
      events,
      refunds: refunds.map(({ id: refundId, at, amount, reason, state, requestedBy }) => ({ id: refundId, at: at.toISOString(), amount: String(amount), reason, state, by: (requestedBy && people.get(requestedBy)) ?? null })),
    }
  }

  /** Asks the provider what became of it. @throws AppError order-not-found, provider-unavailable, payments-off */
  async ask(id: string): Promise<AdminOrderDetail> {
    await this.#options.orders.ask(await this.#order(id))
    return this.detail(id)
  }

  addPackage(operator: User, change: PackageChange): Promise<AdminPackageView> {
    return this.#changePackage(operator, newId<string>(), 'package:add', change, insertPackage)
  }

  /** @throws AppError package-not-found */
  async changePackage(operator: User, id: string, change: PackageChange): Promise<AdminPackageView> {
    await this.#package(id)
    return this.#changePackage(operator, id, 'package:change', change, updatePackage)
  }

  /** @throws AppError package-not-found */
  async removePackage(operator: User, id: string): Promise<void> {
    const { database, audit } = this.#options
    const { currency, price, coins } = await this.#package(id)
    await transact(database, async (transaction) => {
      await removePackage(transaction, id)
      await audit.record({ actorId: operator.id, channelId: null, action: 'package:remove', targetId: null, reason: '', detail: { packageId: id, currency, price, coins } }, transaction)
    })
  }

  async #changePackage(operator: User, id: string, action: string, change: PackageChange, write: typeof insertPackage): Promise<AdminPackageView> {
    const { database, audit } = this.#options
    await transact(database, async (transaction) => {
      await write(transaction, id, change)
      await audit.record({ actorId: operator.id, channelId: null, action, targetId: null, reason: '', detail: { packageId: id, ...change } }, transaction)
    })
    return this.#package(id)
  }

  async #package(id: string): Promise<AdminPackageView> {
    const found = await findPackage(this.#options.database, id)
    if (!found) throw new AppError('package-not-found', { message: 'There is no such package' })
    return found
  }

  async #order(id: string): Promise<RechargeOrder> {
    const order = await findOrder(this.#options.database, { id })
    if (!order) throw new AppError('order-not-found', { message: 'There is no such order' })
    return order
  }

  async #views(orders: readonly RechargeOrder[]): Promise<AdminOrderView[]> {
    const [people, suspicious] = await Promise.all([this.#people(orders.map(({ userId }) => userId)), countSuspicious(this.#options.database, orders.map(({ id }) => id))])
    return orders.map((order) => ({
      ...viewOrder(order),
      user: people.get(order.userId) ?? null,
      paymentId: order.paymentId,
      paidAt: order.paidAt?.toISOString() ?? null,
      lostCoins: String(order.lostCoins),
      suspicious: suspicious.get(order.id) ?? 0,
    }))
  }

  async #people(ids: readonly UserId[]): Promise<ReadonlyMap<UserId, PersonView>> {
    return new Map((await findUsers(this.#options.database, [...new Set(ids)])).map((user) => [user.id, viewPerson(user)]))
  }
}
