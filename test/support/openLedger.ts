// A ledger of a test's own on a fresh database, with what looks whether its books agree.
import { createLogger } from '../../server/core/logger.ts'
import { migrate } from '../../server/db/migrate.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { Database } from '../../server/db/openDatabase.ts'
import { Ledger } from '../../server/wallet/Ledger.ts'
import { Reconciliation } from '../../server/wallet/Reconciliation.ts'
import type { ReconciliationView } from '../../server/contract/wallet.ts'
import { freshDatabase } from './freshDatabase.ts'

export type TestLedger = {
  readonly url: string
  readonly database: Database
  readonly ledger: Ledger
  /** One more server's, with connections of its own. */
  another(): Ledger
  reconcile(): Promise<ReconciliationView>
  close(): Promise<void>
}

export async function openLedger(databaseUrl: string): Promise<TestLedger> {
  const url = await freshDatabase(databaseUrl)
  const database = openDatabase({ url })
  await migrate(database)
  const pools = [database]
  const log = createLogger({ name: 'test', level: 'silent' })
  return {
    url,
    database,
    ledger: new Ledger({ database }),
    another: () => {
      const pool = openDatabase({ url })
      pools.push(pool)
      return new Ledger({ database: pool })
    },
    reconcile: () => new Reconciliation({ database, log }).run('cli'),
    close: async () => void (await Promise.all(pools.map((pool) => pool.destroy()))),
  }
}
