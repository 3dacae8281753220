// Sends a gift: the price and the rules are the server's, the money moves whole, and the room hears of it by the outbox.
import type { Knex } from 'knex'
import { COMBO_MS } from '../contract/gifts.ts'
import type { GiftReplies, GiftView } from '../contract/gifts.ts'
import { MAX_AMOUNT } from '../contract/money.ts'
import type { RequestData } from '../contract/sockets.ts'
import { AppError } from '../core/AppError.ts'
import { newId } from '../core/newId.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Outbox } from '../db/Outbox.ts'
import type { Guards } from '../guard/Guards.ts'
import type { SocketData } from '../realtime/answer.ts'
import type { Ledger, TransferPlan } from '../wallet/Ledger.ts'
import { userAccount } from '../wallet/ledgerAccounts.ts'
import type { Catalogue } from './Catalogue.ts'
import { giftLegs } from './giftLegs.ts'
import type { GiftLimits } from './GiftLimits.ts'
import type { Giver, Givers } from './Givers.ts'
import { shareOf } from './shareOf.ts'
import type { Shares } from './Shares.ts'
import { insertSending, lastSending } from './sendingStore.ts'
import type { Sending } from './sendingStore.ts'

export type SendGiftDeps = {
  readonly catalogue: Catalogue
  readonly givers: Givers
  readonly limits: GiftLimits
  readonly shares: Shares
  readonly guards: Guards
  readonly ledger: Ledger
  readonly outbox: Outbox
}
type Request = RequestData<'gift:send'>
type Sent = Omit<GiftReplies['gift:send'], 'coins'>
/** All that is decided before the transaction. */
type Quote = { readonly gift: GiftView; readonly total: bigint; readonly share: number; readonly broadcast: { readonly id: Sending['broadcastId']; readonly offsetMs: number | null } }

/**
 * Resolves once it is paid for. The same key again is answered alike and paid once, whatever changed since.
 * @throws AppError not-logged-in, kept-out, too-many-requests, own-channel, channel-offline, gift-not-found, off-sale, price-changed, guards-only,
 * bad-request, insufficient-funds, wallet-locked, key-reused
 */
export async function sendGift(deps: SendGiftDeps, data: SocketData, { key, ...request }: Request): Promise<GiftReplies['gift:send']> {
  const { givers, limits, ledger } = deps
  const giver = await givers.identify(data, request.channel, 'gift:send')
  await limits.spendGift(giver.user.id, giver.addressHash)
  // A refusal waits for the ledger's word that this is no repeat of what was done before.
  const quote = await quoteFor(deps, giver, request).catch((error: unknown) => ({ refusal: error }))
  const { result } = await ledger.post<Sent>({ type: 'gift', scope: `gift:${giver.user.id}`, key, request }, (transaction) => {
    if ('refusal' in quote) throw quote.refusal
    return planOf(deps, transaction, { giver, quote, quantity: request.quantity })
  })
  return { ...result, coins: String(await ledger.balanceOf(userAccount(giver.user.id, 'coin'))) }
}

async function quoteFor({ catalogue, givers, shares, guards }: SendGiftDeps, { user, channel }: Giver, { gift: id, version, quantity }: Omit<Request, 'key'>): Promise<Quote> {
  if (channel.ownerId === user.id) throw new AppError('own-channel', { message: 'Nobody gives to oneself' })
  const broadcast = await givers.runningBroadcast(channel)
  const gift = await catalogue.forSale(id, version)
  if (gift.guardsOnly && (await guards.of(channel.id, user.id)) === null) throw new AppError('guards-only', { message: 'This gift is for guards of the channel' })
  const total = BigInt(gift.price) * BigInt(quantity)
  if (total > MAX_AMOUNT) throw new AppError('bad-request', { message: 'That is too much at once', fields: { quantity: 'is too much at once' } })
  return { gift, total, broadcast, share: await shares.of(channel.id) }
}

function planOf({ outbox }: SendGiftDeps, transaction: Knex.Transaction, { giver, quote, quantity }: { giver: Giver; quote: Quote; quantity: number }): TransferPlan<Sent> {
  const { user, channel } = giver
  const { gift, total, share, broadcast } = quote
  const id = newId<string>()
  const beans = shareOf(total, share)
  return {
    legs: giftLegs({ senderId: user.id, hostId: channel.ownerId, coins: total, beans }),
    reference: id,
    note: `${gift.name.en} ${gift.name.zhCN} × ${quantity} · ${channel.name}`,
    // The sender's coins are locked by now: of one sender's gifts each sees the one before, and is later.
    record: async ({ transferId }) => {
      const at = new Date()
      const sending: Sending = {
        id,
        transferId,
        channelId: channel.id,
        hostId: channel.ownerId,
        senderId: user.id,
        broadcastId: broadcast.id,
        offsetMs: broadcast.offsetMs,
        gift: { id: gift.id, version: gift.version },
        quantity,
        total,
        share,
        beans,
        at,
        combo: await comboOf(transaction, { id, senderId: user.id, channelId: channel.id, giftId: gift.id, quantity, at }),
      }
      await insertSending(transaction, sending)
      await outbox.write(transaction, 'gift-sent', {
        sendingId: id,
        channelId: channel.id,
        senderId: user.id,
        gift: sending.gift,
        quantity,
        total: String(total),
        combo: sending.combo,
        broadcastId: broadcast.id,
        offsetMs: broadcast.offsetMs,
        at: at.toISOString(),
      })
      return { id, total: String(total), combo: sending.combo }
    },
  }
}

/** Goes on with the sender's last combo of this gift, or begins one. */
async function comboOf(transaction: Database, { id, quantity, at, ...which }: { id: string; senderId: Sending['senderId']; channelId: Sending['channelId']; giftId: string; quantity: number; at: Date }): Promise<Sending['combo']> {
  const last = await lastSending(transaction, which)
  return last && at.getTime() - last.at.getTime() <= COMBO_MS ? { id: last.combo.id, count: last.combo.count + quantity } : { id, count: quantity }
}
