// Assembles reports: what users complain of, with its evidence, and the operators' queue.
import { RateLimiterRedis } from 'rate-limiter-flexible'
import type { Redis } from '../core/openRedis.ts'
import type { Slice } from '../realtime/Slice.ts'
import { Desk } from './Desk.ts'
import type { DeskOptions } from './Desk.ts'
import { eraseReports } from './eraseReports.ts'
import { reportRoutes } from './reportRoutes.ts'

/** Reports of one user; a repeated one counts too. */
const FILINGS = { points: 20, duration: 600 }

export type ReportsDeps = DeskOptions & { readonly redis: Redis }

export function createReports({ redis, ...options }: ReportsDeps): Slice {
  const { database, mediaDir } = options
  const filings = new RateLimiterRedis({ storeClient: redis, keyPrefix: 'limit:reports', ...FILINGS })
  return { routes: [reportRoutes({ database, desk: new Desk(options), mediaDir, filings })], erase: (userId) => eraseReports({ database, mediaDir }, userId) }
}
