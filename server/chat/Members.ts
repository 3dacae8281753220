// Who reads which chat on this server: their rooms, what they were told they may do, and when that changes.
import { setImmediate as breathe } from 'node:timers/promises'
import type { User } from '../accounts/userStore.ts'
import type { Channel } from '../channels/channelStore.ts'
import type { ChatSelf } from '../contract/chat.ts'
import type { ChannelId, UserId } from '../contract/ids.ts'
import { may } from '../contract/permissions.ts'
import type { Logger } from '../core/logger.ts'
import type { Standing } from '../moderation/Standings.ts'
import type { FootlightSocket } from '../realtime/answer.ts'
import type { Bus } from '../realtime/Bus.ts'
import type { ChatPlace } from './Callers.ts'
import { chatRoom, keepersRoom, readerRoom } from './chatRooms.ts'

/** Changes of standing within that time are told together. */
const GATHER_MS = 150
/** Members looked at before others have a turn. */
const AT_ONCE = 200
/** How late one is noticed whose expulsion was told while Redis was away. */
const SWEEP_MS = 5000

type Member = { readonly socket: FootlightSocket; readonly channel: Channel; user: User | undefined; self: ChatSelf }
export type MembersDeps = {
  readonly bus: Bus
  readonly log: Logger
  /** Who a socket's log-in belongs to now. */
  readonly userOf: (socket: FootlightSocket) => Promise<User | undefined>
  readonly standingOf: (channel: Channel) => Promise<Standing>
  readonly placeOf: (channel: Channel, user: User | undefined, standing: Standing) => Promise<ChatPlace>
  /** What a user may do by that standing; asked for those alone to whom something changed. */
  readonly selfOf: (channel: Channel, user: User | undefined, standing: Standing) => Promise<ChatSelf>
}

export class Members {
  readonly #deps: MembersDeps
  readonly #byChannel = new Map<ChannelId, Map<FootlightSocket, Member>>()
  readonly #bySocket = new Map<FootlightSocket, Set<ChannelId>>()
  readonly #reviews = new Map<ChannelId, NodeJS.Timeout>()
  readonly #sweep: NodeJS.Timeout

