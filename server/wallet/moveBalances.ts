// Changes the balances of a transfer: every row is locked in ascending order of id, so that two transfers never wait for each other in a circle.
import type { Knex } from 'knex'
import { AppError } from '../core/AppError.ts'
import type { AccountBook } from './AccountBook.ts'
import { mayBeNegative } from './ledgerAccounts.ts'
import type { AccountRef, Leg } from './ledgerAccounts.ts'

export type Moved = { readonly accountId: string; readonly amount: bigint }
type AccountRow = { id: string | number; balance: string | number; locked: number | boolean }
type Locked = { readonly balance: bigint; readonly locked: boolean }

/** @throws AppError insufficient-funds, wallet-locked; MissingAccount */
export async function moveBalances(transaction: Knex.Transaction, { accounts, legs, evenIfLocked }: { accounts: AccountBook; legs: readonly Leg[]; evenIfLocked: boolean }): Promise<readonly Moved[]> {
  if (legs.length === 0) return []
  const chosen = await Promise.all(netted(legs).map(async ({ account, amount }) => ({ account, amount, lanes: choose(account, amount, await accounts.lanes(transaction, account)) })))
  const ids = [...new Set(chosen.flatMap(({ lanes }) => lanes))].sort(byId)
  const rows = (await transaction('ledger_accounts').whereIn('id', ids).orderBy('id').forUpdate().select('id', 'balance', 'locked')) as AccountRow[]
  const known = new Map(rows.map(({ id, balance, locked }) => [String(id), { balance: BigInt(balance), locked: Boolean(locked) }]))
  const moved = chosen.flatMap(({ account, amount, lanes }) => drawn({ account, amount, lanes, known, evenIfLocked }))
  const cases = moved.map(() => 'WHEN ? THEN ?').join(' ')
  await transaction.raw(`UPDATE ledger_accounts SET balance = balance + CASE id ${cases} END WHERE id IN (${moved.map(() => '?').join(',')})`, [
    ...moved.flatMap(({ accountId, amount }) => [accountId, String(amount)]),
    ...moved.map(({ accountId }) => accountId),
  ])
  return moved
}

/** One leg an account. */
function netted(legs: readonly Leg[]): Leg[] {
  const byAccount = new Map<string, Leg>()
  for (const { account, amount } of legs) {
    const key = `${account.kind} ${account.owner} ${account.currency}`
    byAccount.set(key, { account, amount: amount + (byAccount.get(key)?.amount ?? 0n) })
  }
  return [...byAccount.values()].filter(({ amount }) => amount !== 0n)
}

/** What goes out of a user's account may have to come from several lanes; everything else meets one of them by chance. */
const choose = (account: AccountRef, amount: bigint, lanes: readonly string[]): readonly string[] => (amount < 0n && !mayBeNegative(account) ? lanes : [lanes[Math.floor(Math.random() * lanes.length)] as string])

function drawn({ account, amount, lanes, known, evenIfLocked }: { account: AccountRef; amount: bigint; lanes: readonly string[]; known: ReadonlyMap<string, Locked>; evenIfLocked: boolean }): Moved[] {
  const [first = ''] = lanes
  if (amount > 0n || mayBeNegative(account)) return [{ accountId: first, amount }]
  const rows = lanes.map((accountId) => ({ accountId, ...(known.get(accountId) as Locked) }))
  if (!evenIfLocked && rows.some(({ locked }) => locked)) throw new AppError('wallet-locked', { message: 'The wallet is locked' })
  if (rows.reduce((sum, { balance }) => sum + balance, 0n) < -amount) throw new AppError('insufficient-funds', { message: `Not enough ${account.currency}s` })
  let left = -amount
  return rows.flatMap(({ accountId, balance }) => {
    const taken = balance < left ? balance : left
    left -= taken
    return taken > 0n ? [{ accountId, amount: -taken }] : []
  })
}

const byId = (one: string, other: string): number => (BigInt(one) < BigInt(other) ? -1 : 1)
