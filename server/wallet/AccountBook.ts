// Finds the rows of accounts, and opens accounts that nobody had yet.
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import { lanesOf, nameOf, newRowId } from './ledgerAccounts.ts'
import type { AccountRef } from './ledgerAccounts.ts'

/** Accounts remembered; they never change nor go away. */
const REMEMBERED = 50_000

/** A transfer needs accounts that are not there: open them outside of the transaction and begin again. */
export class MissingAccount extends Error {
  readonly accounts: readonly AccountRef[]

  constructor(accounts: readonly AccountRef[]) {
    super(`Not open: ${accounts.map(nameOf).join(', ')}`)
    this.accounts = accounts
  }
}

export class AccountBook {
  readonly #lanes = new Map<string, readonly string[]>()

  /**
   * The ids of each account's rows.
   * @throws MissingAccount
   */
  async lanes(transaction: Database, accounts: readonly AccountRef[]): Promise<ReadonlyArray<readonly string[]>> {
    const found: Array<readonly string[]> = []
    const missing: AccountRef[] = []
    for (const account of accounts) {
      const ids = this.#lanes.get(nameOf(account)) ?? (await rowsOf(transaction, account))
      if (ids.length < lanesOf(account)) missing.push(account)
      else this.#remember(account, ids)
      found.push(ids)
    }
    if (missing.length > 0) throw new MissingAccount(missing)
    return found
  }

  /** Rows seen inside a transaction that was rolled back are no rows. */
  forget(accounts: readonly AccountRef[]): void {
    for (const account of accounts) this.#lanes.delete(nameOf(account))
  }

  /** Opens accounts, with nothing in them; harmless when they are open. */
  async open(database: Database, accounts: readonly AccountRef[]): Promise<void> {
    const rows = accounts.flatMap((account) => newRows(account))
    await transact(database, (transaction) => transaction('ledger_accounts').insert(rows).onConflict(['kind', 'owner', 'currency', 'lane']).ignore(), { isolation: 'read committed' })
  }

  #remember(account: AccountRef, ids: readonly string[]): void {
    if (this.#lanes.size >= REMEMBERED) this.#lanes.clear()
    this.#lanes.set(nameOf(account), ids)
  }
}

/** The rows that make an account, one a lane. */
export function newRows(account: AccountRef, locked = false) {
  const { kind, owner, currency } = account
  return Array.from({ length: lanesOf(account) }, (_, lane) => ({ id: newRowId(account), kind, owner, currency, lane, locked }))
}

async function rowsOf(transaction: Database, { kind, owner, currency }: AccountRef): Promise<readonly string[]> {
  const rows = (await transaction('ledger_accounts').where({ kind, owner, currency }).select('id')) as Array<{ id: string | number }>
  return rows.map(({ id }) => String(id))
}
