// Whether the books and the withdrawals tell the same: what is held, and what was paid out.
import type { ReconciliationDifference } from '../contract/wallet.ts'
import type { WithdrawalState } from '../contract/withdrawal.ts'
import type { Database } from '../db/openDatabase.ts'

const check = 'withdrawals-match-ledger'
const running: readonly WithdrawalState[] = ['requested', 'half-approved', 'approved']
type Pair = { subject: string; currency: string; expected: string; found: string }

/** Beans held of each person are those of their running withdrawals; money paid out in each currency is that of the paid ones. */
export async function matchWithdrawals(database: Database, payout: string): Promise<readonly ReconciliationDifference[]> {
  const held = await compare(database, {
    books: "SELECT owner AS subject, 'bean' AS currency, SUM(balance) AS sum FROM ledger_accounts WHERE kind = 'held' AND currency = 'bean' GROUP BY owner",
    told: `SELECT user_id AS subject, 'bean' AS currency, SUM(beans) AS sum FROM withdrawals WHERE state IN (${running.map(() => '?').join(', ')}) GROUP BY user_id`,
    bound: running,
  })
  const paid = await compare(database, {
    books: "SELECT owner AS subject, currency, SUM(balance) AS sum FROM ledger_accounts WHERE kind = 'clearing' AND owner = ? GROUP BY owner, currency",
    told: "SELECT ? AS subject, currency, -SUM(money) AS sum FROM withdrawals WHERE state = 'paid' GROUP BY currency",
    bound: [payout],
    first: [payout],
  })
  return [...held, ...paid].map(({ subject, currency, expected, found }) => ({ check, subject, currency, expected, found }))
}

/** Both sides: what only one of them has differs from nothing. */
async function compare(database: Database, { books, told, bound, first = [] }: { books: string; told: string; bound: readonly string[]; first?: readonly string[] }): Promise<Pair[]> {
  const [rows] = (await database.raw(
    `SELECT subject, currency, SUM(told) AS expected, SUM(booked) AS found
      FROM (SELECT subject, currency, sum AS booked, 0 AS told FROM (${books}) AS b UNION ALL SELECT subject, currency, 0, sum FROM (${told}) AS w) AS both_sides
      GROUP BY subject, currency HAVING SUM(told) <> SUM(booked) LIMIT 200`,
    [...first, ...bound],
  )) as [Array<{ subject: string; currency: string; expected: string; found: string }>, unknown]
  return rows.map(({ subject, currency, expected, found }) => ({ subject, currency, expected: String(expected), found: String(found) }))
}
