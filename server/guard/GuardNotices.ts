// Tells guards that their time ends: three days before, one day before, and at the end, each once, whichever servers run.
import type { OutboxFacts } from '../contract/outbox.ts'
import type { Logger } from '../core/logger.ts'
import type { Outbox } from '../db/Outbox.ts'
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import { findChannel } from '../channels/channelStore.ts'
import type { Notifications } from '../notify/Notifications.ts'
import type { Bus } from '../realtime/Bus.ts'
import { noteNotice, takeDueNotices } from './guardStore.ts'
import { nextNoticeAt, noticeAt } from './guardTime.ts'

const SWEEP_MS = 30_000
const AT_ONCE = 200

const kinds = { 3: 'guard-ending', 1: 'guard-last-day', 0: 'guard-ended' } as const

export type GuardNoticesDeps = { readonly database: Database; readonly bus: Bus; readonly outbox: Outbox; readonly notifications: Notifications; readonly log: Logger }

export class GuardNotices {
  readonly #deps: GuardNoticesDeps
  readonly #timer: NodeJS.Timeout
  #sweeping: Promise<void> = Promise.resolve()

  constructor(deps: GuardNoticesDeps) {
    this.#deps = deps
    deps.outbox.on('guard-ending', (fact) => this.#tell(fact))
    this.#timer = setInterval(() => this.#sweep(), SWEEP_MS).unref()
    this.#sweep()
  }

  /** Takes what is due: the next notice is set in the transaction that hands this one to the outbox, so no server takes it again. */
  async takeDue(): Promise<void> {
    const { database, outbox } = this.#deps
    for (;;) {
      const now = new Date()
      const taken = await transact(database, async (transaction) => {
        const due = await takeDueNotices(transaction, now, AT_ONCE)
        for (const guardian of due) {
          const { channelId, userId, until } = guardian
          const days = noticeAt(until, now)
          await noteNotice(transaction, guardian, nextNoticeAt(until, now))
          if (days !== null) await outbox.write(transaction, 'guard-ending', { channelId, userId, until: until.toISOString(), days })
        }
        return due.length
      })
      if (taken < AT_ONCE) return
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#sweeping
  }

  #sweep(): void {
    this.#sweeping = this.takeDue().catch((error: unknown) => this.#deps.log.warn({ err: error }, 'looking for guards that end failed; trying again'))
  }

  async #tell({ channelId, userId, until, days }: OutboxFacts['guard-ending']): Promise<void> {
    const { database, bus, notifications } = this.#deps
    const channel = await findChannel(database, { id: channelId })
    if (!channel) return
    if (days === 0) bus.tell('guard-changed', { channelId, userId })
    await notifications.add({ kind: kinds[days], userIds: [userId], actorId: null, channelId, text: '', link: `/guard/${channel.name}`, key: `guard-${channelId}-${Date.parse(until)}-${days}` })
  }
}
