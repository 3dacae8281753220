// Changes the balances of a transfer: locks the rows it touches, sees that nobody is overdrawn, and writes what each row holds then.
import type { Knex } from 'knex'
import { AppError } from '../core/AppError.ts'
import { MissingAccount } from './AccountBook.ts'
import type { AccountBook } from './AccountBook.ts'
import { drawFrom } from './drawFrom.ts'
import { mayBeNegative, nameOf } from './ledgerAccounts.ts'
import type { AccountRef, Leg } from './ledgerAccounts.ts'
import { lockRows } from './lockRows.ts'
import type { LockedRow } from './lockRows.ts'

/** `balance`: of that row, afterwards. */
export type Moved = { readonly accountId: string; readonly amount: bigint; readonly balance: bigint }
type Options = { readonly accounts: AccountBook; readonly legs: readonly Leg[]; readonly evenIfLocked: boolean }

/** @throws AppError insufficient-funds, wallet-locked; MissingAccount */
export async function moveBalances(transaction: Knex.Transaction, { accounts, legs, evenIfLocked }: Options): Promise<readonly Moved[]> {
  const net = netted(legs)
  const refs = net.map(({ account }) => account)
  const lanes = await accounts.lanes(transaction, refs)
  const chosen = net.map((leg, at) => ({ ...leg, lanes: choose(leg, lanes[at] as readonly string[]) }))
  const ids = chosen.flatMap((leg) => leg.lanes)
  const rows = new Map((await lockRows(transaction, ids)).map((row) => [row.id, row]))
  if (rows.size < ids.length) {
    accounts.forget(refs)
    throw new MissingAccount(refs)
  }
  const moved = chosen.flatMap((leg) => {
    const known = leg.lanes.map((id) => rows.get(id) as LockedRow)
    if (!comesFromUser(leg)) return known.map(({ id, balance }) => ({ accountId: id, amount: leg.amount, balance: balance + leg.amount }))
    return drawn(leg, known, evenIfLocked)
  })
  if (moved.length > 0) await write(transaction, moved)
  return moved
}

/** One leg an account. */
function netted(legs: readonly Leg[]): Leg[] {
  const byAccount = new Map<string, Leg>()
  for (const { account, amount } of legs) {
    const key = nameOf(account)
    byAccount.set(key, { account, amount: amount + (byAccount.get(key)?.amount ?? 0n) })
  }
  return [...byAccount.values()].filter(({ amount }) => amount !== 0n)
}

const comesFromUser = ({ account, amount }: Leg): boolean => amount < 0n && !mayBeNegative(account)

/** What goes out of a user's account may have to come from several lanes; everything else meets one of them by chance. */
const choose = (leg: Leg, lanes: readonly string[]): readonly string[] => (comesFromUser(leg) ? lanes : [lanes[Math.floor(Math.random() * lanes.length)] as string])

function drawn({ account, amount }: { account: AccountRef; amount: bigint }, rows: readonly LockedRow[], evenIfLocked: boolean): Moved[] {
  if (!evenIfLocked && rows.some(({ locked }) => locked)) throw new AppError('wallet-locked', { message: 'The wallet is locked' })
  const parts = drawFrom(rows, -amount)
  if (!parts) throw new AppError('insufficient-funds', { message: `Not enough ${account.currency}s` })
  return parts.map(({ id, balance, taken }) => ({ accountId: id, amount: -taken, balance: balance - taken }))
}

async function write(transaction: Knex.Transaction, moved: readonly Moved[]): Promise<void> {
  const cases = moved.map(() => 'WHEN ? THEN ?').join(' ')
  await transaction.raw(`UPDATE ledger_accounts SET balance = CASE id ${cases} END WHERE id IN (${moved.map(() => '?').join(',')})`, [
    ...moved.flatMap(({ accountId, balance }) => [accountId, String(balance)]),
    ...moved.map(({ accountId }) => accountId),
  ])
}
