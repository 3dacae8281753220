// Assembles schedules: announced shows and the reminders people set for them.
import { RateLimiterRedis } from 'rate-limiter-flexible'
import type { Accounts } from '../accounts/Accounts.ts'
import type { Channels } from '../channels/Channels.ts'
import type { UserId } from '../contract/ids.ts'
import type { Settings } from '../contract/settings.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Notifications } from '../notify/Notifications.ts'
import type { Slice } from '../realtime/Slice.ts'
import { Reminders } from './Reminders.ts'
import { Schedule } from './Schedule.ts'
import { scheduleRoutes } from './scheduleRoutes.ts'

const CHANGES = { points: 60, duration: 60 }

export type ScheduleDeps = { readonly settings: Settings; readonly database: Database; readonly redis: Redis; readonly accounts: Accounts; readonly channels: Channels; readonly notifications: Notifications; readonly log: Logger }

export function createSchedule({ settings, database, redis, accounts, channels, notifications, log }: ScheduleDeps): Slice {
  const reminders = new Reminders({ settings, database, notifications, log })
  const schedule = new Schedule({ database, notifications, onDue: (show, at) => reminders.wakeAt(show, at), log })
  // Who deletes an account waits for what this returns.
  const forget = ({ userId }: { userId: UserId }): unknown => schedule.erase(userId)
  accounts.on('deleted', forget)
  const changes = new RateLimiterRedis({ storeClient: redis, keyPrefix: 'limit:schedule', ...CHANGES })
  return {
    routes: [scheduleRoutes({ schedule, channels, changes })],
    close: async () => {
      accounts.off('deleted', forget)
      await reminders.close()
    },
  }
}
