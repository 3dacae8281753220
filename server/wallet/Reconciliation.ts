// Looks whether the books agree, in one snapshot of the whole database. It says what differs and never mends anything.
import { EventEmitter } from 'node:events'
import type { Knex } from 'knex'
import { reconciliationChecks } from '../contract/wallet.ts'
import type { ReconciliationCheck, ReconciliationDifference, ReconciliationView } from '../contract/wallet.ts'
import type { Logger } from '../core/logger.ts'
import { newId } from '../core/newId.ts'
import type { Database } from '../db/openDatabase.ts'
import { checkAccounts, checkTransfers, LISTED } from './ledgerChecks.ts'
import { finishReconciliation, insertReconciliation, listReconciliations } from './reconciliationStore.ts'
import type { ReconciliationReport } from './reconciliationStore.ts'

const SHOWN = 60
/** The ledger's own. */
const OWN: ReadonlySet<ReconciliationCheck> = new Set(['entries-sum-to-zero', 'balances-equal-entries', 'users-not-negative'])

/** What another slice looks at, in the same snapshot; it must change nothing. A string: why it could not be looked at. */
export type SliceCheck = (transaction: Knex.Transaction, signal: AbortSignal) => Promise<readonly ReconciliationDifference[] | string>

type ReconciliationEvents = {
  /** A run found differences, on this server. */
  differs: [ReconciliationView]
}

export class Reconciliation extends EventEmitter<ReconciliationEvents> {
  readonly #database: Database
  readonly #log: Logger
  readonly #checks = new Map<ReconciliationCheck, SliceCheck>()

  constructor({ database, log }: { database: Database; log: Logger }) {
    super()
    this.#database = database
    this.#log = log
  }

  /** Adds a check of another slice's, such as `orders-match-clearing`. */
  check(name: ReconciliationCheck, look: SliceCheck): void {
    if (OWN.has(name) || this.#checks.has(name)) throw new Error(`Two checks ${name}`)
    this.#checks.set(name, look)
  }

  /** Runs every check now and keeps the result. @param signal stops it between two steps: it then throws, and stays unfinished */
  async run(trigger: ReconciliationView['trigger'], signal: AbortSignal = new AbortController().signal): Promise<ReconciliationView> {
    const id = newId<string>()
    const startedAt = new Date()
    await insertReconciliation(this.#database, { id, trigger, at: startedAt })
    // The first read makes the snapshot: what is posted meanwhile is not seen by any check, or by all.
    const report = await this.#database.transaction((transaction) => this.#look(transaction, signal), { isolationLevel: 'repeatable read' })
    const finishedAt = new Date()
    await finishReconciliation(this.#database, id, { report, at: finishedAt })
    const view: ReconciliationView = { id, trigger, startedAt: startedAt.toISOString(), finishedAt: finishedAt.toISOString(), ...report }
    if (view.differences.length > 0) {
      this.#log.error({ reconciliation: id, differences: view.differences.slice(0, 20), count: view.differences.length }, 'the books do not agree')
      this.emit('differs', view)
    } else this.#log.info({ reconciliation: id, transfers: view.transfers, accounts: view.accounts }, 'the books agree')
    return view
  }

  /** The latest first. */
  list(): Promise<ReconciliationView[]> {
    return listReconciliations(this.#database, SHOWN)
  }

  async #look(transaction: Knex.Transaction, signal: AbortSignal): Promise<ReconciliationReport> {
    const look = { database: transaction, signal }
    const transfers = await checkTransfers(look)
    const accounts = await checkAccounts(look)
    const differences = [...transfers.differences, ...accounts.differences]
    const skipped: Array<ReconciliationView['skipped'][number]> = []
    for (const check of reconciliationChecks) {
      if (OWN.has(check)) continue
      signal.throwIfAborted()
      const found = (await this.#checks.get(check)?.(transaction, signal)) ?? 'nothing in this process knows how to look'
      if (typeof found === 'string') skipped.push({ check, why: found })
      else differences.push(...found.slice(0, LISTED))
    }
    return { transfers: String(transfers.looked), accounts: Number(accounts.looked), differences, skipped }
  }
}
