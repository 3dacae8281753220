// Every running broadcast of this server: who may publish, who may watch, and what each of them is told.
import { EventEmitter } from 'node:events'
import type { PublishGrant, PublishRequest, RelayMedia, RelayTargets, ReplayFinished } from '../contract/bridgeApi.ts'
import type { BroadcastView, Notice, Source } from '../contract/broadcast.ts'
import type { BridgeId, BroadcastId, ChannelId, PublishId, ServerId, UserId } from '../contract/ids.ts'
import type { MediaClosedReason } from '../contract/sockets.ts'
import type { Channels } from '../channels/Channels.ts'
import { findChannel } from '../channels/channelStore.ts'
import type { Channel } from '../channels/channelStore.ts'
import { AppError } from '../core/AppError.ts'
import { KeyedQueue } from '../core/KeyedQueue.ts'
import type { Logger } from '../core/logger.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Room } from '../media/Room.ts'
import type { Bus } from '../realtime/Bus.ts'
import { awaitReplay, finishReplay } from '../replay/replayStore.ts'
import type { Bridges } from './bridges/Bridges.ts'
import { BroadcastMoved } from './broadcastStore.ts'
import type { Broadcast } from './broadcastStore.ts'
import { Claims } from './Claims.ts'
import { LiveBroadcast } from './LiveBroadcast.ts'
import type { NoticeBoard } from './NoticeBoard.ts'
import { Packaging } from './Packaging.ts'
import type { PublishSession } from './PublishSession.ts'
import type { ReplayFinisher } from './ReplayFinisher.ts'
import { requireOpenAccount } from './requireOpenAccount.ts'
import type { ViewerCount, ViewerMode } from './ViewerCount.ts'
import type { Who } from './whoWatches.ts'
import type { LiveDoor, Publish, Watch } from './whip/liveDoor.ts'

const MEASURE_MS = 5000
/** How often this server looks for broadcasts whose server has died. */
const SWEEP_MS = 2000
/** Two servers that take the same channel up at once: the one that loses looks again. */
const CARRY_TRIES = 5

export type LiveOptions = {
  readonly database: Database
  /** This server, as the broadcasts it carries name it. */
  readonly serverId: ServerId
  readonly bus: Bus
  readonly channels: Channels
  readonly bridges: Bridges
  readonly viewers: ViewerCount
  readonly notices: NoticeBoard
  readonly finisher: ReplayFinisher
  readonly log: Logger
  readonly graceSeconds: number
  readonly openRoom: (id: string) => Promise<Room>
}

export type LiveEvents = {
  /** A broadcast's state, sources or numbers changed. */
  changed: [{ channelId: ChannelId; broadcast: BroadcastView }]
  noticed: [{ channelId: ChannelId; channel: string; notice: Notice }]
}

export class Live extends EventEmitter<LiveEvents> implements LiveDoor {
  readonly #options: LiveOptions
  readonly #claims: Claims
  readonly #queue = new KeyedQueue()
  readonly #running = new Map<ChannelId, LiveBroadcast>()
  readonly #unfollow = new Map<LiveBroadcast, () => void>()
  readonly #timers: NodeJS.Timeout[]
  readonly #recovered = Promise.withResolvers<void>()
  #sweeping: Promise<void> | undefined
  #draining = false

