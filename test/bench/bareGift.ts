// The SQL of one gift, written out by hand: what the database asks for when nothing else is done.
import { randomBytes } from 'node:crypto'
import type { PoolConnection } from 'mysql2/promise'

/** Rows of the accounts that a gift touches; each platform account has several. */
export type BareAccounts = { readonly coins: string; readonly revenue: readonly string[]; readonly beans: readonly string[]; readonly issue: readonly string[] }
export type BareGift = { readonly senderId: string; readonly hostId: string; readonly channelId: string; readonly broadcastId: string; readonly accounts: BareAccounts }
export type BarePaid = { readonly id: string; readonly factId: number; readonly at: Date }
type Rows = Array<Record<string, unknown>>

const newId = (): string => randomBytes(8).toString('hex')
const one = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T

const queryOn = (connection: PoolConnection) => async <T = Rows>(sql: string, values: unknown[]): Promise<T> => (await connection.query(sql, values))[0] as T

/** Statement for statement what `gift:send` does in its transaction, and the two reads around it. */
export async function payBareGift(connection: PoolConnection, { senderId, hostId, channelId, broadcastId, accounts }: BareGift): Promise<BarePaid> {
  const query = queryOn(connection)
  const key = newId() + newId()
  const [id, transferId] = [newId(), newId()]
  await query('select `id`, `request_hash`, `result`, `at` from `ledger_transfers` where `scope` = ? and `idempotency_key` = ? limit 1', [`gift:${senderId}`, key])
  await query('SET TRANSACTION ISOLATION LEVEL read committed', [])
  await query('BEGIN', [])
  const ids = [accounts.coins, one(accounts.revenue), one(accounts.beans), one(accounts.issue)]
  const amounts = [-2, 2, 1, -1]
  const rows = await query('SELECT id, balance, locked FROM ledger_accounts WHERE id IN (?, ?, ?, ?) ORDER BY id FOR UPDATE', ids)
  const balances = ids.map((account, at) => Number(rows.find((row) => String(row['id']) === account)?.['balance'] ?? 0) + (amounts[at] as number))
  await query('UPDATE ledger_accounts SET balance = CASE id WHEN ? THEN ? WHEN ? THEN ? WHEN ? THEN ? WHEN ? THEN ? END WHERE id IN (?,?,?,?)', [...ids.flatMap((account, at) => [account, balances[at]]), ...ids])
  const at = new Date()
  await query('select `combo_id`, `combo_count`, `at` from `gift_sendings` where `sender_id` = ? and `channel_id` = ? and `gift_id` = ? order by `at` desc, `combo_count` desc limit 1', [senderId, channelId, 'heart'])
  await query(
    'insert into `gift_sendings` (`at`, `beans`, `broadcast_id`, `channel_id`, `combo_count`, `combo_id`, `gift_id`, `host_id`, `id`, `offset_ms`, `quantity`, `sender_id`, `share`, `total`, `transfer_id`, `version`, `counted`) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)',
    [at, '1', broadcastId, channelId, 1, id, 'heart', hostId, id, 0, 2, senderId, 5000, '2', transferId, 1],
  )
  // Its topic is nobody's, so that no server takes it.
  const { insertId } = await query<{ insertId: number }>('insert into `outbox` (`created_at`, `due_at`, `payload`, `topic`) values (?, ?, ?, ?)', [at, new Date(at.getTime() + 86_400_000), JSON.stringify({ sendingId: id, channelId, senderId, gift: { id: 'heart', version: 1 }, quantity: 2, total: '2', combo: { id, count: 1 }, broadcastId, offsetMs: 0, at }), 'bench'])
  await query('insert into `ledger_transfers` (`at`, `id`, `idempotency_key`, `note`, `reference`, `request_hash`, `result`, `reverses`, `scope`, `type`) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', [at, transferId, key, 'Heart 小心心 × 2 · bench', id, 'x'.repeat(43), JSON.stringify({ id, total: '2', combo: { id, count: 1 } }), null, `gift:${senderId}`, 'gift'])
  await query('insert into `ledger_entries` (`account_id`, `amount`, `balance`, `transfer_id`) values (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?)', ids.flatMap((account, index) => [account, String(amounts[index]), String(balances[index]), transferId]))
  await query('COMMIT', [])
  await query("select sum(`balance`) as `balance` from `ledger_accounts` where `kind` = 'user' and `owner` = ? and `currency` = 'coin'", [senderId])
  return { id, factId: insertId, at }
}

/** What makes a paid gift a line of the room: one transaction more, and the fact is struck off. The server does this for several gifts at once when there are. */
export async function tellBareGift(connection: PoolConnection, { channelId, broadcastId, senderId }: BareGift, { id, factId, at }: BarePaid): Promise<void> {
  const query = queryOn(connection)
  await query('BEGIN', [])
  const [room] = await query('select `last_seq` from `chat_rooms` where `channel_id` = ? limit 1 for update', [channelId])
  const seq = Number(room?.['last_seq'] ?? 0) + 1
  await query('select `m`.* from `chat_messages` as `m` where `m`.`channel_id` = ? and `m`.`id` in (?)', [channelId, id])
  await query('insert into `chat_messages` (`id`, `channel_id`, `seq`, `broadcast_id`, `offset_ms`, `at`, `text`, `line`, `line_name`, `line_detail`, `line_user_id`, `state`) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', [id, channelId, seq, broadcastId, 0, at, '', 'gift', 'bench', 'x'.repeat(600), senderId, 'said'])
  await query('update `chat_rooms` set `last_seq` = ? where `channel_id` = ?', [seq, channelId])
  await query('COMMIT', [])
  await query('delete from `outbox` where `id` in (?)', [factId])
}
