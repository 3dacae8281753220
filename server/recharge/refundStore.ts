// SQL of the refunds that operators asked for.
import type { Knex } from 'knex'
import type { UserId } from '../contract/ids.ts'
import type { Database } from '../db/openDatabase.ts'

export type Refund = { readonly id: string; readonly orderId: string; readonly amount: bigint; readonly reason: string; readonly state: 'requested' | 'done'; readonly requestedBy: UserId | null; readonly at: Date }
type Row = { id: string; order_id: string; amount: string | number; reason: string; state: Refund['state']; requested_by: UserId | null; at: Date }

const toRefund = (row: Row): Refund => ({ id: row.id, orderId: row.order_id, amount: BigInt(row.amount), reason: row.reason, state: row.state, requestedBy: row.requested_by, at: row.at })

export async function insertRefund(transaction: Knex.Transaction, refund: Omit<Refund, 'state' | 'at'> & { readonly key: string }): Promise<void> {
  const { id, orderId, key, amount, reason, requestedBy } = refund
  await transaction('recharge_refunds').insert({ id, order_id: orderId, idempotency_key: key, amount: String(amount), reason, state: 'requested', requested_by: requestedBy, at: new Date() })
}

export async function findRefund(database: Database, orderId: string, key: string): Promise<Refund | undefined> {
  const row = (await database('recharge_refunds').where({ order_id: orderId, idempotency_key: key }).first()) as Row | undefined
  return row && toRefund(row)
}

export async function listRefunds(database: Database, orderId: string): Promise<Refund[]> {
  return ((await database('recharge_refunds').where({ order_id: orderId }).orderBy('at')) as Row[]).map(toRefund)
}

/** @returns what was asked for and is not done yet, in minor units */
export async function pendingRefunds(transaction: Knex.Transaction, orderId: string): Promise<bigint> {
  const rows = (await transaction('recharge_refunds').where({ order_id: orderId, state: 'requested' }).forUpdate().select('amount')) as Array<{ amount: string | number }>
  return rows.reduce((sum, { amount }) => sum + BigInt(amount), 0n)
}

export async function noteRefunded(database: Database, id: string): Promise<void> {
  await database('recharge_refunds').where({ id }).update({ state: 'done' })
}

/** Providers that tell only of totals: all that was asked for is done when as much was paid back. */
export async function settleRefunds(transaction: Knex.Transaction, orderId: string, refunded: bigint): Promise<void> {
  const asked = (await listRefunds(transaction, orderId)).reduce((sum, { amount }) => sum + amount, 0n)
  if (asked > 0n && asked <= refunded) await transaction('recharge_refunds').where({ order_id: orderId }).update({ state: 'done' })
}
