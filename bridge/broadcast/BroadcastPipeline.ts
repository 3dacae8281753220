// All that the bridge does for one broadcast, whatever its source: hub, HLS, snapshots, recording, HTTP-FLV readers.
import { rm } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import type { BridgeNotice } from '../../server/contract/bridgeApi.ts'
import type { BroadcastId } from '../../server/contract/ids.ts'
import type { FlvTag } from '../flv/FlvTag.ts'
import { FlvFormat } from '../hub/FlvFormat.ts'
import { FlvHub } from '../hub/FlvHub.ts'
import { TagWriter } from '../hub/TagWriter.ts'
import { sourceFacts } from '../hub/videoFacts.ts'
import type { SourceFacts } from '../hub/videoFacts.ts'
import type { Log } from '../Log.ts'
import { LiveFolder } from '../packaging/LiveFolder.ts'
import { Packager } from '../packaging/Packager.ts'
import { Snapshotter } from '../packaging/Snapshotter.ts'
import { Recorder } from '../recording/Recorder.ts'
import { writeReplayPlaylist } from '../recording/writeReplayPlaylist.ts'
import type { Announced } from '../relay/relayDecision.ts'
import type { MediaSettings } from './MediaSettings.ts'
import { recordingFolder, liveFolder } from './MediaSettings.ts'

export type BroadcastPipelineOptions = {
  readonly broadcastId: BroadcastId
  readonly media: MediaSettings
  readonly log: Log
  readonly notice: (notice: BridgeNotice) => void
  readonly onRestart: (role: 'packager') => void
}

/** What may wait for a slow HTTP-FLV reader before it loses frames: several seconds at high bitrates. */
const MAX_READER_BYTES = 4 * 1024 * 1024

/** One source at a time: the newest to `attach` is heard, tags of any other are dropped. */
export class BroadcastPipeline {
  readonly broadcastId: BroadcastId
  readonly hub = new FlvHub()
  readonly #options: BroadcastPipelineOptions
  readonly #packager: Packager
  readonly #live: LiveFolder
  readonly #readers = new Set<Writable>()
  #snapshotter: Snapshotter | undefined
  #source: symbol | undefined
  #metadata: Readonly<Record<string, unknown>> = {}
  #announced: Announced
  #record = false
  #idleSince = performance.now()

  constructor(options: BroadcastPipelineOptions) {
    const { broadcastId, media, log, notice } = options
    this.#options = options
    this.broadcastId = broadcastId
    const folder = liveFolder(media, broadcastId)
    this.#live = new LiveFolder({ folder, segmentSeconds: media.segmentSeconds, window: media.window, frameRate: () => this.facts.frameRate })
    const recorder = new Recorder({
      liveFolder: folder,
      folder: recordingFolder(media, broadcastId),
      log,
      onStopped: (problem) => notice({ code: 'recording-stopped', detail: problem }),
    })
    this.#packager = new Packager({
      hub: this.hub,
      live: this.#live,
      segmentSeconds: media.segmentSeconds,
      log,
      facts: () => this.facts,
      announced: () => this.#announced,
      notice,
      onSegment: async (segment) => {
        if (this.#record) await recorder.add(segment)
      },
      onRestart: () => options.onRestart('packager'),
    })
  }

  get facts(): SourceFacts {
    return sourceFacts(this.hub.config, this.#metadata)
  }

  get announced(): Announced {
    return this.#announced
  }

  /** Whether a source feeds it now, and since when (performance.now) not. */
  get active(): boolean {
    return this.#source !== undefined
  }
  get idleMs(): number {
    return this.active ? 0 : performance.now() - this.#idleSince
  }

  /** Makes a source the one that is heard; the result feeds and names it. */
  attach({ announced, record }: { readonly announced: Announced; readonly record: boolean }): PipelineSource {
    const source = Symbol('source')
    this.#source = source
    this.#record = record
    this.#announced = announced
    this.#metadata = {}
    this.hub.beginSource()
    this.#packager.nextRun()
    this.#packager.start().catch((error: unknown) => this.#options.log.error({ error: String(error) }, 'packaging could not start'))
    const { media, log } = this.#options
    this.#snapshotter ??= new Snapshotter({ hub: this.hub, folder: this.#live.folder, everySeconds: media.snapshotSeconds, log })
    return {
      push: (tag) => {
        if (this.#source === source) this.hub.publish(tag)
      },
      describe: (metadata) => {
        if (this.#source !== source) return
        this.#metadata = metadata
        this.#announced = { video: metadata['videocodecid'] !== undefined, audio: metadata['audiocodecid'] !== undefined }
      },
      detach: async () => {
        if (this.#source === source) await this.#rest()
      },
    }
  }

  /** The source is gone for now: finishes the segment at hand, and leaves the recording playable should nobody come back. */
  async #rest(): Promise<void> {
    this.#source = undefined
    this.#idleSince = performance.now()
    const snapshotter = this.#snapshotter
    this.#snapshotter = undefined
    await Promise.all([this.#packager.stop(), snapshotter?.close()])
    if (this.#record) await this.#keepPlayable()
  }

  async #keepPlayable(): Promise<void> {
    const { media, log } = this.#options
    await writeReplayPlaylist({ liveFolder: this.#live.folder, folder: recordingFolder(media, this.broadcastId), log }).catch((error: unknown) => {
      log.warn({ error: String(error), broadcastId: this.broadcastId }, 'the recording has no playlist yet')
    })
  }

  /** HTTP-FLV readers now. */
  get readers(): number {
    return this.#readers.size
  }

  /** Feeds an HTTP-FLV reader from a keyframe on, until it closes or the pipeline does. */
  serve(sink: Writable, onWrite: (bytes: number) => void): void {
    const writer = new TagWriter({ hub: this.hub, sink, format: new FlvFormat(), maxBufferedBytes: MAX_READER_BYTES, cached: 'all', onWrite })
    this.#readers.add(sink)
    sink.once('close', () => {
      this.#readers.delete(sink)
      writer.close()
    })
  }

  /** Stops everything and ends its readers; the broadcast may come back, here or on another bridge. */
  async close(): Promise<void> {
    for (const reader of this.#readers) reader.end()
    await this.#rest()
  }

  /** ffmpeg's process id while it packages. */
  get packagerPid(): number | undefined {
    return this.#packager.pid
  }
}

export type PipelineSource = {
  push(tag: FlvTag): void
  /** The decoded onMetaData. */
  describe(metadata: Readonly<Record<string, unknown>>): void
  /** Takes this source away, if it is still the one that is heard. */
  detach(): Promise<void>
}

/** Closes a broadcast's HLS for good, also one that this bridge never packaged. */
export async function endLive(media: MediaSettings, broadcastId: BroadcastId): Promise<void> {
  const folder = liveFolder(media, broadcastId)
  const live = new LiveFolder({ folder, segmentSeconds: media.segmentSeconds, window: media.window, frameRate: () => 0 })
  await live.load()
  if (!(await live.end())) await rm(folder, { recursive: true, force: true })
}
