// Locks rows of accounts in ascending order of id, so that two transfers never wait for each other in a circle.
import type { Knex } from 'knex'

export type LockedRow = { readonly id: string; readonly balance: bigint; readonly locked: boolean }
type Row = { id: string | number; balance: string | number; locked: number | boolean }

/** Those of the rows that are there; locked until the transaction ends. */
export async function lockRows(transaction: Knex.Transaction, ids: readonly string[]): Promise<readonly LockedRow[]> {
  if (ids.length === 0) return []
  // By the primary key whatever the optimizer thinks of a small table: a scan would lock every account there is.
  const [rows] = (await transaction.raw(`SELECT id, balance, locked FROM ledger_accounts FORCE INDEX (PRIMARY) WHERE id IN (${ids.map(() => '?').join(',')}) ORDER BY id FOR UPDATE`, [...ids])) as [Row[], unknown]
  return rows.map(({ id, balance, locked }) => ({ id: String(id), balance: BigInt(balance), locked: Boolean(locked) }))
}
