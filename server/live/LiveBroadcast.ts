// One running broadcast: its state, its room and the one connection that feeds it. Its methods run in the channel's queue.
import { setTimeout as setTimeoutPromise } from 'node:timers/promises'
import type { BroadcastView, BroadcastState, Source } from '../contract/broadcast.ts'
import type { BridgeId } from '../contract/ids.ts'
import type { MediaClosedReason } from '../contract/sockets.ts'
import type { Channel } from '../channels/channelStore.ts'
import type { Logger } from '../core/logger.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Room } from '../media/Room.ts'
import { nextState } from './broadcastState.ts'
import type { BroadcastEvent } from './broadcastState.ts'
import { BroadcastMoved, updateBroadcast } from './broadcastStore.ts'
import type { Broadcast } from './broadcastStore.ts'
import type { Packaging } from './Packaging.ts'
import { PublishSession } from './PublishSession.ts'
import type { MediaInfo, PublishEndHow, PublishOwner } from './PublishSession.ts'

/** A smaller change is not worth telling everyone. */
const INGEST_STEP_MS = 5
const RETRY_MS = 1000

export type LiveBroadcastOptions = {
  readonly channel: Channel
  readonly broadcast: Broadcast
  readonly database: Database
  readonly log: Logger
  readonly graceSeconds: number
  readonly openRoom: () => Promise<Room>
  readonly packaging: Packaging
  /** Queues a step behind the channel's others. */
  readonly enqueue: <T>(step: () => Promise<T>) => Promise<T>
  /** Something of the view changed. */
  readonly onChanged: (live: LiveBroadcast) => void
  /** The broadcast has ended; nothing follows. */
  readonly onEnded: (live: LiveBroadcast) => Promise<void>
  /** Another server carries it now: this one has to let go. */
  readonly onMoved: (live: LiveBroadcast) => void
}

export class LiveBroadcast implements PublishOwner {
  readonly channel: Channel
  /** Viewers of all protocols, kept up to date by the live service. */
  viewers = 0
  readonly #options: LiveBroadcastOptions
  readonly #log: Logger
  #broadcast: Broadcast
  #room: Room | undefined
  #publish: PublishSession | undefined
  #info: MediaInfo | undefined
  /** Whose media packaging was last told of; the feed itself follows later changes of it. */
  #packaged: PublishSession | undefined
  #ingestMs: number | null = null
  #graceTimer: NodeJS.Timeout | undefined
  #released = false

  constructor(options: LiveBroadcastOptions) {
    this.#options = options
    this.channel = options.channel
    this.#broadcast = options.broadcast
    this.#log = options.log.child({ broadcastId: options.broadcast.id, channel: options.channel.name })
    this.#waitForHost()
  }

  get id() {
    return this.#broadcast.id
  }

  get state(): BroadcastState {
    return this.#broadcast.state
  }

  get room(): Room | undefined {
    return this.#room
  }

  get publish(): PublishSession | undefined {
    return this.#publish
  }

  get packaging(): Packaging {
    return this.#options.packaging
  }

  view(): BroadcastView {
    const { id, title, source, state, startedAt, liveAt, endedAt, ticket } = this.#broadcast
    const info = this.#info
    return {
      id,
      channel: this.channel.name,
      title,
      source,
      state,
      startedAt: startedAt.toISOString(),
      liveAt: liveAt?.toISOString() ?? null,
      endedAt: endedAt?.toISOString() ?? null,
      viewers: this.viewers,
      video: info && info.layers > 0 ? { width: info.width, height: info.height, layers: info.layers } : null,
      hasAudio: info?.hasAudio ?? false,
      ingestMs: this.#ingestMs,
      ticket,
    }
  }

