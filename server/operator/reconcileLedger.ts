// The operator's `ledger reconcile`: the same checks as every night's, without a server.
import type { ReconciliationCheck, ReconciliationView } from '../contract/wallet.ts'
import { createLogger } from '../core/logger.ts'
import type { Database } from '../db/openDatabase.ts'
import { Reconciliation } from '../wallet/Reconciliation.ts'
import type { SliceCheck } from '../wallet/Reconciliation.ts'

/** @param checks what other slices look at */
export async function reconcileLedger(database: Database, checks: Readonly<Partial<Record<ReconciliationCheck, SliceCheck>>> = {}): Promise<ReconciliationView> {
  const reconciliation = new Reconciliation({ database, log: createLogger({ name: 'cli', level: 'silent' }) })
  for (const [name, look] of Object.entries(checks)) reconciliation.check(name as ReconciliationCheck, look)
  return reconciliation.run('cli')
}
