// SQL of orders: what was bought by whom, where it goes, and how far it has come.
import type { Knex } from 'knex'
import { avatarUrl } from '../accounts/userStore.ts'
import type { UserId } from '../contract/ids.ts'
import type { Address, AdminGoodsOrder, GoodsKind, GoodsOrderState, GoodsOrderView } from '../contract/shop.ts'
import { seal, unseal } from '../core/seal.ts'
import type { Database } from '../db/openDatabase.ts'
import { codesOf } from './codeStore.ts'
import { pictureUrl } from './goodsStore.ts'

type OrderRow = {
  seq: number | string
  id: string
  goods_id: string
  user_id: UserId
  name_en: string
  name_zh: string
  quantity: number
  total: string | number
  granted: string
  state: GoodsOrderState
  address: Buffer | null
  tracking: string
  reason: string
  transfer_id: string
  created_at: Date
  changed_at: Date
}
type ShownRow = OrderRow & { kind: GoodsKind; picture: string | null; buyer: string | null; buyer_display_name: string | null; buyer_avatar: string | null; buyer_deleted: Date | null }
export type StoredOrder = Pick<OrderRow, 'id' | 'goods_id' | 'user_id' | 'quantity' | 'state' | 'transfer_id' | 'name_en' | 'name_zh'> & { readonly kind: GoodsKind; readonly total: bigint; readonly buyerGone: boolean }

const sealing = (secret: string) => ({ secret, purpose: 'shop addresses' })
const ended: readonly GoodsOrderState[] = ['done', 'cancelled']

const shown = (database: Database) =>
  database('goods_orders')
    .join('goods', 'goods.id', 'goods_orders.goods_id')
    .join('users', 'users.id', 'goods_orders.user_id')
    .select('goods_orders.*', 'goods.kind', 'goods.picture', { buyer: 'users.name', buyer_display_name: 'users.display_name', buyer_avatar: 'users.avatar', buyer_deleted: 'users.deleted_at' })

const toCommon = (row: ShownRow, secret: string) => ({
  id: row.id,
  kind: row.kind,
  name: { en: row.name_en, zhCN: row.name_zh },
  pictureUrl: pictureUrl(row.picture),
  quantity: row.quantity,
  total: String(row.total),
  state: row.state,
  address: row.address && (JSON.parse(unseal(row.address, sealing(secret))) as Address),
  tracking: row.tracking,
  reason: row.reason,
  at: row.created_at.toISOString(),
  changedAt: row.changed_at.toISOString(),
})

const toAdmin = (row: ShownRow, secret: string): AdminGoodsOrder => ({
  ...toCommon(row, secret),
  buyer: row.buyer_deleted || !row.buyer ? null : { id: row.user_id, name: row.buyer, displayName: row.buyer_display_name ?? row.buyer, avatarUrl: avatarUrl(row.buyer_avatar) },
})

export type NewOrder = { readonly id: string; readonly goodsId: string; readonly userId: UserId; readonly name: { en: string; zhCN: string }; readonly quantity: number; readonly total: bigint; readonly granted: string; readonly state: GoodsOrderState; readonly address: Address | undefined; readonly transferId: string; readonly at: Date }

export async function insertOrder(transaction: Knex.Transaction, { name, total, address, ...order }: NewOrder, secret: string): Promise<void> {
  await transaction('goods_orders').insert({
    id: order.id,
    goods_id: order.goodsId,
    user_id: order.userId,
    name_en: name.en,
    name_zh: name.zhCN,
    quantity: order.quantity,
    total: String(total),
    granted: order.granted,
    state: order.state,
    address: address ? seal(JSON.stringify(address), sealing(secret)) : null,
    transfer_id: order.transferId,
    created_at: order.at,
    changed_at: order.at,
  })
}

type Paged<T> = { readonly orders: T[]; readonly next: string | null }
type Place = { readonly before?: string | undefined; readonly limit: number }

