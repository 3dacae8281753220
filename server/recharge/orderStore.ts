// SQL of orders, and of the refunds that operators asked for.
import type { Knex } from 'knex'
import type { RealCurrency } from '../contract/money.ts'
import type { OrderState, PaymentProviderName, PaymentWay, PaymentWayKind } from '../contract/recharge.ts'
import type { UserId } from '../contract/ids.ts'
import type { Database } from '../db/openDatabase.ts'
import type { OrderFacts } from './orderState.ts'

/** Amounts in minor units. */
export type RechargeOrder = {
  readonly seq: string
  readonly id: string
  readonly userId: UserId
  readonly packageId: string
  readonly currency: RealCurrency
  readonly price: bigint
  readonly coins: bigint
  readonly bonus: bigint
  readonly provider: PaymentProviderName
  readonly wayKind: PaymentWayKind
  readonly way: PaymentWay | null
  readonly state: OrderState
  readonly paid: bigint
  readonly refunded: bigint
  readonly lostCoins: bigint
  readonly paymentId: string | null
  readonly createdAt: Date
  readonly paidAt: Date | null
  readonly creditedAt: Date | null
}

type Row = {
  seq: string | number
  id: string
  user_id: UserId
  package_id: string
  currency: RealCurrency
  price: string | number
  coins: string | number
  bonus: string | number
  provider: PaymentProviderName
  way_kind: PaymentWayKind
  way: string | null
  state: OrderState
  paid: string | number
  refunded: string | number
  lost_coins: string | number
  payment_id: string | null
  created_at: Date
  paid_at: Date | null
  credited_at: Date | null
}

const toOrder = (row: Row): RechargeOrder => ({
  seq: String(row.seq),
  id: row.id,
  userId: row.user_id,
  packageId: row.package_id,
  currency: row.currency,
  price: BigInt(row.price),
  coins: BigInt(row.coins),
  bonus: BigInt(row.bonus),
  provider: row.provider,
  wayKind: row.way_kind,
  way: row.way === null ? null : (JSON.parse(row.way) as PaymentWay),
  state: row.state,
  paid: BigInt(row.paid),
  refunded: BigInt(row.refunded),
  lostCoins: BigInt(row.lost_coins),
  paymentId: row.payment_id,
  createdAt: row.created_at,
  paidAt: row.paid_at,
  creditedAt: row.credited_at,
})

/** What the rules of orders look at. */
export const factsOf = ({ state, price, coins, bonus, paid, refunded }: RechargeOrder): OrderFacts => ({ state, price, coins: coins + bonus, paid, refunded })

export type NewOrder = Pick<RechargeOrder, 'id' | 'userId' | 'packageId' | 'currency' | 'price' | 'coins' | 'bonus' | 'provider' | 'wayKind'> & { readonly key: string; readonly checkAt: Date }

/** @throws a duplicate where the key was used */
export async function insertOrder(database: Database, order: NewOrder): Promise<void> {
  await database('recharge_orders').insert({
    id: order.id,
    user_id: order.userId,
    idempotency_key: order.key,
    package_id: order.packageId,
    currency: order.currency,
    price: String(order.price),
    coins: String(order.coins),
    bonus: String(order.bonus),
    provider: order.provider,
    way_kind: order.wayKind,
    state: 'created',
    created_at: new Date(),
    check_at: order.checkAt,
  })
}

export async function findOrder(database: Database, by: { id: string } | { userId: UserId; key: string } | { provider: PaymentProviderName; paymentId: string }): Promise<RechargeOrder | undefined> {
  const where = 'id' in by ? { id: by.id } : 'key' in by ? { user_id: by.userId, idempotency_key: by.key } : { provider: by.provider, payment_id: by.paymentId }
  const row = (await database('recharge_orders').where(where).first()) as Row | undefined
  return row && toOrder(row)
}

/** The order, locked until the transaction ends. */
export async function lockOrder(transaction: Knex.Transaction, id: string): Promise<RechargeOrder | undefined> {
  const row = (await transaction('recharge_orders').where({ id }).forUpdate().first()) as Row | undefined
  return row && toOrder(row)
}

/** Whether there is somebody to give coins to: the account was not deleted. */
export async function isBuyerThere(database: Database, userId: UserId): Promise<boolean> {
  return (await database('users').where({ id: userId }).whereNull('deleted_at').first('id')) !== undefined
}

export type OrderChange = Partial<Pick<RechargeOrder, 'state' | 'paid' | 'refunded' | 'lostCoins' | 'paymentId' | 'way'>> & { readonly paidAt?: Date; readonly creditedAt?: Date; readonly endedAt?: Date; readonly checkAt?: Date | null }

export async function updateOrder(database: Database, id: string, change: OrderChange): Promise<void> {
  const { state, paid, refunded, lostCoins, paymentId, way, paidAt, creditedAt, endedAt, checkAt } = change
  const columns = {
    state,
    paid: paid === undefined ? undefined : String(paid),
    refunded: refunded === undefined ? undefined : String(refunded),
    lost_coins: lostCoins === undefined ? undefined : String(lostCoins),
    payment_id: paymentId,
    way: way === undefined ? undefined : way && JSON.stringify(way),
    paid_at: paidAt,
    credited_at: creditedAt,
    ended_at: endedAt,
    check_at: checkAt,
  }
  await database('recharge_orders').where({ id }).update(Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined)))
}

export type OrderFilter = {
  readonly userId?: UserId | undefined
  readonly id?: string | undefined
  readonly state?: OrderState | undefined
  readonly provider?: PaymentProviderName | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** Behind the order of this `seq`. */
  readonly before?: string | undefined
  readonly limit: number
}

/** Newest first. */
export async function listOrders(database: Database, { userId, id, state, provider, from, to, before, limit }: OrderFilter): Promise<RechargeOrder[]> {
  const query = database('recharge_orders').orderBy('seq', 'desc').limit(limit)
  if (userId) void query.where('user_id', userId)
  if (id) void query.where('id', id)
  if (state) void query.where('state', state)
  if (provider) void query.where('provider', provider)
  if (from) void query.where('created_at', '>=', new Date(from))
  if (to) void query.where('created_at', '<=', new Date(to))
  if (before) void query.where('seq', '<', before)
  return ((await query) as Row[]).map(toOrder)
}

/** Whether the provider may be asked about the order again for a page. */
export async function claimAsking(database: Database, id: string, now: Date, everyMs: number): Promise<boolean> {
  const before = new Date(now.getTime() - everyMs)
  return (await database('recharge_orders').where({ id, state: 'pending' }).where('created_at', '<', before).where((asked) => void asked.whereNull('asked_at').orWhere('asked_at', '<', before)).update({ asked_at: now })) === 1
}

/** Takes unpaid orders whose provider should be asked now; no other server takes them within `leaseMs`. */
export async function takeDue(transaction: Knex.Transaction, now: Date, { limit, leaseMs }: { limit: number; leaseMs: number }): Promise<RechargeOrder[]> {
  const rows = (await transaction('recharge_orders').whereIn('state', ['created', 'pending', 'expired']).where('check_at', '<=', now).orderBy('check_at').limit(limit).forUpdate().skipLocked()) as Row[]
  if (rows.length > 0) await transaction('recharge_orders').whereIn('id', rows.map(({ id }) => id)).update({ check_at: new Date(now.getTime() + leaseMs) })
  return rows.map(toOrder)
}
