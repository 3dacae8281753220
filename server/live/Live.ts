// Every running broadcast of this server: who may publish, who may watch, and what each of them is told.
import { EventEmitter } from 'node:events'
import type { PublishGrant, PublishRequest, RelayMedia, RelayTargets, ReplayFinished } from '../contract/bridgeApi.ts'
import type { BroadcastView, Notice, Source } from '../contract/broadcast.ts'
import type { BridgeId, BroadcastId, ChannelId, PublishId, UserId } from '../contract/ids.ts'
import type { MediaClosedReason } from '../contract/sockets.ts'
import type { Channels } from '../channels/Channels.ts'
import { findChannel } from '../channels/channelStore.ts'
import type { Channel } from '../channels/channelStore.ts'
import { AppError } from '../core/AppError.ts'
import { KeyedQueue } from '../core/KeyedQueue.ts'
import type { Logger } from '../core/logger.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Room } from '../media/Room.ts'
import { awaitReplay, beginReplay, finishReplay } from '../replay/replayStore.ts'
import type { Bridges } from './bridges/Bridges.ts'
import { insertBroadcast, runningBroadcasts } from './broadcastStore.ts'
import type { Broadcast } from './broadcastStore.ts'
import { LiveBroadcast } from './LiveBroadcast.ts'
import type { NoticeBoard } from './NoticeBoard.ts'
import { Packaging } from './Packaging.ts'
import type { PublishSession } from './PublishSession.ts'
import type { ReplayFinisher } from './ReplayFinisher.ts'
import type { ViewerCount, ViewerMode } from './ViewerCount.ts'
import type { LiveDoor, Publish, Watch } from './whip/liveDoor.ts'

const MEASURE_MS = 5000

export type LiveOptions = {
  readonly database: Database
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
  readonly #queue = new KeyedQueue()
  readonly #running = new Map<ChannelId, LiveBroadcast>()
  readonly #measuring: NodeJS.Timeout
  #draining = false

  constructor(options: LiveOptions) {
    super()
    this.#options = options
    options.viewers.on('counted', ({ channelId, viewers }) => {
      const live = this.#running.get(channelId)
      if (live) live.viewers = viewers
    })
    options.bridges.on('lost', (bridgeId) => this.#bridgeLost(bridgeId))
    this.#measuring = setInterval(() => {
      for (const live of this.#running.values()) live.measureIngest().catch((error: unknown) => options.log.warn({ err: error }, 'the way in could not be measured'))
    }, MEASURE_MS).unref()
  }

  get draining(): boolean {
    return this.#draining
  }

  /** Takes up the broadcasts that were running when the former server stopped: their hosts have the grace time to come back. */
  async recover(): Promise<void> {
    for (const broadcast of await runningBroadcasts(this.#options.database)) {
      const channel = await findChannel(this.#options.database, { id: broadcast.channelId })
      if (channel) this.#running.set(channel.id, this.#adopt(channel, { ...broadcast, state: 'interrupted' }))
    }
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

  /** The signed-in owner goes live from the browser. @throws AppError channel-not-found, forbidden, draining, media-unavailable */
  async publishAsOwner({ channel, userId }: { channel: string; userId: UserId }): Promise<Publish> {
    return this.#admit(await this.#options.channels.ownedByName(channel, userId), { source: 'browser' })
  }

  async publishByKey({ channel, streamKey, source }: { channel: string; streamKey: string; source: 'whip' }): Promise<Publish> {
    return this.#admit(await this.#options.channels.byStreamKey(streamKey, channel), { source })
  }

  /** An RTMP connection a bridge holds. @throws AppError wrong-stream-key, broadcast-not-found (it ended meanwhile), draining */
  async publishByBridge({ bridgeId, streamKey, resumes }: PublishRequest): Promise<PublishGrant> {
    const channel = await this.#options.channels.byStreamKey(streamKey)
    const running = this.#running.get(channel.id)
    if (resumes && running?.id !== resumes) throw new AppError('broadcast-not-found', { message: 'The broadcast has ended' })
    // A connection that was replaced must not win the broadcast back.
    if (resumes && running?.publish) throw new AppError('broadcast-not-found', { message: 'A newer connection has taken over' })
    const publish = await this.#admit(channel, { source: 'rtmp', bridgeId })
    publish.onClosed((reason) => void this.#endAtBridge(bridgeId, publish.id, reason))
    return { publishId: publish.id, broadcastId: publish.broadcastId, channelId: channel.id, channel: channel.name, record: channel.record }
  }

  async openRelay(publishId: PublishId, media: RelayMedia): Promise<RelayTargets> {
    const publish = this.publishById(publishId)
    return publish.openRelay(media)
  }

  async watch({ channel: name, mode }: { channel: string; mode: ViewerMode }): Promise<Watch> {
    const channel = await this.#options.channels.byName(name)
    const live = this.#running.get(channel.id)
    if (this.#draining) throw new AppError('draining')
    if (!live?.room || live.room.closed) throw new AppError('channel-offline', { message: `${name} is not live` })
    const seat = this.#options.viewers.take(channel.id, mode)
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

  /** Ends a channel's running broadcast. @throws AppError channel-offline */
  async stop(channel: Channel, reason: string): Promise<void> {
    await this.#queue.run(channel.id, async () => {
      const live = this.#running.get(channel.id)
      if (!live) throw new AppError('channel-offline', { message: `${channel.name} is not live` })
      await live.end(reason)
    })
  }

  /** The stream key was replaced: what came in by the old one ends, the broadcast waits for the new one. */
  async revokeKey(channel: Channel): Promise<void> {
    const publish = this.#running.get(channel.id)?.publish
    if (publish && publish.source !== 'browser') await publish.end({ finished: false, reason: 'the stream key was replaced' })
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
    clearInterval(this.#measuring)
    for (const live of this.#running.values()) live.release()
  }

  #admit(channel: Channel, { source, bridgeId }: { source: Source; bridgeId?: BridgeId }): Promise<PublishSession> {
    return this.#queue.run(channel.id, async () => {
      if (this.#draining) throw new AppError('draining')
      const live = this.#running.get(channel.id) ?? (await this.#begin(channel, source))
      const former = live.publish
      const publish = await live.admit({ source, ...(bridgeId ? { bridgeId } : {}) })
      if (former && !(former.source === 'rtmp' && source === 'rtmp' && former.bridgeId === bridgeId)) await this.notice(live.id, { code: 'replaced', detail: source })
      return publish
    })
  }

  async #begin(channel: Channel, source: Source): Promise<LiveBroadcast> {
    const { database } = this.#options
    const broadcast = await insertBroadcast(database, { channelId: channel.id, title: channel.title, source })
    if (channel.record) await beginReplay(database, broadcast.id)
    const live = this.#adopt(channel, broadcast)
    this.#running.set(channel.id, live)
    this.#announce(live)
    return live
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
    })
    live.viewers = viewers.of(channel.id)
    return live
  }

  async #ended(live: LiveBroadcast): Promise<void> {
    const { database, finisher } = this.#options
    this.#running.delete(live.channel.id)
    live.packaging.close()
    if (live.channel.record) await awaitReplay(database, live.id)
    finisher.finish(live.id, { record: live.channel.record })
  }

  #announce(live: LiveBroadcast): void {
    this.emit('changed', { channelId: live.channel.id, broadcast: live.view() })
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
