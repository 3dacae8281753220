// What must be true of the ledger whatever happened: the checks of a reconciliation that need nothing but the ledger itself.
import type { Currency } from '../contract/money.ts'
import type { ReconciliationDifference } from '../contract/wallet.ts'
import type { Database } from '../db/openDatabase.ts'
import { accountDifferences, unbalanced } from './findDifferences.ts'
import type { AccountState } from './findDifferences.ts'

/** Looked at together, so that a ledger of any size is read in bounded memory. */
const TRANSFERS = 10_000
const ACCOUNTS = 200
/** More differences of one check than this are not listed. */
export const LISTED = 200

export type Finding = { readonly looked: bigint; readonly differences: readonly ReconciliationDifference[] }
type Look = { readonly database: Database; readonly signal: AbortSignal }
type AccountRow = { id: string; kind: string; owner: string; currency: Currency; lane: number; balance: string; sum: string; last: string }

/** `entries-sum-to-zero`: per currency, in each transfer. */
export async function checkTransfers({ database, signal }: Look): Promise<Finding> {
  const [bounds] = (await database('ledger_transfers').min({ first: 'seq' }).max({ last: 'seq' }).count({ count: '*' })) as [{ first: string | null; last: string | null; count: string | number }]
  const differences: ReconciliationDifference[] = []
  const last = BigInt(bounds.last ?? 0)
  for (let from = BigInt(bounds.first ?? 1); from <= last && differences.length < LISTED; from += BigInt(TRANSFERS)) {
    signal.throwIfAborted()
    const [rows] = (await database.raw(
      `SELECT e.transfer_id AS id, a.currency AS currency, SUM(e.amount) AS sum FROM ledger_transfers t JOIN ledger_entries e ON e.transfer_id = t.id JOIN ledger_accounts a ON a.id = e.account_id
        WHERE t.seq >= ? AND t.seq < ? GROUP BY e.transfer_id, a.currency HAVING SUM(e.amount) <> 0 LIMIT ?`,
      [String(from), String(from + BigInt(TRANSFERS)), LISTED],
    )) as [Array<{ id: string; currency: Currency; sum: string }>, unknown]
    differences.push(...rows.map(({ id, currency, sum }) => unbalanced({ id, currency, sum: BigInt(sum) })))
  }
  return { looked: BigInt(bounds.count), differences: differences.slice(0, LISTED) }
}

/** `balances-equal-entries`: each row holds the sum of its entries, and its last entry says so; `users-not-negative`: nor less than nothing. */
export async function checkAccounts({ database, signal }: Look): Promise<Finding> {
  const differences: ReconciliationDifference[] = []
  let looked = 0n
  let after = '0'
  for (;;) {
    signal.throwIfAborted()
    const [rows] = (await database.raw(
      `SELECT a.id, a.kind, a.owner, a.currency, a.lane, a.balance,
          COALESCE((SELECT SUM(e.amount) FROM ledger_entries e WHERE e.account_id = a.id), 0) AS sum,
          COALESCE((SELECT e.balance FROM ledger_entries e WHERE e.account_id = a.id ORDER BY e.id DESC LIMIT 1), 0) AS last
        FROM ledger_accounts a WHERE a.id > ? ORDER BY a.id LIMIT ?`,
      [after, ACCOUNTS],
    )) as [AccountRow[], unknown]
    const states = rows.map((row): AccountState => ({ ...row, balance: BigInt(row.balance), sum: BigInt(row.sum), last: BigInt(row.last) }))
    differences.push(...states.flatMap(accountDifferences))
    looked += BigInt(rows.length)
    const end = rows.at(-1)
    if (!end || rows.length < ACCOUNTS) return { looked, differences: differences.slice(0, LISTED) }
    after = String(end.id)
  }
}
