// SQL of statements.
import type { TransferType } from '../contract/wallet.ts'
import type { Database } from '../db/openDatabase.ts'
import type { LaneEntry } from './joinLanes.ts'

/** A transfer's time is noted before its entries get their ids: by at most the longest transaction, and the difference of two servers' clocks. */
const MARGIN_MS = 10 * 60_000

type EntryRow = { lane: number; id: string | number; transfer_id: string; amount: string; at: Date; type: TransferType; note: string }
type Range = { readonly above: string | undefined; readonly below: string | undefined; readonly take: number }

/** Of each row the newest entries in the range, newest first. */
export async function entriesOfLanes(database: Database, lanes: readonly string[], { above = '0', below, take }: Range): Promise<LaneEntry[][]> {
  if (lanes.length === 0) return []
  const one = `(SELECT ? AS lane, e.id, e.transfer_id, e.amount, t.at, t.type, t.note FROM ledger_entries e JOIN ledger_transfers t ON t.id = e.transfer_id
    WHERE e.account_id = ? AND e.id > ? ${below === undefined ? '' : 'AND e.id < ?'} ORDER BY e.id DESC LIMIT ?)`
  const values = lanes.flatMap((lane, at) => [at, lane, above, ...(below === undefined ? [] : [below]), take])
  const [rows] = (await database.raw(lanes.map(() => one).join(' UNION ALL '), values)) as [EntryRow[], unknown]
  const entries: LaneEntry[][] = lanes.map(() => [])
  for (const { lane, id, transfer_id, amount, at, type, note } of rows) entries[Number(lane)]?.push({ id: String(id), transferId: transfer_id, amount: BigInt(amount), at, type, note })
  for (const lane of entries) lane.sort((first, second) => (BigInt(first.id) > BigInt(second.id) ? -1 : 1))
  return entries
}

/** What all rows together held after each of those entries. */
export async function balancesAt(database: Database, lanes: readonly string[], ids: readonly string[]): Promise<bigint[]> {
  if (ids.length === 0) return []
  const held = '(SELECT COALESCE((SELECT balance FROM ledger_entries WHERE account_id = ? AND id <= ? ORDER BY id DESC LIMIT 1), 0))'
  const sum = lanes.map(() => held).join(' + ')
  const balances: bigint[] = []
  for (let from = 0; from < ids.length; from += 50) {
    const part = ids.slice(from, from + 50)
    const [rows] = (await database.raw(part.map((_, at) => `SELECT ${at} AS line, ${sum} AS balance`).join(' UNION ALL '), part.flatMap((id) => lanes.flatMap((lane) => [lane, id])))) as [Array<{ line: number; balance: string }>, unknown]
    for (const { line, balance } of rows) balances[from + Number(line)] = BigInt(balance)
  }
  return balances
}

/** Ids between which all entries of that time lie, and as few others as is easily known. */
export async function idBounds(database: Database, { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined }): Promise<{ above: string | undefined; below: string | undefined }> {
  const beside = async (side: '<=' | '>=', time: number): Promise<string | undefined> => {
    const row = (await database('ledger_transfers')
      .join('ledger_entries', 'ledger_entries.transfer_id', 'ledger_transfers.id')
      .where('ledger_transfers.at', side, new Date(time))
      .orderBy('ledger_transfers.at', side === '<=' ? 'desc' : 'asc')
      .first('ledger_entries.id')) as { id: string | number } | undefined
    return row && String(row.id)
  }
  return {
    above: from === undefined ? undefined : await beside('<=', Date.parse(from) - MARGIN_MS),
    below: to === undefined ? undefined : await beside('>=', Date.parse(to) + MARGIN_MS),
  }
}
