// Assembles recharge: packages, orders, payment providers.
import type { Request } from 'express'
import { RateLimiterRedis } from 'rate-limiter-flexible'
import type { Settings } from '../contract/settings.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Outbox } from '../db/Outbox.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Audit } from '../moderation/Audit.ts'
import type { Notifications } from '../notify/Notifications.ts'
import type { Slice } from '../realtime/Slice.ts'
import type { Ledger } from '../wallet/Ledger.ts'
import type { Reconciliation } from '../wallet/Reconciliation.ts'
import { adminRechargeRoutes } from './adminRechargeRoutes.ts'
import { BillKeeper } from './BillKeeper.ts'
import { createProviders, paymentHosts } from './createProviders.ts'
import type { PaymentHosts } from './createProviders.ts'
import { Desk } from './Desk.ts'
import { noticeRoutes } from './noticeRoutes.ts'
import { checkBills, checkClearing } from './orderChecks.ts'
import { Orders } from './Orders.ts'
import { OrderSweep } from './OrderSweep.ts'
import { Payments } from './Payments.ts'
import { rechargeRoutes } from './rechargeRoutes.ts'
import { Refunds } from './Refunds.ts'
import { sandboxRoutes } from './sandbox/sandboxRoutes.ts'
import { tellBuyers } from './tellBuyers.ts'

/** Orders that a user makes; each asks a provider. */
const MAKINGS = { points: 30, duration: 600 }

export type RechargeDeps = {
  readonly settings: Settings
  readonly database: Database
  readonly redis: Redis
  readonly audit: Audit
  readonly notifications: Notifications
  readonly outbox: Outbox
  readonly ledger: Ledger
  readonly reconciliation: Reconciliation
  readonly log: Logger
  /** Where providers are reached. */
  readonly hosts?: PaymentHosts | undefined
}

export function createRecharge({ settings, database, redis, audit, notifications, outbox, ledger, reconciliation, log, hosts = paymentHosts }: RechargeDeps): Slice {
  const { all: providers, sandbox } = createProviders({ settings, hosts, database, log })
  const payments = new Payments({ database, ledger, outbox, log })
  const orders = new Orders({ database, providers, payments, log })
  const sweep = new OrderSweep({ database, orders, log })
  const bills = new BillKeeper({ database, providers, log })
  const desk = new Desk({ database, orders, audit })
  const refunds = new Refunds({ database, orders, payments, audit })
  const makings = new RateLimiterRedis({ storeClient: redis, keyPrefix: 'limit:recharge', ...MAKINGS })
  reconciliation.check('orders-match-clearing', checkClearing)
  reconciliation.check('bills-match-orders', checkBills)
  /** How browsers and providers reach this platform. */
  const baseOf = ({ protocol, host }: Request): string => (settings.PUBLIC_URL || `${protocol}://${host}`).replace(/\/$/, '')
  outbox.on('order-changed', tellBuyers({ notifications }))
  return {
    raw: [noticeRoutes({ providers, payments, log })],
    routes: [
      rechargeRoutes({ database, orders, providers, makings, baseOf }),
      ...(sandbox ? [sandboxRoutes({ database, ...sandbox })] : []),
      adminRechargeRoutes({ database, desk, refunds, baseOf }),
    ],
    close: async () => {
      await Promise.all([sweep.close(), bills.close()])
    },
  }
}
