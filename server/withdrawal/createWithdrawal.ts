// Assembles withdrawals: beans to money, and the income they come from.
import { RateLimiterRedis } from 'rate-limiter-flexible'
import type { Accounts } from '../accounts/Accounts.ts'
import type { Channels } from '../channels/Channels.ts'
import type { Settings } from '../contract/settings.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Outbox } from '../db/Outbox.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Audit } from '../moderation/Audit.ts'
import type { Standings } from '../moderation/Standings.ts'
import type { Notifications } from '../notify/Notifications.ts'
import type { Bus } from '../realtime/Bus.ts'
import type { Slice } from '../realtime/Slice.ts'
import type { FootlightServer } from '../realtime/answer.ts'
import type { Ledger } from '../wallet/Ledger.ts'
import type { RateBook } from '../wallet/RateBook.ts'
import type { Reconciliation } from '../wallet/Reconciliation.ts'
import { Cashier } from './Cashier.ts'
import { Income } from './Income.ts'
import { incomeRoutes } from './incomeRoutes.ts'
import { matchWithdrawals } from './matchWithdrawals.ts'
import { Payees } from './Payees.ts'
import { tellOwner } from './tellOwner.ts'
import { withdrawalDeskRoutes } from './withdrawalDeskRoutes.ts'
import { withdrawalRoutes } from './withdrawalRoutes.ts'
import { PAYOUT, Withdrawals } from './Withdrawals.ts'
import { eraseFinished } from './withdrawalStore.ts'

/** Requests, cancellations and changes of the payee, of one user. */
const CHANGES = { points: 30, duration: 60 }
const REPORTS = { points: 120, duration: 60 }

export type WithdrawalDeps = {
  readonly settings: Settings
  readonly database: Database
  readonly redis: Redis
  readonly bus: Bus
  readonly sockets: FootlightServer
  readonly accounts: Accounts
  readonly channels: Channels
  readonly standings: Standings
  readonly audit: Audit
  readonly notifications: Notifications
  readonly outbox: Outbox
  readonly ledger: Ledger
  readonly rates: RateBook
  readonly reconciliation: Reconciliation
  readonly log: Logger
}

export function createWithdrawal({ settings, database, redis, channels, audit, notifications, outbox, ledger, rates, reconciliation, log }: WithdrawalDeps): Slice {
  const payees = new Payees({ database, audit, secret: settings.APP_SECRET })
  const withdrawals = new Withdrawals({ database, ledger, rates, outbox, audit, payees })
  const cashier = new Cashier({ database, ledger, rates, payees })
  const changes = new RateLimiterRedis({ storeClient: redis, keyPrefix: 'limit:withdrawals', ...CHANGES })
  const reports = new RateLimiterRedis({ storeClient: redis, keyPrefix: 'limit:income', ...REPORTS })
  reconciliation.check('withdrawals-match-ledger', (transaction) => matchWithdrawals(transaction, PAYOUT))
  outbox.on('withdrawal-changed', tellOwner({ database, notifications }))
  return {
    routes: [
      withdrawalRoutes({ withdrawals, cashier, payees, changes }),
      withdrawalDeskRoutes({ database, withdrawals, cashier, payees, audit, log }),
      incomeRoutes({ income: new Income({ database }), channels, reports }),
    ],
    // What was asked for is still paid, to the account it names; that is forgotten when it is over.
    erase: async (userId) => {
      await payees.erase(userId)
      await eraseFinished(database, userId)
    },
  }
}
