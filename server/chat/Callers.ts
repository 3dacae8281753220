// Who asks, in which channel, and what they are there: the start of every request of the chat.
import { CHAT_RECALL_MS } from '../contract/chat.ts'
import type { Badges, ChatAuthor, ChatSelf } from '../contract/chat.ts'
import type { BroadcastView } from '../contract/broadcast.ts'
import type { ChannelId, UserId } from '../contract/ids.ts'
import type { ChannelRole } from '../contract/people.ts'
import { may } from '../contract/permissions.ts'
import type { Action } from '../contract/permissions.ts'
import type { Accounts } from '../accounts/Accounts.ts'
import { viewPerson } from '../accounts/userStore.ts'
import type { User } from '../accounts/userStore.ts'
import type { Channels } from '../channels/Channels.ts'
import type { Channel } from '../channels/channelStore.ts'
import { AppError } from '../core/AppError.ts'
import { Remembered } from '../core/Remembered.ts'
import type { FanLevels } from '../gifts/FanLevels.ts'
import type { Guards } from '../guard/Guards.ts'
import type { LiveDirectory } from '../live/LiveDirectory.ts'
import type { Sanction, Standing, Standings } from '../moderation/Standings.ts'
import type { SocketData } from '../realtime/answer.ts'
import type { Bus } from '../realtime/Bus.ts'
import type { Follows } from '../social/Follows.ts'
import type { Pace } from './Pace.ts'
import type { RoomSettings } from './RoomSettings.ts'

/** A channel's name and owner hardly change; a log-in that ended has its sockets disconnected. */
const CHANNEL_MS = 2000
const USER_MS = 2000
const BROADCAST_MS = 1000

export type Caller = { readonly channel: Channel; readonly user: User | undefined; readonly role: ChannelRole; readonly standing: Standing; readonly visitor: SocketData['visitor'] }
export type KnownCaller = Caller & { readonly user: User }
export type CallersDeps = { readonly accounts: Accounts; readonly channels: Channels; readonly directory: LiveDirectory; readonly standings: Standings; readonly follows: Follows; readonly settings: RoomSettings; readonly pace: Pace; readonly guards: Guards; readonly fans: FanLevels; readonly bus: Bus }
/** What a standing makes of a reader. */
export type ChatPlace = Pick<ChatSelf, 'role' | 'mutedUntil' | 'mutedReason' | 'guard'>

export class Callers {
  readonly #deps: CallersDeps
  readonly #channels: Remembered<string, Channel>
  readonly #users: Remembered<string, User | undefined>
  readonly #broadcasts: Remembered<ChannelId, BroadcastView | undefined>

  constructor(deps: CallersDeps) {
    this.#deps = deps
    const { accounts, channels, directory } = deps
    this.#channels = new Remembered({ keepMs: CHANNEL_MS, load: (name) => channels.byName(name) })
    this.#users = new Remembered({ keepMs: USER_MS, load: (token) => accounts.userOf(token) })
    this.#broadcasts = new Remembered({ keepMs: BROADCAST_MS, load: (channelId) => directory.of(channelId) })
    deps.bus.on('user-changed', this.#onUserChanged)
  }

  /** @throws AppError channel-not-found, kept-out, not-logged-in, forbidden */
  async identify(data: SocketData, channelName: string, action: Action): Promise<Caller> {
    const [channel, user] = await Promise.all([this.#channels.get(channelName), data.token ? this.#users.get(data.token) : undefined])
    const standing = await this.#deps.standings.of(channel)
    const kept = standing.keptOut({ ...data.visitor, user })
    if (kept) throw new AppError('kept-out', { message: 'You may not enter this channel', ...waitFor(kept) })
    const role = standing.roleOf(user)
    if (!may(role, action)) throw user ? new AppError('forbidden', { message: 'You may not do this here' }) : new AppError('not-logged-in', { message: 'Log in first' })
    return { channel, user, role, standing, visitor: data.visitor }
  }

  /** As identify, for what needs a log-in. */
  async identifyUser(data: SocketData, channelName: string, action: Action): Promise<KnownCaller> {
    const caller = await this.identify(data, channelName, action)
    if (!caller.user) throw new AppError('not-logged-in', { message: 'Log in first' })
    return { ...caller, user: caller.user }
  }

  standingOf(channel: Channel): Promise<Standing> {
    return this.#deps.standings.of(channel)
  }

  broadcastOf(channelId: ChannelId): Promise<BroadcastView | undefined> {
    return this.#broadcasts.get(channelId)
  }

  /** The reader's role, whether it is muted, and whether a guard: what may change while one reads. */
  async placeOf(channel: Channel, user: User | undefined, standing: Standing): Promise<ChatPlace> {
    const role = standing.roleOf(user)
    if (!user) return { role, mutedUntil: null, mutedReason: null, guard: null }
    const [broadcast, guard] = await Promise.all([this.broadcastOf(channel.id), this.#deps.guards.of(channel.id, user.id)])
    const muted = standing.mutedOf(user, broadcast?.id ?? null)
    return { role, mutedUntil: muted && (muted.until?.toISOString() ?? 'forever'), mutedReason: muted && muted.reason, guard }
  }

  /** What the reader may do in this chat. */
  async selfOf(channel: Channel, user: User | undefined, standing: Standing): Promise<ChatSelf> {
    const place = await this.placeOf(channel, user, standing)
    if (!user) return { ...place, followsSince: null, nextAt: 0 }
    const { settings, pace, follows } = this.#deps
    const [{ modes }, since] = await Promise.all([settings.of(channel.id), follows.since(user.id, channel.ownerId)])
    const nextAt = modes.slowSeconds > 0 && !may(place.role, 'chat:exempt') ? await pace.nextAt(channel.id, user.id) : 0
    return { ...place, followsSince: since && since.toISOString(), nextAt }
  }

  /** What the user is to the host of the channel. */
  async badgesOf(channelId: ChannelId, userId: UserId): Promise<Badges> {
    const [guard, fan] = await Promise.all([this.#deps.guards.of(channelId, userId), this.#deps.fans.of(channelId, userId)])
    return { guard, fan }
  }

  close(): void {
    this.#deps.bus.off('user-changed', this.#onUserChanged)
  }

  readonly #onUserChanged = (): void => this.#users.forgetAll()
}

/** As a message shows its author. */
export const authorOf = (user: User, role: ChannelRole, badges: Badges): ChatAuthor => ({ ...viewPerson(user), role, ...badges })

/** Seconds until a sanction ends, for an error; nothing when it never does. */
export function waitFor({ until }: Sanction): { retryAfter?: number } {
  return until ? { retryAfter: Math.max(1, Math.ceil((until.getTime() - Date.now()) / 1000)) } : {}
}

/** Whether its author may still take a message back. */
export const isRecallable = (saidAt: string, now = Date.now()): boolean => now - Date.parse(saidAt) <= CHAT_RECALL_MS
