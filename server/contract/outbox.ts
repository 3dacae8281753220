// What the outbox tells after a commit: one line a topic. Payloads are JSON and carry no secrets; money is a decimal string.
import type { BroadcastId, ChannelId, UserId } from './ids.ts'
import type { Amount } from './money.ts'
import type { WithdrawalState } from './withdrawal.ts'

export type OutboxFacts = {
  /** A gift was paid for: the room, the rankings and the fan levels hear of it. */
  'gift-sent': {
    readonly sendingId: string
    readonly channelId: ChannelId
    readonly senderId: UserId
    readonly gift: { readonly id: string; readonly version: number }
    readonly quantity: number
    readonly total: Amount
    readonly combo: { readonly id: string; readonly count: number }
    readonly broadcastId: BroadcastId
    readonly offsetMs: number | null
    /** ISO 8601. */
    readonly at: string
  }
  /** A red packet was paid for. */
  'packet-sent': { readonly packetId: string; readonly channelId: ChannelId }
  /** Someone became a guard, or stays one for longer. */
  'guard-bought': { readonly purchaseId: string; readonly channelId: ChannelId; readonly userId: UserId }
  /** A guard ends in three days (3), in one (1), or has ended (0). */
  'guard-ending': { readonly channelId: ChannelId; readonly userId: UserId; /** ISO 8601. */ readonly until: string; readonly days: 0 | 1 | 3 }
  /** A ticket was paid for, or paid back. */
  'ticket-changed': { readonly channelId: ChannelId; readonly userId: UserId; readonly broadcastId: BroadcastId }
  /** Coins of an order were credited or taken back. */
  'order-changed': { readonly orderId: string; readonly userId: UserId; readonly step: 'credited' | 'refunded'; /** What moved them. */ readonly transferId: string; /** Coins that came, or went back. */ readonly coins: Amount; /** A part of them was spent: the wallet is locked. */ readonly locked: boolean }
  'withdrawal-changed': { readonly withdrawalId: string; readonly userId: UserId; readonly state: WithdrawalState }
  /** Goods were bought, or an order of goods went on. */
  'goods-order-changed': { readonly orderId: string; readonly userId: UserId }
}
