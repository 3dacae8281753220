// Orders: coins for goods in one transaction with the pieces themselves, then step by step to the buyer, or the coins back.
import type { Knex } from 'knex'
import type { User } from '../accounts/userStore.ts'
import { nextGoodsStep, mayCancelGoods } from '../contract/shop.ts'
import type { AdminGoodsOrder, GoodsOrderBought, GoodsOrderRequest, GoodsStep } from '../contract/shop.ts'
import { AppError } from '../core/AppError.ts'
import { newId } from '../core/newId.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Outbox } from '../db/Outbox.ts'
import { transact } from '../db/transact.ts'
import type { Audit } from '../moderation/Audit.ts'
import type { Ledger } from '../wallet/Ledger.ts'
import { platformAccount, userAccount } from '../wallet/ledgerAccounts.ts'
import { handOutCodes } from './codeStore.ts'
import { countBought, givePiecesBack, lockGoods, takePieces } from './goodsStore.ts'
import type { GoodsRow } from './goodsStore.ts'
import { findOrder, findOwnOrder, insertOrder, moveOrder, readOrder } from './orderStore.ts'

export type OrderDeskDeps = { readonly database: Database; readonly ledger: Ledger; readonly outbox: Outbox; readonly audit: Audit; readonly secret: string }

export class OrderDesk {
  readonly #deps: OrderDeskDeps

  constructor(deps: OrderDeskDeps) {
    this.#deps = deps
  }

  /** @throws AppError goods-not-found, off-sale, price-changed, sold-out, limit-reached, bad-request (no address, or one too many), and those of `Ledger.post` */
  async buy(user: User, goodsId: string, { key, ...request }: GoodsOrderRequest): Promise<GoodsOrderBought> {
    const { database, ledger, secret } = this.#deps
    const { result: orderId } = await ledger.post<string>({ type: 'goods', scope: `goods:${user.id}`, key, request: { goods: goodsId, ...request } }, async (transaction) => {
      const goods = await lockGoods(transaction, goodsId)
      if (!goods) throw new AppError('goods-not-found', { message: 'There are no such goods' })
      await requireSaleable(transaction, goods, user, request)
      const id = newId()
      const { quantity } = request
      if (!(await takePieces(transaction, goodsId, quantity))) throw new AppError('sold-out', { message: `Only ${goods.stock ?? 0} are left` })
      if (goods.kind === 'code' && !(await handOutCodes(transaction, { goodsId, orderId: id, quantity }))) throw new AppError('sold-out', { message: 'There are not so many left' })
      const total = BigInt(goods.price) * BigInt(quantity)
      const name = { en: goods.name_en, zhCN: goods.name_zh }
      const state = goods.kind === 'physical' ? 'paid' : 'done'
      return {
        legs: [
          { account: userAccount(user.id, 'coin'), amount: -total },
          { account: platformAccount('revenue', 'coin'), amount: total },
        ],
        reference: id,
        note: user.language === 'zh-CN' ? name.zhCN : name.en,
        record: async ({ transferId, at }) => {
          await insertOrder(transaction, { id, goodsId, userId: user.id, name, quantity, total, granted: goods.kind === 'text' ? goods.granted : '', state, address: request.address, transferId, at }, secret)
          return id
        },
      }
    })
    const order = await findOwnOrder(database, orderId, secret)
    if (!order) throw new AppError('order-not-found')
    return { order, coins: String(await ledger.balanceOf(userAccount(user.id, 'coin'))) }
  }

  /** On its way to the buyer. @throws AppError order-not-found, state-changed, bad-request (not the next step) */
  async step(actor: User, id: string, { from, to, tracking }: GoodsStep): Promise<AdminGoodsOrder> {
    if (nextGoodsStep(from) !== to) throw new AppError('bad-request', { message: `An order that is ${from} does not become ${to}` })
    const { database, audit, outbox } = this.#deps
    await transact(database, async (transaction) => {
      const order = await readOrder(transaction, id, true)
      if (!order) throw missing()
      if (order.state !== from || !(await moveOrder(transaction, order, { to, tracking }))) throw changed(order.state)
      await audit.record({ actorId: actor.id, channelId: null, action: 'goods-order:step', targetId: order.user_id, reason: '', detail: { order: id, from, to } }, transaction)
      await outbox.write(transaction, 'goods-order-changed', { orderId: id, userId: order.user_id })
    })
    return this.#found(id)
  }

  /** Takes the order back: coins by a reversing transfer, pieces to the shelf; codes are not sold again. @throws AppError order-not-found, state-changed */
  async cancel(actor: User, id: string, reason: string): Promise<AdminGoodsOrder> {
    const { ledger, audit, outbox } = this.#deps
    await ledger.post<null>({ type: 'goods-refund', scope: `goods-refund:${id}`, key: newId(), request: { order: id, reason } }, async (transaction) => {
      const order = await readOrder(transaction, id, true)
      if (!order) throw missing()
      if (!mayCancelGoods(order.state)) throw changed(order.state)
      return {
        legs: [
          { account: platformAccount('revenue', 'coin'), amount: -order.total },
          { account: userAccount(order.user_id, 'coin'), amount: order.total },
        ],
        reference: id,
        note: order.name_en,
        reverses: order.transfer_id,
        record: async () => {
          await moveOrder(transaction, order, { to: 'cancelled', reason })
          await givePiecesBack(transaction, order.goods_id, order.quantity, order.kind !== 'code')
          await audit.record({ actorId: actor.id, channelId: null, action: 'goods-order:cancel', targetId: order.user_id, reason, detail: { order: id, from: order.state, coins: String(order.total) } }, transaction)
          await outbox.write(transaction, 'goods-order-changed', { orderId: id, userId: order.user_id })
          return null
        },
      }
    })
    return this.#found(id)
  }

  async #found(id: string): Promise<AdminGoodsOrder> {
    const order = await findOrder(this.#deps.database, id, this.#deps.secret)
    if (!order) throw missing()
    return order
  }
}

const missing = () => new AppError('order-not-found', { message: 'There is no such order' })
const changed = (state: string) => new AppError('state-changed', { message: `The order is ${state} by now` })

async function requireSaleable(transaction: Knex.Transaction, goods: GoodsRow, user: User, { quantity, price, address }: Omit<GoodsOrderRequest, 'key'>): Promise<void> {
  if (!goods.on_sale) throw new AppError('off-sale', { message: 'This is not on sale any more' })
  if (BigInt(goods.price) !== BigInt(price)) throw new AppError('price-changed', { message: 'The price has changed meanwhile' })
  if ((goods.kind === 'physical') !== (address !== undefined)) throw new AppError('bad-request', { message: address ? 'Digital goods need no address' : 'Say where it should be sent', fields: { address: 'is needed for goods that are sent, and for no others' } })
  if (goods.per_person !== null && (await countBought(transaction, goods.id, user.id)) + quantity > goods.per_person) throw new AppError('limit-reached', { message: `One person may buy ${goods.per_person} of these` })
}
