// Assembles schedules: announced shows and the reminders people set for them.
import { RateLimiterRedis } from 'rate-limiter-flexible'
import type { Channels } from '../channels/Channels.ts'
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

export type ScheduleDeps = { readonly settings: Settings; readonly database: Database; readonly redis: Redis; readonly channels: Channels; readonly notifications: Notifications; readonly log: Logger }

export function createSchedule({ settings, database, redis, channels, notifications, log }: ScheduleDeps): Slice {
  const reminders = new Reminders({ settings, database, notifications, log })
  const schedule = new Schedule({ database, notifications, onDue: (show, at) => reminders.wakeAt(show, at), log })
  const changes = new RateLimiterRedis({ storeClient: redis, keyPrefix: 'limit:schedule', ...CHANGES })
  return {
    routes: [scheduleRoutes({ schedule, channels, changes })],
    erase: (userId) => schedule.erase(userId),
    close: () => reminders.close(),
  }
}