async function page(query: Knex.QueryBuilder, { before, limit }: Place): Promise<{ rows: ShownRow[]; next: string | null }> {
  if (before !== undefined) void query.where('goods_orders.seq', '<', before)
  const rows = (await query.orderBy('goods_orders.seq', 'desc').limit(limit + 1)) as ShownRow[]
  const last = rows[limit - 1]
  return { rows: rows.slice(0, limit), next: rows.length > limit && last ? String(last.seq) : null }
}

async function toOwn(database: Database, rows: readonly ShownRow[], secret: string): Promise<GoodsOrderView[]> {
  const codes = await codesOf(database, rows.filter(({ kind }) => kind === 'code').map(({ id }) => id), secret)
  return rows.map((row) => ({ ...toCommon(row, secret), delivered: row.kind === 'code' ? (codes.get(row.id) ?? []) : row.kind === 'text' ? [row.granted] : [] }))
}

/** A buyer's own, with what was delivered. */
export async function listOwnOrders(database: Database, userId: UserId, place: Place, secret: string): Promise<Paged<GoodsOrderView>> {
  const { rows, next } = await page(shown(database).where({ user_id: userId }), place)
  return { orders: await toOwn(database, rows, secret), next }
}

export async function findOwnOrder(database: Database, id: string, secret: string): Promise<GoodsOrderView | undefined> {
  return (await toOwn(database, (await shown(database).where('goods_orders.id', id)) as ShownRow[], secret))[0]
}

/** For staff: everyone's, without what was delivered. */
export async function listOrders(database: Database, { state, user, ...place }: Place & { readonly state?: GoodsOrderState | undefined; readonly user?: string | undefined }, secret: string): Promise<Paged<AdminGoodsOrder>> {
  const query = shown(database)
  if (state !== undefined) void query.where('goods_orders.state', state)
  if (user !== undefined && user !== '') void query.where('users.name', user)
  const { rows, next } = await page(query, place)
  return { orders: rows.map((row) => toAdmin(row, secret)), next }
}

export async function findOrder(database: Database, id: string, secret: string): Promise<AdminGoodsOrder | undefined> {
  const row = (await shown(database).where('goods_orders.id', id).first()) as ShownRow | undefined
  return row && toAdmin(row, secret)
}

/** What acts and notices decide by; locked when read in a transaction that asks for it. */
export async function readOrder(within: Database, id: string, lock = false): Promise<StoredOrder | undefined> {
  const query = within('goods_orders').where({ id })
  if (lock) void query.forUpdate()
  const row = (await query.first()) as OrderRow | undefined
  if (!row) return undefined
  const goods = (await within('goods').where({ id: row.goods_id }).first('kind')) as { kind: GoodsKind }
  const buyer = (await within('users').where({ id: row.user_id }).first('deleted_at')) as { deleted_at: Date | null } | undefined
  const { goods_id, user_id, quantity, state, transfer_id, name_en, name_zh } = row
  return { id, goods_id, user_id, quantity, state, transfer_id, name_en, name_zh, kind: goods.kind, total: BigInt(row.total), buyerGone: buyer?.deleted_at != null }
}

/** The address of somebody whose account is gone goes with the end of the order. @returns whether it was in that state */
export async function moveOrder(transaction: Knex.Transaction, order: StoredOrder, { to, tracking, reason }: { to: GoodsOrderState; tracking?: string | undefined; reason?: string | undefined }): Promise<boolean> {
  const moved = await transaction('goods_orders')
    .where({ id: order.id, state: order.state })
    .update({ state: to, changed_at: new Date(), ...(tracking ? { tracking } : {}), ...(reason ? { reason } : {}), ...(order.buyerGone && ended.includes(to) ? { address: null } : {}) })
  return moved > 0
}

/** Addresses of orders that have ended; the others go when they end. */
export async function eraseAddresses(database: Database, userId: UserId): Promise<void> {
  await database('goods_orders').where({ user_id: userId }).whereIn('state', [...ended]).update({ address: null })
}
