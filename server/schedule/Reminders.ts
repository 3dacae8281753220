// Reminds people of shows: a delayed job wakes it at the right second, a sweep finds what a lost Redis forgot. What is due is in MySQL.
import type { Settings } from '../contract/settings.ts'
import type { Logger } from '../core/logger.ts'
import type { Database } from '../db/openDatabase.ts'
import { Jobs } from '../core/Jobs.ts'
import type { Notifications } from '../notify/Notifications.ts'
import { dueReminders, noteReminded } from './showStore.ts'
import type { Show } from './showStore.ts'

const SWEEP_MS = 30_000

export type RemindersOptions = { readonly settings: Settings; readonly database: Database; readonly notifications: Notifications; readonly log: Logger }

export class Reminders {
  readonly #options: RemindersOptions
  readonly #jobs: Jobs<{ remind: Record<never, never> }>
  readonly #timer: NodeJS.Timeout

  constructor(options: RemindersOptions) {
    this.#options = options
    const { settings, log } = options
    this.#jobs = new Jobs({ name: 'schedule', redisUrl: settings.REDIS_URL, databaseUrl: settings.DATABASE_URL, concurrency: 1, work: { remind: () => this.remindDue() }, log })
    const sweep = () => this.remindDue().catch((error: unknown) => log.warn({ err: error }, 'looking for due reminders failed; trying again'))
    this.#timer = setInterval(() => void sweep(), SWEEP_MS).unref()
    void sweep()
  }

  /** Looks for due reminders at that time. */
  wakeAt(show: Show, at: Date): void {
    this.#jobs
      .add('remind', {}, { id: `remind-${show.id}-${at.getTime()}`, delayMs: at.getTime() - Date.now() })
      .catch((error: unknown) => this.#options.log.debug({ err: error }, 'the sweep will find this reminder'))
  }

  /** Two servers may do this at once: the key of each notification makes it one. */
  async remindDue(): Promise<void> {
    const { database, notifications } = this.#options
    for (const due of await dueReminders(database, new Date())) {
      const { show, userIds } = due
      await notifications.add({ kind: 'reminder', userIds, actorId: show.ownerId, channelId: show.channelId, text: show.title, link: `/c/${show.channel}`, key: `reminder-${show.id}-${show.startsAt.getTime()}` })
      await noteReminded(database, due)
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#jobs.close()
  }
}
