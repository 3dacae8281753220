// Hands what push and e-mail should carry to jobs, so that a slow push service or mail server holds nobody up.
import { createHash } from 'node:crypto'
import type { UserId } from '../contract/ids.ts'
import type { Logger } from '../core/logger.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Settings } from '../contract/settings.ts'
import { Jobs } from '../core/Jobs.ts'
import type { MailNotices } from './mail/MailNotices.ts'
import type { Dispatch, Outbound } from './Notifications.ts'
import { withSubscriptions } from './push/subscriptionStore.ts'
import type { WebPush } from './push/WebPush.ts'

/** A mail must not be sent twice because the one after it failed: each is a job of its own. */
const USERS_A_JOB = { push: 200, mail: 1 }
const CONCURRENCY = 2

export type DispatcherOptions = { readonly settings: Settings; readonly database: Database; readonly push: WebPush; readonly mails: MailNotices; readonly log: Logger }

export class Dispatcher implements Outbound {
  readonly #options: DispatcherOptions
  readonly #jobs: Jobs<{ push: Dispatch; mail: Dispatch }>

  constructor(options: DispatcherOptions) {
    this.#options = options
    const { settings, push, mails, log } = options
    this.#jobs = new Jobs({
      name: 'outbound',
      redisUrl: settings.REDIS_URL,
      databaseUrl: settings.DATABASE_URL,
      concurrency: CONCURRENCY,
      work: { push: (data: Dispatch, signal) => push.send(data, signal), mail: (data: Dispatch) => mails.send(data) },
      log,
    })
  }

  dispatch({ push, email }: { readonly push: readonly UserId[]; readonly email: readonly UserId[] }, what: Omit<Dispatch, 'userIds'>): void {
    const { database, mails, log } = this.#options
    const failed = (error: unknown) => log.warn({ err: error, kind: what.kind }, 'push or e-mail could not be queued')
    void withSubscriptions(database, push).then((users) => this.#enqueue('push', users, what)).catch(failed)
    if (mails.enabled) void mails.reachable(email).then((users) => this.#enqueue('mail', users, what)).catch(failed)
  }

  close(): Promise<void> {
    return this.#jobs.close()
  }

  async #enqueue(name: 'push' | 'mail', userIds: readonly UserId[], what: Omit<Dispatch, 'userIds'>): Promise<void> {
    for (let from = 0; from < userIds.length; from += USERS_A_JOB[name]) {
      const users = userIds.slice(from, from + USERS_A_JOB[name])
      // The same word to the same people, queued again after an interruption, is one job.
      const id = createHash('sha256').update([name, what.key, ...users].join(' ')).digest('hex').slice(0, 40)
      await this.#jobs.add(name, { ...what, userIds: users }, { id })
    }
  }
}
