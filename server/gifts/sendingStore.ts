// SQL of gifts that were sent: written once with their transfer, with everything as it was then.
import type { BroadcastId, ChannelId, UserId } from '../contract/ids.ts'
import type { Database } from '../db/openDatabase.ts'

export type Sending = {
  readonly id: string
  readonly transferId: string
  readonly channelId: ChannelId
  readonly hostId: UserId
  readonly senderId: UserId
  readonly broadcastId: BroadcastId
  /** Milliseconds since the broadcast's first media. */
  readonly offsetMs: number | null
  readonly gift: { readonly id: string; readonly version: number }
  readonly quantity: number
  readonly total: bigint
  /** The host's, in basis points. */
  readonly share: number
  readonly beans: bigint
  readonly combo: { readonly id: string; readonly count: number }
  readonly at: Date
}

export async function insertSending(transaction: Database, { gift, combo, ...sending }: Sending): Promise<void> {
  await transaction('gift_sendings').insert({
    id: sending.id,
    transfer_id: sending.transferId,
    channel_id: sending.channelId,
    host_id: sending.hostId,
    sender_id: sending.senderId,
    broadcast_id: sending.broadcastId,
    offset_ms: sending.offsetMs,
    gift_id: gift.id,
    version: gift.version,
    quantity: sending.quantity,
    total: String(sending.total),
    share: sending.share,
    beans: String(sending.beans),
    combo_id: combo.id,
    combo_count: combo.count,
    at: sending.at,
  })
}

/** The sender's newest sending of that gift to that channel. */
export async function lastSending(transaction: Database, { senderId, channelId, giftId }: { senderId: UserId; channelId: ChannelId; giftId: string }): Promise<Pick<Sending, 'combo' | 'at'> | undefined> {
  const row = (await transaction('gift_sendings').where({ sender_id: senderId, channel_id: channelId, gift_id: giftId }).orderBy([{ column: 'at', order: 'desc' }, { column: 'combo_count', order: 'desc' }]).first('combo_id', 'combo_count', 'at')) as { combo_id: string; combo_count: number; at: Date } | undefined
  return row && { combo: { id: row.combo_id, count: row.combo_count }, at: row.at }
}
