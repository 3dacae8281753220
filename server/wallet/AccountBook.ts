// Finds the rows of accounts, and opens accounts that nobody had yet.
import type { Database } from '../db/openDatabase.ts'
import { lanesOf } from './ledgerAccounts.ts'
import type { AccountRef } from './ledgerAccounts.ts'

/** Accounts remembered; they never change nor go away. */
const REMEMBERED = 50_000

/** A transfer needs an account that is not there: open it outside of the transaction and begin again. */
export class MissingAccount extends Error {
  readonly account: AccountRef

  constructor(account: AccountRef) {
    super(`The account ${account.kind} ${account.owner} ${account.currency} is not open`)
    this.account = account
  }
}

export class AccountBook {
  readonly #lanes = new Map<string, readonly string[]>()

  /**
   * The ids of the account's rows, ascending.
   * @throws MissingAccount
   */
  async lanes(transaction: Database, account: AccountRef): Promise<readonly string[]> {
    const { kind, owner, currency } = account
    const name = `${kind} ${owner} ${currency}`
    const known = this.#lanes.get(name)
    if (known) return known
    const rows = (await transaction('ledger_accounts').where({ kind, owner, currency }).orderBy('id').select('id')) as Array<{ id: string | number }>
    if (rows.length < lanesOf(account)) throw new MissingAccount(account)
    const ids = rows.map(({ id }) => String(id))
    if (this.#lanes.size >= REMEMBERED) this.#lanes.clear()
    this.#lanes.set(name, ids)
    return ids
  }

  /** Opens an account, with nothing in it; harmless when it is open. */
  async open(database: Database, account: AccountRef): Promise<void> {
    const { kind, owner, currency } = account
    await database('ledger_accounts')
      .insert(Array.from({ length: lanesOf(account) }, (_, lane) => ({ kind, owner, currency, lane })))
      .onConflict(['kind', 'owner', 'currency', 'lane'])
      .ignore()
  }
}
