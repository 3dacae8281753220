// Assembles guards: who stands by a host, for how long, and what they get for it.
import { RateLimiterRedis } from 'rate-limiter-flexible'
import type { Channels } from '../channels/Channels.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Outbox } from '../db/Outbox.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Standings } from '../moderation/Standings.ts'
import type { Notifications } from '../notify/Notifications.ts'
import type { Bus } from '../realtime/Bus.ts'
import type { Slice } from '../realtime/Slice.ts'
import type { Ledger } from '../wallet/Ledger.ts'
import type { RateBook } from '../wallet/RateBook.ts'
import { GuardDesk } from './GuardDesk.ts'
import { GuardNotices } from './GuardNotices.ts'
import { guardRoutes } from './guardRoutes.ts'
import type { Guards } from './Guards.ts'
import { eraseGuards } from './guardStore.ts'

/** Nobody needs more; each one locks a wallet. */
const PURCHASES = { points: 60, duration: 60 }

export type GuardDeps = {
  readonly database: Database
  readonly redis: Redis
  readonly bus: Bus
  readonly channels: Channels
  readonly standings: Standings
  readonly notifications: Notifications
  readonly outbox: Outbox
  readonly ledger: Ledger
  readonly rates: RateBook
  /** Made before, because moderation asks them too. */
  readonly guards: Guards
  readonly log: Logger
}

export function createGuard({ guards, ...deps }: GuardDeps): Slice {
  const desk = new GuardDesk(deps)
  const notices = new GuardNotices(deps)
  const purchases = new RateLimiterRedis({ storeClient: deps.redis, keyPrefix: 'limit:guard', ...PURCHASES })
  return {
    routes: [guardRoutes({ ...deps, desk, purchases })],
    erase: (userId) => eraseGuards(deps.database, userId),
    close: async () => {
      guards.close()
      await notices.close()
    },
  }
}