  /** Lets a connection in; an older one is replaced. @throws AppError media-unavailable, BroadcastMoved */
  async admit({ source, bridgeId }: { source: Source; bridgeId?: BridgeId }): Promise<PublishSession> {
    const room = await this.#openRoom()
    const publish = new PublishSession({ broadcastId: this.id, source, room, bridgeId, owner: this, log: this.#log })
    await this.#update({ source, publishId: publish.id })
    // An RTMP connection is packaged by its own bridge; two sources must never feed one packager.
    if (source === 'rtmp') this.packaging.stop()
    this.#publish?.close('replaced')
    this.#publish = publish
    this.#log.info({ publishId: publish.id, source }, 'publish admitted')
    this.#waitForHost()
    return publish
  }

  mediaStarted(session: PublishSession, info: MediaInfo): Promise<void> {
    return this.#surely(async () => {
      if (session !== this.#publish || session.closed) return
      this.#info = { ...info }
      this.#stopWaiting()
      await this.#step('media-started')
      if (session.source === 'rtmp' || session === this.#packaged) return
      this.#packaged = session
      this.packaging.feedFrom(session.room)
    })
  }

  /** Notes how long media takes from the host to this server: half the round trip, where the source's protocol measures one. */
  async measureIngest(): Promise<void> {
    const { publish } = this
    if (this.state !== 'live' || !publish || publish.source === 'rtmp' || publish.room.closed) return
    const trips = (await publish.room.stats()).producers.flatMap(({ rttMs }) => rttMs ?? [])
    const measured = trips.length > 0 ? Math.round(Math.max(...trips) / 2) : null
    const unchanged = measured === this.#ingestMs || Math.abs((measured ?? 0) - (this.#ingestMs ?? 0)) < INGEST_STEP_MS
    if (unchanged || publish !== this.publish) return
    this.#ingestMs = measured
    this.#options.onChanged(this)
  }

  async publishEnded(session: PublishSession, { finished, reason }: PublishEndHow): Promise<void> {
    const wasMine = await this.#options.enqueue(async () => {
      if (session !== this.#publish) return false
      this.#log.info({ publishId: session.id, finished, reason }, 'publish ended')
      this.#dropPublish('stopped')
      return true
    })
    // Nothing of this concerns a connection that came meanwhile.
    if (wasMine) await this.#surely(async () => (this.#publish ? undefined : finished ? this.end(reason) : this.#interrupt()))
  }

  /** The broadcast is over, by the host's word, the operator's, or because nobody came back. */
  async end(reason: string): Promise<void> {
    if (this.state === 'ended') return
    await this.#step('finished', reason)
    this.#stopWaiting()
    this.#dropPublish('stopped')
    this.packaging.stop()
    this.#room?.close('stopped')
    await this.#options.onEnded(this)
  }

  /**
   * This server lets go: media ends here, the broadcast itself waits for its host, or goes on at another server.
   * @param toHost why the host's connection ends here
   */
  release(toHost: MediaClosedReason = 'media-restarted'): void {
    this.#released = true
    this.#stopWaiting()
    this.#dropPublish(toHost)
    this.packaging.stop()
    this.packaging.close()
    this.#room?.close('media-restarted')
  }

  async #openRoom(): Promise<Room> {
    if (this.#room && !this.#room.closed) return this.#room
    const room = await this.#options.openRoom()
    room.once('failed', () => void this.#surely(() => this.#roomFailed(room)))
    this.#room = room
    return room
  }

  async #roomFailed(room: Room): Promise<void> {
    if (room === this.#room) {
      this.#log.error('the media worker of this broadcast died; waiting for the host to come back')
      this.#room = undefined
      this.#dropPublish('media-restarted')
    }
    if (!this.#publish) await this.#interrupt()
  }

  #dropPublish(reason: MediaClosedReason): void {
    const publish = this.#publish
    this.#publish = undefined
    this.#room?.closeSources()
    publish?.close(reason)
  }

  async #interrupt(): Promise<void> {
    if (this.state === 'ended') return
    this.packaging.stop()
    this.#waitForHost()
    await this.#step('media-lost')
  }

  /** Ends the broadcast when no media flows within the grace time. */
  #waitForHost(): void {
    clearTimeout(this.#graceTimer)
    const timer = setTimeout(() => void this.#surely(async () => (this.#graceTimer === timer ? this.end('grace-expired') : undefined)), this.#options.graceSeconds * 1000)
    this.#graceTimer = timer.unref()
  }

  #stopWaiting(): void {
    clearTimeout(this.#graceTimer)
    this.#graceTimer = undefined
  }

  /** Queues a change that must happen: what the database refuses now is tried again until it takes it. The step checks whether it still applies. */
  async #surely(step: () => Promise<void>): Promise<void> {
    while (!this.#released) {
      try {
        return await this.#options.enqueue(step)
      } catch (error) {
        if (error instanceof BroadcastMoved) return this.#options.onMoved(this)
        this.#log.error({ err: error }, 'a change of this broadcast could not be written; trying again')
      }
      await setTimeoutPromise(RETRY_MS, undefined, { ref: false })
    }
  }

  async #step(event: BroadcastEvent, reason?: string): Promise<void> {
    const state = nextState(this.state, event)
    await this.#update({
      state,
      publishId: state === 'ended' ? null : (this.#publish?.id ?? null),
      ...(state === 'live' && !this.#broadcast.liveAt ? { liveAt: new Date() } : {}),
      ...(state === 'ended' ? { endedAt: new Date(), endReason: reason ?? null } : {}),
    })
  }

  async #update(change: Parameters<typeof updateBroadcast>[2]): Promise<void> {
    const former = this.state
    this.#broadcast = await updateBroadcast(this.#options.database, this.#broadcast, change)
    if (this.state !== former) this.#log.info({ from: former, to: this.state }, 'broadcast changed')
    this.#options.onChanged(this)
  }
}
