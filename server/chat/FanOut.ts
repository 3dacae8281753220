// Carries what was said on any server to this server's readers, and makes up for what Redis could not carry while it was away.
import type { ChatMessage } from '../contract/chat.ts'
import type { ChannelId, UserId } from '../contract/ids.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Database } from '../db/openDatabase.ts'
import type { FootlightServer } from '../realtime/answer.ts'
import type { Bus } from '../realtime/Bus.ts'
import { chatRoom } from './chatRooms.ts'
import { recentlyRemoved, recentMessages } from './chatStore.ts'
import type { Members } from './Members.ts'
import type { RecentMessages } from './RecentMessages.ts'
import { RoomFanOut } from './RoomFanOut.ts'
import type { RoomSettings } from './RoomSettings.ts'

/** The adapter's own connections come back about when ours does: what was said until then is looked up once more. */
const AFTER_RETURN_MS = [300, 2000]
/** Removals so old are known to everyone, or were made while Redis was away for longer than anyone waits. */
const OUTAGE_MS = 10 * 60_000
const SWEEP_MS = 60_000

export type Removal = { readonly channelId: ChannelId; readonly channel: string; readonly ids: readonly string[]; readonly userId: UserId | null; readonly by: 'author' | 'moderator' }
export type FanOutDeps = { readonly database: Database; readonly redis: Redis; readonly bus: Bus; readonly sockets: FootlightServer; readonly recent: RecentMessages; readonly settings: RoomSettings; readonly members: Members; readonly log: Logger }

export class FanOut {
  readonly #deps: FanOutDeps
  readonly #rooms = new Map<ChannelId, RoomFanOut>()
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #sweeping: NodeJS.Timeout
  #closed = false

  constructor(deps: FanOutDeps) {
    this.#deps = deps
    const { bus, redis } = deps
    bus.on('chat-said', this.#onSaid)
    bus.on('chat-removed', this.#onRemoved)
    bus.on('chat-changed', this.#onChanged)
    redis.on('ready', this.#onReturn)
    this.#sweeping = setInterval(() => this.#sweep(), SWEEP_MS).unref()
  }

  /** Shows a stored message on every server. */
  say(channelId: ChannelId, message: ChatMessage, important: boolean): void {
    this.#deps.bus.tell('chat-said', { channelId, message, important })
  }

  /** Takes messages off every page on every server. */
  remove(removal: Removal): void {
    this.#deps.bus.tell('chat-removed', removal)
  }

  /** Shows what this server's readers of a channel have missed. */
  async makeUp(channelId: ChannelId): Promise<void> {
    const { database, members, settings, sockets } = this.#deps
    for (const message of await recentMessages(database, channelId)) this.#onSaid({ channelId, message, important: true })
    const channel = members.nameOf(channelId)
    if (!channel) return
    const removed = await recentlyRemoved(database, channelId, new Date(Date.now() - OUTAGE_MS))
    if (removed.length > 0) this.#onRemoved({ channelId, channel, ids: removed, userId: null, by: 'moderator' })
    settings.forget(channelId)
    const { modes, pinned } = await settings.of(channelId)
    sockets.local.to(chatRoom(channelId)).emit('chat:modes-changed', { channel, modes })
    sockets.local.to(chatRoom(channelId)).emit('chat:pinned', { channel, message: pinned })
  }

  close(): void {
    this.#closed = true
    const { bus, redis } = this.#deps
    bus.off('chat-said', this.#onSaid)
    bus.off('chat-removed', this.#onRemoved)
    bus.off('chat-changed', this.#onChanged)
    redis.off('ready', this.#onReturn)
    clearInterval(this.#sweeping)
    for (const timer of this.#timers) clearTimeout(timer)
    for (const room of this.#rooms.values()) room.close()
  }

  readonly #onSaid = ({ channelId, message, important }: { channelId: ChannelId; message: ChatMessage; important: boolean }): void => {
    this.#deps.recent.hear(channelId, message)
    if (this.#deps.members.has(channelId)) this.#room(channelId, message.channel).say({ message, important })
  }

  readonly #onRemoved = ({ channelId, channel, ids, userId, by }: Removal): void => {
    this.#deps.recent.forget(channelId)
    this.#deps.settings.forget(channelId)
    if (this.#deps.members.has(channelId)) this.#room(channelId, channel).remove({ ids, userId, by })
  }

  readonly #onChanged = ({ channelId }: { channelId: ChannelId }): void => this.#deps.settings.forget(channelId)

  readonly #onReturn = (): void => {
    for (const afterMs of AFTER_RETURN_MS) this.#later(afterMs, () => this.#makeUpAll())
  }

  async #makeUpAll(): Promise<void> {
    for (const channelId of this.#deps.members.channels()) {
      if (this.#closed) return
      await this.makeUp(channelId)
    }
  }

  #later(ms: number, step: () => Promise<void>): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      step().catch((error: unknown) => this.#deps.log.warn({ err: error }, 'what the chat missed could not be shown'))
    }, ms)
    timer.unref()
    this.#timers.add(timer)
  }

  #room(channelId: ChannelId, channel: string): RoomFanOut {
    const known = this.#rooms.get(channelId)
    if (known) return known
    const room = new RoomFanOut({ sockets: this.#deps.sockets, channelId, channel })
    this.#rooms.set(channelId, room)
    return room
  }

  /** Rooms that nobody here reads any more are forgotten. */
  #sweep(): void {
    for (const [channelId, room] of this.#rooms) {
      if (this.#deps.members.has(channelId)) continue
      room.close()
      this.#rooms.delete(channelId)
    }
  }
}
