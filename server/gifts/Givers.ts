// Who asks, in which channel, and what runs there: the start of every request of gifts and red packets.
import type { Accounts } from '../accounts/Accounts.ts'
import type { User } from '../accounts/userStore.ts'
import type { Channels } from '../channels/Channels.ts'
import type { Channel } from '../channels/channelStore.ts'
import type { BroadcastView } from '../contract/broadcast.ts'
import type { ChannelRole } from '../contract/people.ts'
import { may } from '../contract/permissions.ts'
import type { Action } from '../contract/permissions.ts'
import { AppError } from '../core/AppError.ts'
import { Remembered } from '../core/Remembered.ts'
import { keptOut } from '../live/Audience.ts'
import type { LiveDirectory } from '../live/LiveDirectory.ts'
import type { Standings } from '../moderation/Standings.ts'
import type { SocketData } from '../realtime/answer.ts'
import type { Bus } from '../realtime/Bus.ts'

const KEEP_MS = 2000

export type Giver = { readonly user: User; readonly channel: Channel; readonly addressHash: string }
export type GiversDeps = { readonly accounts: Accounts; readonly channels: Channels; readonly directory: LiveDirectory; readonly standings: Standings; readonly bus: Bus }

export class Givers {
  readonly #standings: Standings
  readonly #bus: Bus
  readonly #channels: Remembered<string, Channel>
  readonly #users: Remembered<string, User | undefined>
  readonly #directory: LiveDirectory
  readonly #onUserChanged = (): void => this.#users.forgetAll()

  constructor({ accounts, channels, directory, standings, bus }: GiversDeps) {
    this.#standings = standings
    this.#bus = bus
    this.#channels = new Remembered({ keepMs: KEEP_MS, load: (name) => channels.byName(name) })
    this.#users = new Remembered({ keepMs: KEEP_MS, load: (token) => accounts.userOf(token) })
    this.#directory = directory
    bus.on('user-changed', this.#onUserChanged)
  }

  /** Who is kept out of a channel gives nothing to it. @throws AppError not-logged-in, forbidden, channel-not-found, kept-out */
  async identify(data: SocketData, channelName: string, action: Action): Promise<Giver> {
    const { channel, user, role } = await this.admit(data, channelName)
    if (!user) throw new AppError('not-logged-in', { message: 'Log in first' })
    if (!may(role, action)) throw new AppError('forbidden', { message: 'You may not do this here' })
    return { user, channel, addressHash: data.visitor.addressHash }
  }

  /** Anyone who may be there, logged in or not. @throws AppError channel-not-found, kept-out */
  async admit({ token, visitor }: SocketData, channelName: string): Promise<{ readonly channel: Channel; readonly user: User | undefined; readonly role: ChannelRole }> {
    const [channel, user] = await Promise.all([this.#channels.get(channelName), token ? this.#users.get(token) : undefined])
    const standing = await this.#standings.of(channel)
    const sanction = standing.keptOut({ ...visitor, user })
    if (sanction) throw keptOut(sanction)
    return { channel, user, role: standing.roleOf(user) }
  }

  /** @throws AppError not-logged-in */
  async requireUser({ token }: SocketData): Promise<User> {
    const user = token ? await this.#users.get(token) : undefined
    if (!user) throw new AppError('not-logged-in', { message: 'Log in first' })
    return user
  }

  channelNamed(name: string): Promise<Channel> {
    return this.#channels.get(name)
  }

  /** @throws AppError channel-offline */
  async runningBroadcast(channel: Channel): Promise<{ readonly id: BroadcastView['id']; readonly offsetMs: number | null }> {
    const broadcast = await this.#directory.of(channel.id)
    if (!broadcast || broadcast.endedAt !== null) throw new AppError('channel-offline', { message: 'There is no broadcast to give to' })
    return { id: broadcast.id, offsetMs: broadcast.liveAt ? Math.max(0, Date.now() - Date.parse(broadcast.liveAt)) : null }
  }

  close(): void {
    this.#bus.off('user-changed', this.#onUserChanged)
  }
}
