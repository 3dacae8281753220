// SQL of the shelf: what is for sale, and how many pieces are left.
import type { Knex } from 'knex'
import type { AdminGoods, GoodsDraft, GoodsKind, GoodsView } from '../contract/shop.ts'
import type { UserId } from '../contract/ids.ts'
import type { Database } from '../db/openDatabase.ts'

export type GoodsRow = {
  id: string
  kind: GoodsKind
  name_en: string
  name_zh: string
  text_en: string
  text_zh: string
  picture: string | null
  price: string | number
  stock: number | null
  per_person: number | null
  granted: string
  on_sale: number
  place: number
  sold: number
}

export const pictureUrl = (picture: string | null): string | null => (picture ? `/goods/${picture}.webp` : null)

const toView = (row: GoodsRow, bought: number): GoodsView => ({
  id: row.id,
  kind: row.kind,
  name: { en: row.name_en, zhCN: row.name_zh },
  text: { en: row.text_en, zhCN: row.text_zh },
  pictureUrl: pictureUrl(row.picture),
  price: String(row.price),
  left: row.stock,
  perPerson: row.per_person,
  bought,
})

const toAdmin = (row: GoodsRow): AdminGoods => ({
  id: row.id,
  kind: row.kind,
  name: { en: row.name_en, zhCN: row.name_zh },
  text: { en: row.text_en, zhCN: row.text_zh },
  pictureUrl: pictureUrl(row.picture),
  price: String(row.price),
  stock: row.stock,
  perPerson: row.per_person,
  granted: row.granted,
  onSale: Boolean(row.on_sale),
  place: row.place,
  sold: row.sold,
})

const toColumns = ({ kind, name, text, price, perPerson, granted, onSale, place }: GoodsDraft) => ({
  kind,
  name_en: name.en,
  name_zh: name.zhCN,
  text_en: text.en,
  text_zh: text.zhCN,
  price,
  per_person: perPerson,
  granted,
  on_sale: onSale,
  place,
})

/** What is on sale, in the operator's order, with how much of each the asker has bought. */
export async function listShelf(database: Database, userId: UserId | undefined): Promise<GoodsView[]> {
  const [rows, bought] = await Promise.all([
    database('goods').where({ on_sale: true }).orderBy(['place', 'created_at', 'id']) as Promise<GoodsRow[]>,
    userId ? boughtBy(database, userId) : new Map<string, number>(),
  ])
  return rows.map((row) => toView(row, bought.get(row.id) ?? 0))
}

async function boughtBy(database: Database, userId: UserId): Promise<Map<string, number>> {
  const rows = (await database('goods_orders').where({ user_id: userId }).whereNot({ state: 'cancelled' }).groupBy('goods_id').select('goods_id').sum({ pieces: 'quantity' })) as Array<{ goods_id: string; pieces: number | string }>
  return new Map(rows.map(({ goods_id, pieces }) => [goods_id, Number(pieces)]))
}

/** Pieces of one kind of goods that the user has bought and not given back. */
export async function countBought(within: Database, goodsId: string, userId: UserId): Promise<number> {
  const [row] = (await within('goods_orders').where({ user_id: userId, goods_id: goodsId }).whereNot({ state: 'cancelled' }).sum({ pieces: 'quantity' })) as Array<{ pieces: number | string | null }>
  return Number(row?.pieces ?? 0)
}

export async function listAllGoods(database: Database): Promise<AdminGoods[]> {
  return ((await database('goods').orderBy(['place', 'created_at', 'id'])) as GoodsRow[]).map(toAdmin)
}

export async function findGoods(database: Database, id: string): Promise<AdminGoods | undefined> {
  const row = (await database('goods').where({ id }).first()) as GoodsRow | undefined
  return row && toAdmin(row)
}

/** Locked until the transaction ends: buyers of the same goods come one after the other. */
export async function lockGoods(transaction: Knex.Transaction, id: string): Promise<GoodsRow | undefined> {
  return (await transaction('goods').where({ id }).forUpdate().first()) as GoodsRow | undefined
}

/** @returns whether there were so many left */
export async function takePieces(transaction: Knex.Transaction, id: string, quantity: number): Promise<boolean> {
  const taken = await transaction('goods')
    .where({ id })
    .where((enough) => void enough.whereNull('stock').orWhere('stock', '>=', quantity))
    .update({ stock: transaction.raw('stock - ?', [quantity]), sold: transaction.raw('sold + ?', [quantity]) })
  return taken > 0
}

/** @param restock false: they are not sold again */
export async function givePiecesBack(transaction: Knex.Transaction, id: string, quantity: number, restock: boolean): Promise<void> {
  const stock = restock ? { stock: transaction.raw('stock + ?', [quantity]) } : {}
  await transaction('goods').where({ id }).update({ ...stock, sold: transaction.raw('sold - ?', [quantity]) })
}

export async function insertGoods(transaction: Knex.Transaction, id: string, draft: GoodsDraft): Promise<void> {
  await transaction('goods').insert({ id, ...toColumns(draft), stock: draft.kind === 'code' ? 0 : draft.stock, created_at: new Date() })
}

/** What it is stays what it is: codes do not become parcels. */
export async function updateGoods(transaction: Knex.Transaction, id: string, draft: GoodsDraft): Promise<void> {
  const { kind: _kind, ...columns } = toColumns(draft)
  await transaction('goods').where({ id }).update({ ...columns, ...(draft.kind === 'code' ? {} : { stock: draft.stock }) })
}

export async function setPicture(transaction: Knex.Transaction, id: string, picture: string): Promise<void> {
  await transaction('goods').where({ id }).update({ picture })
}
