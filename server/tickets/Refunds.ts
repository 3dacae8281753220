// Pays tickets and minutes back where the platform ended a show or there was none: a job a show, found again by a sweep where its server died.
import type { BroadcastView } from '../contract/broadcast.ts'
import type { BroadcastId } from '../contract/ids.ts'
import type { Settings } from '../contract/settings.ts'
import { Jobs } from '../core/Jobs.ts'
import type { Logger } from '../core/logger.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Outbox } from '../db/Outbox.ts'
import type { Live } from '../live/Live.ts'
import type { Notifications } from '../notify/Notifications.ts'
import type { Ledger } from '../wallet/Ledger.ts'
import { refundDue } from './refundDue.ts'
import { refundLegs } from './saleLegs.ts'
import { findSoldShow, isSettled, noteRefunded, noteSettled, refundedUsers, unrefunded, unsettledShows } from './ticketStore.ts'
import type { Payment, SoldShow } from './ticketStore.ts'

const SWEEP_MS = 10_000
const BATCH = 100

export type RefundsDeps = {
  readonly settings: Settings
  readonly database: Database
  readonly live: Live
  readonly ledger: Ledger
  readonly outbox: Outbox
  readonly notifications: Notifications
  readonly graceMs: number
  readonly log: Logger
}

export class Refunds {
  readonly #deps: RefundsDeps
  readonly #jobs: Jobs<{ settle: { broadcastId: BroadcastId } }>
  readonly #timer: NodeJS.Timeout
  readonly #hear = ({ broadcast: { id, state, ticket } }: { broadcast: BroadcastView }): void => {
    if (state === 'ended' && ticket !== null) this.#enqueue(id).catch((error: unknown) => this.#deps.log.debug({ err: error }, 'the sweep will settle this show'))
  }

  constructor(deps: RefundsDeps) {
    this.#deps = deps
    const { settings, live, log } = deps
    this.#jobs = new Jobs({ name: 'tickets', redisUrl: settings.REDIS_URL, databaseUrl: settings.DATABASE_URL, concurrency: 1, work: { settle: ({ broadcastId }: { broadcastId: BroadcastId }, signal) => this.settle(broadcastId, signal) }, log })
    live.on('changed', this.#hear)
    this.#timer = setInterval(() => void this.#sweep(), SWEEP_MS).unref()
    void this.#sweep()
  }

  /** May be begun again at any point, and on two servers at once: each payment is reversed once. */
  async settle(broadcastId: BroadcastId, signal: AbortSignal): Promise<void> {
    const { database, graceMs, log } = this.#deps
    const show = await findSoldShow(database, broadcastId)
    if (show?.state !== 'ended' || show.terms === null || (await isSettled(database, broadcastId))) return
    const refunded = refundDue(show, graceMs)
    if (refunded) {
      for (let payments = await unrefunded(database, broadcastId, BATCH); payments.length > 0; payments = await unrefunded(database, broadcastId, BATCH))
        for (const payment of payments) {
          signal.throwIfAborted()
          await this.#payBack(show, payment)
        }
      await this.#tell(show)
    }
    await noteSettled(database, broadcastId, { refunded })
    log.info({ broadcastId, refunded }, 'a paid show was settled')
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    this.#deps.live.off('changed', this.#hear)
    await this.#jobs.close()
  }

  async #payBack({ id, channelId, hostId, title }: SoldShow, payment: Payment): Promise<void> {
    const { ledger, outbox } = this.#deps
    await ledger.post({ type: 'ticket-refund', scope: 'ticket-refund', key: payment.transferId, request: { broadcastId: id } }, async (transaction) => {
      const lanes = (await transaction('ledger_accounts').where({ kind: 'user', owner: hostId, currency: 'bean' }).orderBy('id').forUpdate().select('balance')) as Array<{ balance: string | number }>
      const there = lanes.reduce((sum, { balance }) => sum + BigInt(balance), 0n)
      return {
        legs: refundLegs({ buyerId: payment.userId, hostId, price: payment.price, beans: payment.beans, there }),
        reference: id,
        note: title,
        reverses: payment.transferId,
        evenIfLocked: true,
        record: async ({ at }) => {
          await noteRefunded(transaction, payment, at)
          await outbox.write(transaction, 'ticket-changed', { channelId, userId: payment.userId, broadcastId: id })
          return null
        },
      }
    })
  }

  async #tell({ id, channelId, title }: SoldShow): Promise<void> {
    const { database, notifications } = this.#deps
    await notifications.add({ kind: 'ticket-refund', userIds: await refundedUsers(database, id), actorId: null, channelId, text: title, link: '/wallet', key: `ticket-refund-${id}` })
  }

  #enqueue(broadcastId: BroadcastId, id = `settle-${broadcastId}`): Promise<void> {
    return this.#jobs.add('settle', { broadcastId }, { id })
  }

  async #sweep(): Promise<void> {
    try {
      // A job that was done is remembered by its id for a while, whatever became of its work: each sweep has ids of its own.
      const sweep = Math.floor(Date.now() / SWEEP_MS)
      for (const id of await unsettledShows(this.#deps.database, BATCH)) await this.#enqueue(id, `settle-${id}-${sweep}`)
    } catch (error) {
      this.#deps.log.warn({ err: error }, 'shows to settle could not be looked for; trying again')
    }
  }
}
