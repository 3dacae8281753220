// SQL of the ledger as operators search it.
import { findUsers } from '../accounts/userStore.ts'
import type { UserId } from '../contract/ids.ts'
import type { AccountKind, LedgerBalanceView, LedgerEntryView, LedgerPage, LedgerTransferView, TransferType } from '../contract/wallet.ts'
import type { Amount, Currency } from '../contract/money.ts'
import type { Database } from '../db/openDatabase.ts'

export type LedgerQuery = {
  readonly userId?: UserId | undefined
  readonly type?: TransferType | undefined
  readonly reference?: string | undefined
  readonly transfer?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** Of a single entry, whichever way it goes and whosever it is: what leaves an account of several rows comes together on the other side. */
  readonly minimum?: Amount | undefined
  readonly currency?: Currency | undefined
  readonly before?: string | undefined
  readonly limit: number
}
type TransferRow = { id: string; seq: string | number; at: Date; type: TransferType; reference: string; note: string; reverses: string | null }
type EntryRow = { transfer_id: string; kind: AccountKind; owner: string; currency: Currency; amount: string }

/** Newest first. */
export async function searchTransfers(database: Database, { userId, type, reference, transfer, from, to, minimum, currency, before, limit }: LedgerQuery): Promise<LedgerPage> {
  const query = database('ledger_transfers').select('id', 'seq', 'at', 'type', 'reference', 'note', 'reverses').orderBy('seq', 'desc').limit(limit + 1)
  if (type) void query.where({ type })
  if (reference) void query.where({ reference })
  if (transfer) void query.where('id', transfer)
  if (from) void query.where('at', '>=', new Date(from))
  if (to) void query.where('at', '<', new Date(to))
  if (before) void query.where('seq', '<', before)
  if (userId || currency) {
    const accounts = database('ledger_accounts').select('id')
    if (userId) void accounts.whereIn('kind', ['user', 'held']).where({ owner: userId })
    if (currency) void accounts.where({ currency })
    void query.whereIn('id', database('ledger_entries').select('transfer_id').whereIn('account_id', accounts))
  }
  if (minimum !== undefined) {
    const amounts = database('ledger_entries').join('ledger_accounts', 'ledger_accounts.id', 'ledger_entries.account_id').select('transfer_id').whereRaw('ABS(amount) >= ?', [minimum])
    void query.whereIn('id', currency ? amounts.where({ currency }) : amounts)
  }
  const rows = (await query) as TransferRow[]
  const shown = rows.slice(0, limit)
  const entries = await entriesOf(database, shown.map(({ id }) => id))
  return { transfers: shown.map((row) => toView(row, entries.get(row.id) ?? [])), next: rows.length > limit ? String(shown.at(-1)?.seq) : null }
}

const toView = ({ id, seq, at, type, reference, note, reverses }: TransferRow, entries: readonly LedgerEntryView[]): LedgerTransferView => ({ id, seq: String(seq), at: at.toISOString(), type, reference, note, reverses, entries })

/** An account's rows together are one entry. */
async function entriesOf(database: Database, transferIds: readonly string[]): Promise<ReadonlyMap<string, readonly LedgerEntryView[]>> {
  if (transferIds.length === 0) return new Map()
  const rows = (await database('ledger_entries')
    .join('ledger_accounts', 'ledger_accounts.id', 'ledger_entries.account_id')
    .whereIn('transfer_id', [...transferIds])
    .groupBy('transfer_id', 'kind', 'owner', 'currency')
    .orderBy(['currency', 'kind', 'owner'])
    .select('transfer_id', 'kind', 'owner', 'currency')
    .sum({ amount: 'amount' })) as EntryRow[]
  const users = [...new Set(rows.filter(isPerson).map(({ owner }) => owner as UserId))]
  const names = new Map<string, string>((await findUsers(database, users)).map(({ id, name }) => [id, name]))
  const byTransfer = new Map<string, LedgerEntryView[]>()
  for (const row of rows) {
    const view = { kind: row.kind, owner: isPerson(row) ? (names.get(row.owner) ?? row.owner) : row.owner, currency: row.currency, amount: String(BigInt(row.amount)) }
    byTransfer.set(row.transfer_id, [...(byTransfer.get(row.transfer_id) ?? []), view])
  }
  return byTransfer
}

const isPerson = ({ kind }: { kind: AccountKind }): boolean => kind === 'user' || kind === 'held'

/** Of each kind and currency the sum; providers apart. */
export async function sumBalances(database: Database): Promise<LedgerBalanceView[]> {
  const whose = database.raw("CASE WHEN kind IN ('user', 'held') THEN '' ELSE owner END")
  const rows = (await database('ledger_accounts')
    .select('kind', 'currency', { whose })
    .sum({ balance: 'balance' })
    .countDistinct({ accounts: 'owner' })
    .groupBy('kind', 'currency', 'whose')
    .orderBy(['currency', 'kind', 'whose'])) as Array<{ kind: AccountKind; currency: Currency; whose: string; balance: string; accounts: number | string }>
  return rows.map(({ kind, currency, whose: owner, balance, accounts }) => ({ kind, owner, currency, balance: String(BigInt(balance)), accounts: Number(accounts) }))
}
