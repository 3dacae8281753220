// What came in and went out of a person's account, newest first, each line with the balance after it.
import type { UserId } from '../contract/ids.ts'
import type { StatementLine, StatementPage, TransferType } from '../contract/wallet.ts'
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import { balancesAt, entriesOfLanes, idBounds } from './statementStore.ts'
import { joinLanes } from './joinLanes.ts'
import type { LaneLine } from './joinLanes.ts'

export type StatementFilter = {
  readonly currency: 'coin' | 'bean'
  readonly type?: TransferType | undefined
  readonly direction?: 'in' | 'out' | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}
export type StatementQuery = StatementFilter & { readonly before?: string | undefined; readonly limit: number }

/** Entries of each row that are looked at together when not all of them are wanted, and how often: a page that finds little says where it stopped. */
const LOOK_AT = 500
const LOOKS = 20

/** A page may be short, even empty, and still have a next one: the work for one page is bounded. */
export async function readStatement(database: Database, userId: UserId, query: StatementQuery): Promise<StatementPage> {
  // One snapshot: the balances are those of the lines.
  return transact(database, (transaction) => read(transaction, userId, query), { isolation: 'repeatable read' })
}

async function read(database: Database, userId: UserId, { currency, limit, before, ...filter }: StatementQuery): Promise<StatementPage> {
  const rows = (await database('ledger_accounts').where({ kind: 'user', owner: userId, currency }).select('id')) as Array<{ id: string | number }>
  const lanes = rows.map(({ id }) => String(id))
  const bounds = await idBounds(database, filter)
  const take = Object.values(filter).some((value) => value !== undefined) ? Math.max(LOOK_AT, limit + 2) : limit + 2
  const found: LaneLine[] = []
  let next = smaller(before, bounds.below)
  let more = lanes.length > 0
  for (let looked = 0; more && looked < LOOKS && found.length <= limit; looked += 1) {
    const { lines, complete } = joinLanes(await entriesOfLanes(database, lanes, { above: bounds.above, below: next, take }), take)
    found.push(...lines.filter((line) => isWanted(line, filter)))
    next = lines.at(-1)?.firstId ?? next
    more = !complete
  }
  const shown = found.slice(0, limit)
  const balances = await balancesAt(database, lanes, shown.map(({ lastId }) => lastId))
  return {
    lines: shown.map((line, at) => toLine(line, currency, balances[at] as bigint)),
    next: found.length > limit ? (shown.at(-1)?.firstId ?? null) : more ? (next ?? null) : null,
  }
}

function isWanted({ type, amount, at }: LaneLine, filter: Omit<StatementFilter, 'currency'>): boolean {
  if (filter.type && type !== filter.type) return false
  if (filter.direction && amount > 0n !== (filter.direction === 'in')) return false
  if (filter.from && at < new Date(filter.from)) return false
  return !filter.to || at < new Date(filter.to)
}

const toLine = ({ firstId, transferId, at, type, amount, note }: LaneLine, currency: 'coin' | 'bean', balance: bigint): StatementLine => ({
  id: firstId,
  transferId,
  at: at.toISOString(),
  type,
  currency,
  amount: String(amount),
  balance: String(balance),
  note,
})

const smaller = (one: string | undefined, other: string | undefined): string | undefined => (one === undefined || (other !== undefined && BigInt(other) < BigInt(one)) ? other : one)
