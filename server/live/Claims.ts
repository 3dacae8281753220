// Which running broadcasts this server carries: begun here, taken up from a dead server, or moved here by their host. MySQL decides, row by row.
import type { Channel } from '../channels/channelStore.ts'
import type { Source } from '../contract/broadcast.ts'
import type { BroadcastId, ChannelId, ServerId } from '../contract/ids.ts'
import type { MediaClosedReason } from '../contract/sockets.ts'
import { AppError } from '../core/AppError.ts'
import type { Logger } from '../core/logger.ts'
import { isDuplicate } from '../db/isDuplicate.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Bus } from '../realtime/Bus.ts'
import { beginReplay } from '../replay/replayStore.ts'
import { carriedBroadcasts, claimBroadcast, findBroadcast, insertBroadcast, isOrphaned, orphanedBroadcasts } from './broadcastStore.ts'
import type { Broadcast } from './broadcastStore.ts'

export type ClaimsOptions = { readonly database: Database; readonly serverId: ServerId; readonly bus: Bus; readonly log: Logger }

export class Claims {
  readonly #database: Database
  readonly #serverId: ServerId
  readonly #bus: Bus
  readonly #log: Logger

  constructor({ database, serverId, bus, log }: ClaimsOptions) {
    this.#database = database
    this.#serverId = serverId
    this.#bus = bus
    this.#log = log
  }

  /** A new broadcast of this server; undefined when the channel has a running one meanwhile. */
  async begin(channel: Channel, source: Source): Promise<Broadcast | undefined> {
    try {
      const broadcast = await insertBroadcast(this.#database, { channelId: channel.id, title: channel.title, source, serverId: this.#serverId, ticket: channel.ticket })
      if (channel.record) await beginReplay(this.#database, broadcast.id)
      return broadcast
    } catch (error) {
      if (isDuplicate(error)) return undefined
      throw error
    }
  }

  /** Moves the channel's running broadcast here, and tells the others; undefined when there is none, or another server was quicker. */
  async takeOver(channel: Channel): Promise<Broadcast | undefined> {
    const running = await findBroadcast(this.#database, { running_channel_id: channel.id })
    const taken = running && (await claimBroadcast(this.#database, running, this.#serverId))
    if (!taken) return undefined
    this.#log.info({ broadcastId: taken.id, channel: channel.name, from: running.serverId }, 'broadcast taken over')
    this.#bus.tell('broadcast-moved', { channelId: channel.id })
    return taken
  }

  /** Null while this server carries the broadcast; else why its host's connection here has to end. */
  async lost(id: BroadcastId): Promise<MediaClosedReason | null> {
    const now = await findBroadcast(this.#database, { id })
    if (!now || now.state === 'ended') return 'stopped'
    if (now.serverId === this.#serverId) return null
    return now.publishId ? 'replaced' : 'media-restarted'
  }

  async mine(): Promise<ReadonlySet<BroadcastId>> {
    return new Set(await carriedBroadcasts(this.#database, this.#serverId))
  }

  /** Channels whose broadcast runs although its server is dead. */
  async orphans(): Promise<ReadonlyArray<{ readonly id: BroadcastId; readonly channelId: ChannelId }>> {
    return orphanedBroadcasts(this.#database)
  }

  isOrphaned(id: BroadcastId): Promise<boolean> {
    return isOrphaned(this.#database, id)
  }

  /**
   * @param fedHere whether a connection of this server feeds the channel's broadcast
   * @throws AppError broadcast-not-found when it has ended, or a newer connection feeds it: one that was replaced must not win it back
   */
  async requireResumable(channelId: ChannelId, broadcastId: BroadcastId, fedHere: boolean): Promise<void> {
    const running = await findBroadcast(this.#database, { running_channel_id: channelId })
    if (running?.id !== broadcastId) throw new AppError('broadcast-not-found', { message: 'The broadcast has ended' })
    const isFed = running.serverId === this.#serverId ? fedHere : running.publishId !== null && !(await this.isOrphaned(broadcastId))
    if (isFed) throw new AppError('broadcast-not-found', { message: 'A newer connection has taken over' })
  }
}
