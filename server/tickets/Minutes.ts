// Charges those who agreed to it for each minute they receive, in advance, once however many tabs and servers ask for it.
import type { BroadcastId, ChannelId, UserId } from '../contract/ids.ts'
import type { MinutesStopped } from '../contract/tickets.ts'
import { AppError } from '../core/AppError.ts'
import type { Outbox } from '../db/Outbox.ts'
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import type { Ledger } from '../wallet/Ledger.ts'
import type { RateBook } from '../wallet/RateBook.ts'
import { hostShare } from './hostShare.ts'
import { saleLegs } from './saleLegs.ts'
import { findConsent, findSoldShow, insertMinute, stopConsent, writeConsent } from './ticketStore.ts'
import type { Consent } from './ticketStore.ts'

const MINUTE_MS = 60_000
/** One who was asked for the next minute so late still goes on without a gap. */
const LATE_MS = 3000
/** Who was away for longer is asked again before anything is charged. */
export const AWAY_MS = 600_000

export type MinutesDeps = { readonly database: Database; readonly outbox: Outbox; readonly ledger: Ledger; readonly rates: RateBook }

export class Minutes {
  readonly #deps: MinutesDeps

  constructor(deps: MinutesDeps) {
    this.#deps = deps
  }

  /** Goes on by the minute, or stops. @throws AppError off-sale, own-channel, price-changed */
  async agree({ broadcastId, channelId, userId, price, going, cap }: { broadcastId: BroadcastId; channelId: ChannelId; userId: UserId; price: string; going: boolean; cap: string | null }): Promise<void> {
    const { database, outbox } = this.#deps
    await transact(database, async (transaction) => {
      const show = await findSoldShow(transaction, broadcastId, { lock: true })
      if (!show || show.channelId !== channelId || show.terms?.kind !== 'minute') throw new AppError('off-sale', { message: 'This show is not sold by the minute' })
      if (going) {
        if (show.state === 'ended') throw new AppError('off-sale', { message: 'This show is over' })
        if (show.hostId === userId) throw new AppError('own-channel', { message: 'Your own show is free for you' })
        if (show.terms.price !== price) throw new AppError('price-changed', { fields: { price: show.terms.price } })
      }
      await writeConsent(transaction, broadcastId, userId, { going, cap })
      await outbox.write(transaction, 'ticket-changed', { channelId, userId, broadcastId })
    })
  }

  /** Charges the next minute if it is due; where it cannot be, the consent ends. Another tab's or server's charge serves as well. */
  async charge(broadcastId: BroadcastId, userId: UserId, now = Date.now()): Promise<void> {
    const { database } = this.#deps
    const consent = await findConsent(database, broadcastId, userId)
    if (!consent?.going || (consent.paidUntil?.getTime() ?? 0) > now) return
    const stopped = now - Math.max(consent.agreedAt.getTime(), consent.paidUntil?.getTime() ?? 0) > AWAY_MS ? 'away' : await this.#post(broadcastId, userId, consent, now)
    if (stopped) await stopConsent(database, broadcastId, userId, consent, stopped)
  }

  /** @returns why it cannot be charged; null: it was, or something else changed meanwhile */
  async #post(broadcastId: BroadcastId, userId: UserId, { minutes }: Consent, now: number): Promise<MinutesStopped | null> {
    const { ledger, rates } = this.#deps
    const { ticketShare } = await rates.now()
    try {
      await ledger.post({ type: 'ticket', scope: `ticket-minute:${broadcastId}`, key: `${userId}-${minutes}`, request: { minute: minutes } }, async (transaction) => {
        const show = await findSoldShow(transaction, broadcastId, { lock: true })
        const consent = await findConsent(transaction, broadcastId, userId, { lock: true })
        if (!show?.terms || show.state !== 'live' || !consent?.going || consent.minutes !== minutes) throw new AppError('state-changed')
        const price = BigInt(show.terms.price)
        if (consent.cap !== null && consent.spent + price > consent.cap) throw new AppError('limit-reached')
        const beans = hostShare(price, ticketShare)
        const former = consent.paidUntil?.getTime() ?? 0
        const paidUntil = new Date((now - former < LATE_MS ? former : now) + MINUTE_MS)
        return {
          legs: saleLegs({ buyerId: userId, hostId: show.hostId, price, beans }),
          reference: broadcastId,
          note: show.title,
          record: async ({ transferId, at }) => {
            await insertMinute(transaction, { broadcastId, userId, minute: minutes, price, beans, transferId, at, paidUntil })
            return null
          },
        }
      })
      return null
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      if (error.code === 'state-changed') return null
      if (error.code === 'insufficient-funds') return 'balance'
      if (error.code === 'limit-reached') return 'cap'
      if (error.code === 'wallet-locked') return 'locked'
      throw error
    }
  }
}