  constructor(options: LiveOptions) {
    super()
    this.#options = options
    this.#claims = new Claims(options)
    options.viewers.on('counted', ({ channelId, viewers }) => {
      const live = this.#running.get(channelId)
      if (live) live.viewers = viewers
    })
    options.bridges.on('lost', (bridgeId) => this.#bridgeLost(bridgeId))
    options.bus.on('broadcast-moved', ({ channelId }) => this.#checkCarried(channelId))
    options.bus.on('stream-key-replaced', ({ channelId }) => {
      this.#endByKey(channelId).catch((error: unknown) => options.log.error({ err: error }, 'a connection by a replaced key could not be ended'))
    })
    this.#timers = [setInterval(() => this.#measure(), MEASURE_MS).unref(), setInterval(() => void this.recover(), SWEEP_MS).unref()]
  }

  get draining(): boolean {
    return this.#draining
  }

  /**
   * Takes up the running broadcasts of servers that died, whose hosts have the grace time to come back, and lets go of those that
   * another server has taken from this one. Goes on by itself every two seconds.
   */
  recover(): Promise<void> {
    this.#sweeping ??= this.#sweep()
      .catch((error: unknown) => this.#options.log.warn({ err: error }, 'the broadcasts of dead servers could not be looked for'))
      .finally(() => {
        this.#sweeping = undefined
        this.#recovered.resolve()
      })
    return this.#sweeping
  }

  all(): LiveBroadcast[] {
    return [...this.#running.values()]
  }

  of(channelId: ChannelId): LiveBroadcast | undefined {
    return this.#running.get(channelId)
  }

  byId(broadcastId: BroadcastId): LiveBroadcast | undefined {
    return this.all().find((live) => live.id === broadcastId)
  }

  /** @throws AppError publish-not-found */
  publishById(publishId: PublishId): PublishSession {
    const publish = this.all().find((live) => live.publish?.id === publishId)?.publish
    if (!publish) throw new AppError('publish-not-found')
    return publish
  }

  /** The signed-in owner goes live from the browser. @throws AppError channel-not-found, forbidden, account-disabled, draining, media-unavailable */
  async publishAsOwner({ channel, userId }: { channel: string; userId: UserId }): Promise<Publish> {
    return this.#admit(await this.#options.channels.ownedByName(channel, userId), { source: 'browser' })
  }

  async publishByKey({ channel, streamKey, source }: { channel: string; streamKey: string; source: 'whip' }): Promise<Publish> {
    return this.#admit(await this.#options.channels.byStreamKey(streamKey, channel), { source })
  }

  /** An RTMP connection a bridge holds. @throws AppError wrong-stream-key, account-disabled, broadcast-not-found (it ended meanwhile), draining */
  async publishByBridge({ bridgeId, streamKey, resumes }: PublishRequest): Promise<PublishGrant> {
    const channel = await this.#options.channels.byStreamKey(streamKey)
    if (resumes) {
      await this.#recovered.promise
      await this.#claims.requireResumable(channel.id, resumes, this.#running.get(channel.id)?.publish !== undefined)
    }
    const publish = await this.#admit(channel, { source: 'rtmp', bridgeId })
    publish.onClosed((reason) => void this.#endAtBridge(bridgeId, publish.id, reason))
    return { publishId: publish.id, broadcastId: publish.broadcastId, channelId: channel.id, channel: channel.name, record: channel.record }
  }

  async openRelay(publishId: PublishId, media: RelayMedia): Promise<RelayTargets> {
    const publish = this.publishById(publishId)
    return publish.openRelay(media)
  }

  /** @throws AppError channel-offline also when another server carries the broadcast, draining */
  async watch({ channel: name, mode, who }: { channel: string; mode: ViewerMode; who: Who }): Promise<Watch> {
    const channel = await this.#options.channels.byName(name)
    const live = this.#running.get(channel.id)
    if (this.#draining) throw new AppError('draining')
    if (!live?.room || live.room.closed) throw new AppError('channel-offline', { message: `${name} is not live` })
    const seat = this.#options.viewers.take({ channel, who, mode })
    const { room } = live
    let tell: (reason: MediaClosedReason) => void = () => undefined
    const onRoomClosed = (): void => tell(live.state === 'ended' ? 'stopped' : 'media-restarted')
    room.once('closed', onRoomClosed)
    return {
      room,
      broadcastId: live.id,
      onClosed: (listener) => (tell = listener),
      release: () => {
        room.off('closed', onRoomClosed)
        seat.release()
      },
    }
  }

  /** Ends a channel's running broadcast, whichever server carries it. @throws AppError channel-offline */
  async stop(channel: Channel, reason: string): Promise<void> {
    await this.#queue.run(channel.id, async () => {
      const live = this.#running.get(channel.id) ?? (await this.#takeOver(channel))
      if (!live) throw new AppError('channel-offline', { message: `${channel.name} is not live` })
      await live.end(reason)
    })
  }

  /** The stream key was replaced: what came in by the old one, at any server, ends; the broadcast waits for the new one. */
  async revokeKey(channel: Channel): Promise<void> {
    this.#options.bus.tell('stream-key-replaced', { channelId: channel.id })
    await this.#endByKey(channel.id)
  }

  /** Tells the host something that concerns the broadcast. */
  async notice(broadcastId: BroadcastId, fact: Omit<Notice, 'at'>): Promise<void> {
    const live = this.byId(broadcastId)
    if (!live) return
    const notice = { ...fact, at: new Date().toISOString() }
    await this.#options.notices.add(broadcastId, notice)
    this.emit('noticed', { channelId: live.channel.id, channel: live.channel.name, notice })
  }

  async replayFinished(broadcastId: BroadcastId, result: ReplayFinished): Promise<void> {
    await finishReplay(this.#options.database, broadcastId, result)
  }

  /** No new joins from now on. */
  drain(): void {
    this.#draining = true
  }

  /** Lets go of all media; the broadcasts themselves wait for their hosts at the next start. */
  close(): void {
    this.#draining = true
    for (const timer of this.#timers) clearInterval(timer)
    for (const live of this.#running.values()) live.release()
  }

  #admit(channel: Channel, { source, bridgeId }: { source: Source; bridgeId?: BridgeId }): Promise<PublishSession> {
    return this.#queue.run(channel.id, async () => {
      if (this.#draining) throw new AppError('draining')
      await requireOpenAccount(this.#options.database, channel)
      for (let tries = 0; tries < CARRY_TRIES; tries += 1) {
        const live = this.#running.get(channel.id) ?? (await this.#takeOver(channel)) ?? (await this.#begin(channel, source))
        if (!live) continue
        const former = live.publish
        try {
          const publish = await live.admit({ source, ...(bridgeId ? { bridgeId } : {}) })
          if (former && !(former.source === 'rtmp' && source === 'rtmp' && former.bridgeId === bridgeId)) await this.notice(live.id, { code: 'replaced', detail: source })
          return publish
        } catch (error) {
          if (!(error instanceof BroadcastMoved)) throw error
          await this.#letGo(live)
        }
      }
      throw new AppError('unavailable', { message: 'Another server takes this channel up at the same time' })
    })
  }

  async #begin(channel: Channel, source: Source): Promise<LiveBroadcast | undefined> {
    const broadcast = await this.#claims.begin(channel, source)
    return broadcast && this.#adopt(channel, broadcast)
  }

  async #takeOver(channel: Channel): Promise<LiveBroadcast | undefined> {
    const broadcast = await this.#claims.takeOver(channel)
    return broadcast && this.#adopt(channel, broadcast)
  }

  async #sweep(): Promise<void> {
    const mine = await this.#claims.mine()
    for (const live of this.all()) if (!mine.has(live.id)) this.#checkCarried(live.channel.id)
    if (this.#draining) return
    for (const { channelId, id } of await this.#claims.orphans()) {
      await this.#queue.run(channelId, async () => {
        const channel = this.#running.has(channelId) ? undefined : await findChannel(this.#options.database, { id: channelId })
        // Looked at once more: its host may have come back meanwhile.
        if (channel && !this.#draining && (await this.#claims.isOrphaned(id))) await this.#takeOver(channel)
      })
    }
  }

  /** Lets go of the channel's broadcast if another server carries it, or it was ended there. */
  #checkCarried(channelId: ChannelId): void {
    const check = async (): Promise<void> => {
      const live = this.#running.get(channelId)
      if (live) await this.#letGo(live)
    }
    this.#queue.run(channelId, check).catch((error: unknown) => this.#options.log.warn({ err: error }, 'a broadcast that may have moved could not be looked up'))
  }

  async #letGo(live: LiveBroadcast): Promise<void> {
    const lost = await this.#claims.lost(live.id)
    if (!lost) return
    this.#options.log.info({ broadcastId: live.id, channel: live.channel.name, lost }, 'broadcast moved to another server')
    this.#forget(live)
    live.release(lost)
  }

  #adopt(channel: Channel, broadcast: Broadcast): LiveBroadcast {
    const { database, log, graceSeconds, bridges, openRoom, viewers } = this.#options
    const plan = { broadcastId: broadcast.id, channel: channel.name, record: channel.record }
    const live = new LiveBroadcast({
      channel,
      broadcast,
      database,
      log,
      graceSeconds,
      openRoom: () => openRoom(broadcast.id),
      packaging: new Packaging({ plan, bridges, log }),
      enqueue: (step) => this.#queue.run(channel.id, step),
      onChanged: (changed) => this.#announce(changed),
      onEnded: (ended) => this.#ended(ended),
      onMoved: () => this.#checkCarried(channel.id),
    })
    live.viewers = viewers.of(channel.id)
    this.#running.set(channel.id, live)
    this.#unfollow.set(live, viewers.follow(channel))
    this.#announce(live)
    return live
  }

