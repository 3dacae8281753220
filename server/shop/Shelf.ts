// What operators put on the shelf: goods, their pictures and their codes; each change is audited.
import type { User } from '../accounts/userStore.ts'
import type { AdminGoods, CodesAdded, GoodsDraft } from '../contract/shop.ts'
import { AppError } from '../core/AppError.ts'
import { newId } from '../core/newId.ts'
import { transact } from '../db/transact.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Audit } from '../moderation/Audit.ts'
import type { PictureStore } from '../pictures/PictureStore.ts'
import { addCodes } from './codeStore.ts'
import { findGoods, insertGoods, lockGoods, setPicture, updateGoods } from './goodsStore.ts'

export type ShelfDeps = { readonly database: Database; readonly audit: Audit; readonly pictures: PictureStore; readonly secret: string }

export class Shelf {
  readonly #deps: ShelfDeps

  constructor(deps: ShelfDeps) {
    this.#deps = deps
  }

  async add(actor: User, draft: GoodsDraft): Promise<AdminGoods> {
    const { database, audit } = this.#deps
    const id = newId()
    await transact(database, async (transaction) => {
      await insertGoods(transaction, id, draft)
      await audit.record({ actorId: actor.id, channelId: null, action: 'goods:add', targetId: null, reason: '', detail: { goods: id, ...summary(draft) } }, transaction)
    })
    return this.#found(id)
  }

  /** @throws AppError goods-not-found, state-changed (some were sold while the form was open) */
  async change(actor: User, id: string, draft: GoodsDraft): Promise<AdminGoods> {
    const { database, audit } = this.#deps
    await transact(database, async (transaction) => {
      const row = await lockGoods(transaction, id)
      if (!row) throw missing()
      if (row.kind !== 'code' && draft.stock !== draft.stockWas && row.stock !== draft.stockWas) throw new AppError('state-changed', { message: `Meanwhile ${row.stock ?? 'any number'} are left` })
      // A stock that was not touched stays what it has become by sales.
      await updateGoods(transaction, id, draft.stock === draft.stockWas ? { ...draft, stock: row.stock } : draft)
      await audit.record({ actorId: actor.id, channelId: null, action: 'goods:change', targetId: null, reason: '', detail: { goods: id, ...summary(draft) } }, transaction)
    })
    return this.#found(id)
  }

  /** @throws AppError goods-not-found, bad-image */
  async setPicture(actor: User, id: string, image: Buffer): Promise<AdminGoods> {
    const { database, audit, pictures } = this.#deps
    await this.#found(id)
    const picture = await pictures.save(image)
    const former = await transact(database, async (transaction) => {
      const row = await lockGoods(transaction, id)
      await setPicture(transaction, id, picture)
      await audit.record({ actorId: actor.id, channelId: null, action: 'goods:picture', targetId: null, reason: '', detail: { goods: id } }, transaction)
      return row?.picture
    })
    if (former) await pictures.remove(former)
    return this.#found(id)
  }

  /** @throws AppError goods-not-found, bad-request (goods of another kind) */
  async addCodes(actor: User, id: string, codes: readonly string[]): Promise<CodesAdded> {
    const { database, audit, secret } = this.#deps
    const added = await transact(database, async (transaction) => {
      const row = await lockGoods(transaction, id)
      if (!row) throw missing()
      if (row.kind !== 'code') throw new AppError('bad-request', { message: 'Only goods of kind code have codes' })
      const count = await addCodes(transaction, { goodsId: id, codes, secret })
      await audit.record({ actorId: actor.id, channelId: null, action: 'goods:codes', targetId: null, reason: '', detail: { goods: id, added: count } }, transaction)
      return count
    })
    return { added, repeated: codes.length - added, goods: await this.#found(id) }
  }

  async #found(id: string): Promise<AdminGoods> {
    const goods = await findGoods(this.#deps.database, id)
    if (!goods) throw missing()
    return goods
  }
}

const missing = () => new AppError('goods-not-found', { message: 'There are no such goods' })

/** What the record keeps of a draft. */
const summary = ({ name, price, stock, perPerson, onSale }: GoodsDraft) => ({ name: name.en, price, stock, perPerson, onSale })
