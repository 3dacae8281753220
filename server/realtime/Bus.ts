// Facts that every server process must hear of, carried by Socket.IO's adapter through Redis.
import { EventEmitter } from 'node:events'
import type { ChatMessage } from '../contract/chat.ts'
import type { BroadcastId, ChannelId, UserId } from '../contract/ids.ts'
import type { FootlightServer } from './answer.ts'

/** Who a sanction concerns; each part that is present counts. */
export type Subject = { readonly userId: UserId | null; readonly visitorId: string | null; readonly addressHash: string | null }

export type ServerFacts = {
  /** A channel's broadcast may be carried by another server now: whoever carries it looks. */
  'broadcast-moved': [{ channelId: ChannelId }]
  'stream-key-replaced': [{ channelId: ChannelId }]
  /** A message was stored; every server shows it to its own sockets. */
  'chat-said': [{ channelId: ChannelId; message: ChatMessage; important: boolean }]
  /** Messages were taken away: single ones, or all of a user's. */
  'chat-removed': [{ channelId: ChannelId; channel: string; ids: readonly string[]; userId: UserId | null; by: 'author' | 'moderator' }]
  /** A channel's chat is set otherwise (modes, pinned message): forget what is cached. */
  'chat-changed': [{ channelId: ChannelId }]
  'chat-liked': [{ channelId: ChannelId; added: number }]
  /** Moderators, mutes or bans of a channel changed: forget what is cached. */
  'standing-changed': [{ channelId: ChannelId }]
  /** End everything that this visitor receives from the channel. */
  'kept-out': [{ channelId: ChannelId; subject: Subject; until: string | null; reason: string }]
  /** Someone became a guard of the channel, or is one no longer: forget what is cached. */
  'guard-changed': [{ channelId: ChannelId; userId: UserId }]
  'words-changed': [{ channelId: ChannelId | null }]
  'user-changed': [{ userId: UserId }]
  /** What someone holds of a channel's paid show changed: forget what is cached, ask anew. */
  'ticket-changed': [{ channelId: ChannelId; userId: UserId; broadcastId: BroadcastId }]
}

export class Bus extends EventEmitter<ServerFacts> {
  readonly #sockets: FootlightServer

  constructor(sockets: FootlightServer) {
    super()
    this.setMaxListeners(50)
    this.#sockets = sockets
    sockets.on('fact', (name, fact) => this.#hear(name, fact))
  }

  /** Tells this server at once and all others through Redis (best effort: what must not be lost is in MySQL). */
  tell<N extends keyof ServerFacts>(name: N, fact: ServerFacts[N][0]): void {
    this.#hear(name, fact)
    this.#sockets.serverSideEmit('fact', name, fact)
  }

  #hear(name: keyof ServerFacts, fact: unknown): void {
    ;(this.emit as (name: string, fact: unknown) => boolean).call(this, name, fact)
  }
}
