// What the outbox tells after a commit: one line a topic. Payloads are JSON and carry no secrets; money is a decimal string.
import type { ChannelId, UserId } from './ids.ts'

export type OutboxFacts = {
  /** A gift was paid for: the room, the rankings and the fan levels hear of it. */
  'gift-sent': { readonly sendingId: string; readonly channelId: ChannelId; readonly senderId: UserId }
  /** A red packet was paid for. */
  'packet-sent': { readonly packetId: string; readonly channelId: ChannelId }
  /** Someone became a guard, or stays one for longer. */
  'guard-bought': { readonly purchaseId: string; readonly channelId: ChannelId; readonly userId: UserId }
  /** A ticket was paid for, or paid back. */
  'ticket-changed': { readonly channelId: ChannelId; readonly userId: UserId }
  /** Coins of an order were credited or taken back. */
  'order-changed': { readonly orderId: string; readonly userId: UserId }
  'withdrawal-changed': { readonly withdrawalId: string; readonly userId: UserId }
  /** Goods were bought, or an order of goods went on. */
  'goods-order-changed': { readonly orderId: string; readonly userId: UserId }
}
