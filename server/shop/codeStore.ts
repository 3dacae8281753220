// SQL of codes: each is one piece of digital goods, sealed at rest and handed out once.
import { createHash } from 'node:crypto'
import type { Knex } from 'knex'
import { seal, unseal } from '../core/seal.ts'
import type { Database } from '../db/openDatabase.ts'

const BATCH = 500
const sealing = (secret: string) => ({ secret, purpose: 'shop codes' })
const hashOf = (code: string) => createHash('sha256').update(code).digest()

/** The goods' row is locked by the caller. @returns how many were new */
export async function addCodes(transaction: Knex.Transaction, { goodsId, codes, secret }: { goodsId: string; codes: readonly string[]; secret: string }): Promise<number> {
  let added = 0
  const distinct = [...new Set(codes)]
  for (let from = 0; from < distinct.length; from += BATCH) {
    const batch = distinct.slice(from, from + BATCH).map((code) => ({ goods_id: goodsId, hash: hashOf(code), code: seal(code, sealing(secret)) }))
    const known = (await transaction('goods_codes').where({ goods_id: goodsId }).whereIn('hash', batch.map(({ hash }) => hash)).select('hash')) as Array<{ hash: Buffer }>
    const there = new Set(known.map(({ hash }) => hash.toString('hex')))
    const fresh = batch.filter(({ hash }) => !there.has(hash.toString('hex')))
    if (fresh.length > 0) await transaction('goods_codes').insert(fresh)
    added += fresh.length
  }
  await transaction('goods').where({ id: goodsId }).increment('stock', added)
  return added
}

/** The goods' row is locked by the caller. @returns whether there were so many */
export async function handOutCodes(transaction: Knex.Transaction, { goodsId, orderId, quantity }: { goodsId: string; orderId: string; quantity: number }): Promise<boolean> {
  const taken = await transaction('goods_codes').where({ goods_id: goodsId, order_id: null }).orderBy('id').limit(quantity).update({ order_id: orderId })
  return taken === quantity
}

/** By order. */
export async function codesOf(database: Database, orderIds: readonly string[], secret: string): Promise<Map<string, string[]>> {
  const codes = new Map<string, string[]>()
  if (orderIds.length === 0) return codes
  const rows = (await database('goods_codes').whereIn('order_id', [...orderIds]).orderBy('id').select('order_id', 'code')) as Array<{ order_id: string; code: Buffer }>
  for (const { order_id, code } of rows) codes.set(order_id, [...(codes.get(order_id) ?? []), unseal(code, sealing(secret))])
  return codes
}