  constructor(deps: MembersDeps) {
    this.#deps = deps
    deps.bus.on('standing-changed', this.#onStanding)
    deps.bus.on('kept-out', this.#onStanding)
    deps.bus.on('user-changed', this.#onUser)
    deps.bus.on('guard-changed', this.#onUser)
    this.#sweep = setInterval(() => {
      for (const channelId of this.channels()) this.#onStanding({ channelId })
    }, SWEEP_MS).unref()
  }

  has(channelId: ChannelId): boolean {
    return this.#byChannel.has(channelId)
  }

  channels(): ChannelId[] {
    return [...this.#byChannel.keys()]
  }

  /** The channel's name, while anyone here reads its chat. */
  nameOf(channelId: ChannelId): string | undefined {
    const [member] = this.#byChannel.get(channelId)?.values() ?? []
    return member?.channel.name
  }

  /** How many chats a socket reads. */
  countOf(socket: FootlightSocket): number {
    return this.#bySocket.get(socket)?.size ?? 0
  }

  /** Lets a socket hear the room from now on. */
  enter(member: { socket: FootlightSocket; channel: Channel; user: User | undefined; self: ChatSelf }): void {
    const { socket, channel, user, self } = member
    if (!socket.connected) return
    const rooms = [chatRoom(channel.id), ...(user ? [readerRoom(channel.id, user.name)] : []), ...(may(self.role, 'chat:review') ? [keepersRoom(channel.id)] : [])]
    void socket.join(rooms)
    const known = this.#byChannel.get(channel.id) ?? new Map<FootlightSocket, Member>()
    this.#byChannel.set(channel.id, known.set(socket, { ...member }))
    const joined = this.#bySocket.get(socket)
    if (joined) return void joined.add(channel.id)
    this.#bySocket.set(socket, new Set([channel.id]))
    socket.once('disconnect', () => this.#gone(socket))
  }

  leave(socket: FootlightSocket, channelId: ChannelId): void {
    const member = this.#byChannel.get(channelId)?.get(socket)
    if (!member) return
    for (const room of [chatRoom(channelId), keepersRoom(channelId), ...(member.user ? [readerRoom(channelId, member.user.name)] : [])]) void socket.leave(room)
    this.#bySocket.get(socket)?.delete(channelId)
    this.#drop(socket, channelId)
  }

  close(): void {
    this.#deps.bus.off('standing-changed', this.#onStanding)
    this.#deps.bus.off('kept-out', this.#onStanding)
    this.#deps.bus.off('user-changed', this.#onUser)
    this.#deps.bus.off('guard-changed', this.#onUser)
    clearInterval(this.#sweep)
    for (const timer of this.#reviews.values()) clearTimeout(timer)
  }

  readonly #onStanding = ({ channelId }: { channelId: ChannelId }): void => {
    if (!this.has(channelId) || this.#reviews.has(channelId)) return
    const timer = setTimeout(() => {
      this.#reviews.delete(channelId)
      this.#review(channelId).catch((error: unknown) => this.#deps.log.warn({ err: error, channelId }, 'what readers of a chat may do could not be told'))
    }, GATHER_MS)
    timer.unref()
    this.#reviews.set(channelId, timer)
  }

  /** Someone's role may be another: who was demoted hears what keepers hear no longer. Or a guard may write now where others may not. */
  readonly #onUser = ({ userId }: { userId: UserId }): void => {
    for (const [socket, channelIds] of this.#bySocket) {
      for (const channelId of channelIds) {
        const member = this.#byChannel.get(channelId)?.get(socket)
        if (member?.user?.id !== userId) continue
        this.#renew(channelId, member).catch((error: unknown) => this.#deps.log.warn({ err: error, channelId }, 'a changed reader of a chat could not be looked up'))
      }
    }
  }

  async #renew(channelId: ChannelId, member: Member): Promise<void> {
    const user = await this.#deps.userOf(member.socket)
    // One whose log-in ended is hung up on; nothing is to be told to it.
    if (!user) return
    member.user = user
    await this.#reviewOne(channelId, member, await this.#deps.standingOf(member.channel))
  }

  /** Looks at every member anew; only those are told to whom something changed. */
  async #review(channelId: ChannelId): Promise<void> {
    const members = [...(this.#byChannel.get(channelId)?.values() ?? [])]
    const [first] = members
    if (!first) return
    const standing = await this.#deps.standingOf(first.channel)
    for (const [index, member] of members.entries()) {
      if (index % AT_ONCE === AT_ONCE - 1) await breathe()
      await this.#reviewOne(channelId, member, standing)
    }
  }

  async #reviewOne(channelId: ChannelId, member: Member, standing: Standing): Promise<void> {
    const { socket, user, channel } = member
    if (standing.keptOut({ ...socket.data.visitor, user })) return this.leave(socket, channelId)
    if (!user) return
    const place = await this.#deps.placeOf(channel, user, standing)
    if (isSamePlace(place, member.self)) return
    const self = await this.#deps.selfOf(channel, user, standing)
    member.self = self
    if (may(self.role, 'chat:review')) void socket.join(keepersRoom(channelId))
    else void socket.leave(keepersRoom(channelId))
    socket.emit('chat:self-changed', { channel: channel.name, self })
  }

  #gone(socket: FootlightSocket): void {
    for (const channelId of this.#bySocket.get(socket) ?? []) this.#drop(socket, channelId)
    this.#bySocket.delete(socket)
  }

  #drop(socket: FootlightSocket, channelId: ChannelId): void {
    const members = this.#byChannel.get(channelId)
    members?.delete(socket)
    if (members?.size === 0) this.#byChannel.delete(channelId)
  }
}

const isSamePlace = (a: ChatPlace, b: ChatPlace): boolean => a.role === b.role && a.mutedUntil === b.mutedUntil && a.mutedReason === b.mutedReason && a.guard === b.guard