  #forget(live: LiveBroadcast): void {
    if (this.#running.get(live.channel.id) === live) this.#running.delete(live.channel.id)
    this.#unfollow.get(live)?.()
    this.#unfollow.delete(live)
  }

  async #ended(live: LiveBroadcast): Promise<void> {
    const { database, finisher } = this.#options
    this.#forget(live)
    live.packaging.close()
    if (live.channel.record) await awaitReplay(database, live.id)
    finisher.finish(live.id, { record: live.channel.record })
  }

  #announce(live: LiveBroadcast): void {
    this.emit('changed', { channelId: live.channel.id, broadcast: live.view() })
  }

  #measure(): void {
    for (const live of this.#running.values()) live.measureIngest().catch((error: unknown) => this.#options.log.warn({ err: error }, 'the way in could not be measured'))
  }

  async #endByKey(channelId: ChannelId): Promise<void> {
    const publish = this.#running.get(channelId)?.publish
    if (publish && publish.source !== 'browser') await publish.end({ finished: false, reason: 'the stream key was replaced' })
  }

  #bridgeLost(bridgeId: BridgeId): void {
    for (const { publish } of this.#running.values())
      if (publish?.bridgeId === bridgeId) void publish.end({ finished: false, reason: 'its bridge is gone' })
  }

  async #endAtBridge(bridgeId: BridgeId, publishId: PublishId, reason: MediaClosedReason): Promise<void> {
    // After `media-restarted` the bridge keeps the connection and asks again, as its next heartbeat tells it.
    if (reason === 'media-restarted') return
    try {
      await this.#options.bridges.client(bridgeId).endPublish(publishId, reason)
    } catch (error) {
      this.#options.log.debug({ err: error, publishId }, 'the bridge no longer holds this connection')
    }
  }
}
