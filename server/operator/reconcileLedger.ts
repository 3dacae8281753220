// The operator's `ledger reconcile`: the same checks as every night's, without a server.
import type { ReconciliationView } from '../contract/wallet.ts'
import { createLogger } from '../core/logger.ts'
import type { Database } from '../db/openDatabase.ts'
import { checkBills, checkClearing } from '../recharge/orderChecks.ts'
import { Reconciliation } from '../wallet/Reconciliation.ts'
import { matchWithdrawals } from '../withdrawal/matchWithdrawals.ts'
import { PAYOUT } from '../withdrawal/Withdrawals.ts'

export async function reconcileLedger(database: Database): Promise<ReconciliationView> {
  const reconciliation = new Reconciliation({ database, log: createLogger({ name: 'cli', level: 'silent' }) })
  reconciliation.check('orders-match-clearing', checkClearing)
  reconciliation.check('bills-match-orders', checkBills)
  reconciliation.check('withdrawals-match-ledger', (transaction) => matchWithdrawals(transaction, PAYOUT))
  return reconciliation.run('cli')
}
