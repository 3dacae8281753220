// SQL of what gifts add up to: each sending is added exactly once, in the transaction that marks it as counted.
import type { BroadcastId, ChannelId, UserId } from '../contract/ids.ts'
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import { sumsOf } from './boards.ts'
import type { BoardKey, Counted, Sum } from './boards.ts'

/** Sendings of one transaction. */
export const COUNTED_AT_ONCE = 500
/** Rows of one statement. */
const ROWS_AT_ONCE = 1000

type SendingRow = { id: string; channel_id: ChannelId; sender_id: UserId; broadcast_id: BroadcastId; total: string | number; at: Date }
type SumRow = { board: string; period: string; subject_id: string; total: string | number }

/** Adds sendings that are not in the sums yet, those that no other server is adding. */
export async function countSendings(database: Database): Promise<Counted[]> {
  return transact(
    database,
    async (transaction) => {
      const rows = (await transaction('gift_sendings').where({ counted: false }).limit(COUNTED_AT_ONCE).forUpdate().skipLocked().select('id', 'channel_id', 'sender_id', 'broadcast_id', 'total', 'at')) as SendingRow[]
      if (rows.length === 0) return []
      const sendings = rows.map((row): Counted => ({ channelId: row.channel_id, senderId: row.sender_id, broadcastId: row.broadcast_id, total: BigInt(row.total), at: row.at.getTime() }))
      const sums = sumsOf(sendings)
      for (let from = 0; from < sums.length; from += ROWS_AT_ONCE) await addSums(transaction, sums.slice(from, from + ROWS_AT_ONCE))
      await addFanCoins(transaction, sums, new Date())
      await transaction('gift_sendings').whereIn('id', rows.map(({ id }) => id)).update({ counted: true })
      return sendings
    },
    { isolation: 'read committed' },
  )
}

async function addSums(transaction: Database, sums: readonly Sum[]): Promise<void> {
  // VALUES() is what MySQL 8 and MariaDB both understand here.
  await transaction.raw(
    `INSERT INTO gift_sums (board, period, subject_id, total) VALUES ${sums.map(() => '(?, ?, ?, ?)').join(', ')} ON DUPLICATE KEY UPDATE total = total + VALUES(total)`,
    sums.flatMap(({ board, period, subjectId, total }) => [board, period, subjectId, String(total)]),
  )
}

/** What a fan gave in all is what the channel's board of all times says. */
async function addFanCoins(transaction: Database, sums: readonly Sum[], now: Date): Promise<void> {
  const rows = sums.filter(({ board, period }) => period === 'all' && board.startsWith('c:')).map(({ board, subjectId, total }) => [board.slice(2), subjectId, String(total), now])
  await transaction.raw(
    `INSERT INTO gift_fans (channel_id, user_id, coins, seen_at) VALUES ${rows.map(() => '(?, ?, ?, ?)').join(', ')} ON DUPLICATE KEY UPDATE coins = coins + VALUES(coins), seen_at = VALUES(seen_at)`,
    rows.flat(),
  )
}

/** The sums as they now are. */
export async function readSums(database: Database, keys: ReadonlyArray<BoardKey & { readonly subjectId: string }>): Promise<Array<{ board: string; period: string; subjectId: string; total: bigint }>> {
  if (keys.length === 0) return []
  const rows = (await database('gift_sums').whereIn(['board', 'period', 'subject_id'], keys.map(({ board, period, subjectId }) => [board, period, subjectId]))) as SumRow[]
  return rows.map((row) => ({ board: row.board, period: row.period, subjectId: row.subject_id, total: BigInt(row.total) }))
}

/** The highest of a ranking, in order; of equals the one with the greater id first, as Redis has them. */
export async function topSums(database: Database, { board, period }: BoardKey, limit: number): Promise<Array<{ subjectId: string; total: bigint }>> {
  const rows = (await database('gift_sums').where({ board, period }).orderBy([{ column: 'total', order: 'desc' }, { column: 'subject_id', order: 'desc' }]).limit(limit).select('subject_id', 'total')) as SumRow[]
  return rows.map((row) => ({ subjectId: row.subject_id, total: BigInt(row.total) }))
}

/** Somebody's own place, wherever it is. */
export async function placeIn(database: Database, { board, period }: BoardKey, subjectId: string): Promise<{ rank: number; total: bigint } | undefined> {
  const row = (await database('gift_sums').where({ board, period, subject_id: subjectId }).first('total')) as { total: string | number } | undefined
  if (!row) return undefined
  const [before] = (await database('gift_sums').where({ board, period }).where('total', '>', row.total).count({ count: '*' })) as Array<{ count: string | number }>
  return { rank: Number(before?.count ?? 0) + 1, total: BigInt(row.total) }
}
