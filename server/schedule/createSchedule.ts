// Assembles schedules: announced shows and the reminders people set for them.
import type { Slice } from '../realtime/Slice.ts'
import type { Accounts } from '../accounts/Accounts.ts'
import type { Channels } from '../channels/Channels.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Notifications } from '../notify/Notifications.ts'

export type ScheduleDeps = { readonly database: Database; readonly redis: Redis; readonly accounts: Accounts; readonly channels: Channels; readonly notifications: Notifications; readonly log: Logger }

export function createSchedule(_deps: ScheduleDeps): Slice {
  return {}
}
