// Sells tickets: to a show while it runs, and to what was kept of it; one a person, however often it is asked for.
import type { User } from '../accounts/userStore.ts'
import type { BroadcastId, ChannelId, UserId } from '../contract/ids.ts'
import { AppError } from '../core/AppError.ts'
import { newId } from '../core/newId.ts'
import type { Outbox } from '../db/Outbox.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Ledger } from '../wallet/Ledger.ts'
import type { RateBook } from '../wallet/RateBook.ts'
import { hostShare } from './hostShare.ts'
import { refundDue } from './refundDue.ts'
import { replayPrice } from './replayPrice.ts'
import { saleLegs } from './saleLegs.ts'
import { findConsent, findSoldShow, insertTicket } from './ticketStore.ts'
import type { SoldShow } from './ticketStore.ts'

export type TicketSalesDeps = { readonly database: Database; readonly outbox: Outbox; readonly ledger: Ledger; readonly rates: RateBook; readonly graceMs: number }
export type TicketOrder = { readonly channelId: ChannelId; readonly user: User; readonly broadcastId: BroadcastId; readonly price: string; readonly key: string }

export class TicketSales {
  readonly #deps: TicketSalesDeps

  constructor(deps: TicketSalesDeps) {
    this.#deps = deps
  }

  /** Who holds one already pays nothing more. @throws AppError off-sale, own-channel, price-changed, insufficient-funds, wallet-locked, key-reused */
  async buy({ channelId, user, broadcastId, price, key }: TicketOrder): Promise<void> {
    const { outbox, ledger, rates } = this.#deps
    const { ticketShare } = await rates.now()
    await ledger.post({ type: 'ticket', scope: `ticket:${user.id}`, key, request: { broadcastId, price } }, async (transaction) => {
      // Two orders of one person come one after the other.
      await transaction('users').where({ id: user.id }).forUpdate().first('id')
      const ticket = (await transaction('tickets').where({ broadcast_id: broadcastId, user_id: user.id }).forUpdate().first('refunded_at')) as { refunded_at: Date | null } | undefined
      if (ticket && ticket.refunded_at === null) return { legs: [], reference: broadcastId }
      const show = await findSoldShow(transaction, broadcastId, { lock: true })
      if (show?.channelId !== channelId || ticket) throw offSale()
      if (show.hostId === user.id) throw new AppError('own-channel', { message: 'Your own show is free for you' })
      const asked = await this.priceOf(show, user.id, transaction)
      if (asked === null || asked === 0n) throw offSale()
      if (String(asked) !== price) throw new AppError('price-changed', { fields: { price: String(asked) } })
      const beans = hostShare(asked, ticketShare)
      return {
        legs: saleLegs({ buyerId: user.id, hostId: show.hostId, price: asked, beans }),
        reference: broadcastId,
        note: show.title,
        record: async ({ transferId, at }) => {
          await insertTicket(transaction, { id: newId(), broadcastId, userId: user.id, price: asked, beans, transferId, at })
          await outbox.write(transaction, 'ticket-changed', { channelId, userId: user.id, broadcastId })
          return null
        },
      }
    })
  }

  /** Coins for all of it; zero: paid by the minute already; null: there is no ticket to be had. */
  async priceOf(show: SoldShow, userId: UserId | undefined, within: Database = this.#deps.database): Promise<bigint | null> {
    const { terms, state, durationMs } = show
    if (terms === null) return null
    if (state !== 'ended') return terms.kind === 'show' ? BigInt(terms.price) : null
    if (durationMs === null || refundDue(show, this.#deps.graceMs)) return null
    const consent = terms.kind === 'minute' && userId ? await findConsent(within, show.id, userId) : undefined
    return replayPrice(terms, { durationMs, spent: consent?.spent ?? 0n })
  }
}

const offSale = (): AppError => new AppError('off-sale', { message: 'There is no ticket to this show' })
