// Assembles the wallet: the ledger, the platform's rates, what owners and operators see of them, and whether the books agree.
import { RateLimiterRedis } from 'rate-limiter-flexible'
import type { Settings } from '../contract/settings.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Audit } from '../moderation/Audit.ts'
import type { FootlightServer } from '../realtime/answer.ts'
import type { Slice } from '../realtime/Slice.ts'
import { Ledger } from './Ledger.ts'
import { ledgerAdminRoutes } from './ledgerAdminRoutes.ts'
import { nightlyReconciliation } from './nightlyReconciliation.ts'
import { RateBook } from './RateBook.ts'
import { rateRoutes } from './rateRoutes.ts'
import { Reconciliation } from './Reconciliation.ts'
import { reconciliationRoutes } from './reconciliationRoutes.ts'
import { WalletNews } from './WalletNews.ts'
import { walletRoutes } from './walletRoutes.ts'

/** Of one user each. */
const READS = { points: 120, duration: 60 }
const FILES = { points: 10, duration: 60 }
const SEARCHES = { points: 120, duration: 60 }
const RUNS = { points: 20, duration: 60 }

export type WalletDeps = { readonly settings: Settings; readonly database: Database; readonly redis: Redis; readonly sockets: FootlightServer; readonly audit: Audit; readonly log: Logger }
export type Wallet = Slice & {
  readonly ledger: Ledger
  readonly rates: RateBook
  readonly reconciliation: Reconciliation
  /** Tells owners' pages when a wallet changed otherwise than by a transfer, such as by being locked. */
  readonly news: WalletNews
}

export function createWallet({ settings, database, redis, sockets, audit, log }: WalletDeps): Wallet {
  const ledger = new Ledger({ database })
  const rates = new RateBook({ database })
  const reconciliation = new Reconciliation({ database, log })
  const news = new WalletNews({ ledger, database, sockets, log })
  const nightly = nightlyReconciliation({ settings, reconciliation, log })
  const limit = (name: string, bound: { points: number; duration: number }) => new RateLimiterRedis({ storeClient: redis, keyPrefix: `limit:wallet-${name}`, ...bound })
  return {
    ledger,
    rates,
    reconciliation,
    news,
    routes: [
      walletRoutes({ database, limits: { reads: limit('reads', READS), files: limit('files', FILES) } }),
      ledgerAdminRoutes({ database, audit, news, searches: limit('searches', SEARCHES) }),
      rateRoutes({ rates, audit }),
      reconciliationRoutes({ reconciliation, runs: limit('runs', RUNS) }),
    ],
    close: async () => {
      news.close()
      await nightly.close()
    },
  }
}
