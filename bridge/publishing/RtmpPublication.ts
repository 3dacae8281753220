// One accepted RTMP connection: feeds its broadcast, relays it to WebRTC, and can be bound anew when the server forgot it.
import type { PublishGrant } from '../../server/contract/bridgeApi.ts'
import type { BroadcastId, PublishId } from '../../server/contract/ids.ts'
import type { BroadcastPipeline, PipelineSource } from '../broadcast/BroadcastPipeline.ts'
import type { Pipelines } from '../broadcast/Pipelines.ts'
import type { FlvHub } from '../hub/FlvHub.ts'
import type { Log } from '../Log.ts'
import { Relay } from '../relay/Relay.ts'
import type { RtmpPublisher } from '../rtmp/RtmpPublish.ts'
import type { FlvTag } from '../flv/FlvTag.ts'
import type { ServerClient } from '../server/ServerClient.ts'
import { BitrateMeter } from './BitrateMeter.ts'

export type RtmpPublicationOptions = {
  readonly publisher: RtmpPublisher
  /** A secret: asked with again when the server restarts, never logged. */
  readonly streamKey: string
  readonly grant: PublishGrant
  readonly pipelines: Pipelines
  readonly server: ServerClient
  readonly log: Log
  readonly onRelayRestart: () => void
}

export class RtmpPublication {
  readonly #options: RtmpPublicationOptions
  readonly #meter = new BitrateMeter()
  #grant: PublishGrant
  #pipeline: BroadcastPipeline
  #source: PipelineSource
  #relay: Relay
  #metadata: Readonly<Record<string, unknown>> | undefined

  constructor(options: RtmpPublicationOptions) {
    this.#options = options
    this.#grant = options.grant
    this.#pipeline = options.pipelines.obtain(options.grant.broadcastId)
    this.#source = this.#pipeline.attach({ announced: undefined, record: options.grant.record })
    this.#relay = this.#startRelay()
  }

  get publishId(): PublishId {
    return this.#grant.publishId
  }
  get broadcastId(): BroadcastId {
    return this.#grant.broadcastId
  }
  get publisher(): RtmpPublisher {
    return this.#options.publisher
  }
  get streamKey(): string {
    return this.#options.streamKey
  }
  /** ffmpeg's process id while it relays. */
  get relayPid(): number | undefined {
    return this.#relay.pid
  }

  /** Bitrates since the last call. */
  measure(): { videoKbps: number; audioKbps: number } {
    return this.#meter.measure()
  }

  push(tag: FlvTag): void {
    this.#meter.add(tag)
    this.#source.push(tag)
  }

  describe(metadata: Readonly<Record<string, unknown>>): void {
    this.#metadata = metadata
    this.#source.describe(metadata)
  }

  /** Goes on under what the server granted anew: mostly the same broadcast, whose packaging then never stops. */
  async rebind(grant: PublishGrant): Promise<void> {
    const former = this.#pipeline
    const sameBroadcast = grant.broadcastId === this.#grant.broadcastId
    this.#grant = grant
    if (sameBroadcast) return this.#relay.begin(grant.publishId)
    const [relay, source] = [this.#relay, this.#source]
    this.#pipeline = this.#options.pipelines.obtain(grant.broadcastId)
    this.#source = this.#pipeline.attach({ announced: former.announced, record: grant.record })
    if (this.#metadata) this.#source.describe(this.#metadata)
    replay(former.hub, this.#source)
    this.#relay = this.#startRelay()
    await Promise.all([relay.close(), source.detach()])
  }

  /** A newer connection has the broadcast: sends nothing more, and waits to be closed. */
  async supersede(): Promise<void> {
    await this.#relay.close()
  }

  async close(): Promise<void> {
    await Promise.all([this.#relay.close(), this.#source.detach()])
  }

  #startRelay(): Relay {
    const { server, log, onRelayRestart } = this.#options
    const pipeline = this.#pipeline
    const relay = new Relay({
      hub: pipeline.hub,
      log,
      facts: () => pipeline.facts,
      announced: () => pipeline.announced,
      media: (publishId, media) => server.media(publishId, media),
      notice: (notice) => void server.notice(this.broadcastId, notice).catch((error: unknown) => log.warn({ error: String(error) }, 'a notice was not delivered')),
      onRestart: onRelayRestart,
    })
    relay.begin(this.publishId)
    return relay
  }
}

/** An encoder sends its set-up only once: another broadcast gets it from the one before. */
function replay(hub: FlvHub, source: PipelineSource): void {
  const { metadata, video, audio } = hub.config
  for (const tag of [metadata, video?.header, audio?.header]) if (tag) source.push(tag)
  for (const { tag } of hub.cached) source.push(tag)
}
