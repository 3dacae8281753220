// Assembles reports: what users complain of, with its evidence, and the operators' queue.
import type { Slice } from '../realtime/Slice.ts'
import type { Accounts } from '../accounts/Accounts.ts'
import type { Channels } from '../channels/Channels.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Database } from '../db/openDatabase.ts'
import type { LiveDirectory } from '../live/LiveDirectory.ts'
import type { Audit } from '../moderation/Audit.ts'
import type { Notifications } from '../notify/Notifications.ts'

export type ReportsDeps = { readonly database: Database; readonly redis: Redis; readonly accounts: Accounts; readonly channels: Channels; readonly directory: LiveDirectory; readonly audit: Audit; readonly notifications: Notifications; readonly mediaDir: string; readonly log: Logger }

export function createReports(_deps: ReportsDeps): Slice {
  return {}
}
