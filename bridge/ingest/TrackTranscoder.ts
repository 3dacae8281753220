// Runs one track through ffmpeg: Matroska in, FLV tags out, started again when it dies.
import type { Writable } from 'node:stream'
import { FfmpegProcess } from '../ffmpeg/FfmpegProcess.ts'
import { audioIngestArguments, videoIngestArguments } from '../ffmpeg/ingestArguments.ts'
import { Supervised } from '../ffmpeg/Supervised.ts'
import type { FlvTag } from '../flv/FlvTag.ts'
import { FlvReader } from '../flv/FlvReader.ts'
import type { Log } from '../Log.ts'
import { MatroskaStream } from '../matroska/MatroskaStream.ts'
import type { MatroskaTrack } from '../matroska/MatroskaStream.ts'

export type TrackTranscoderOptions = {
  readonly track: MatroskaTrack
  readonly log: Log
  readonly onTag: (tag: FlvTag) => void
  readonly onRestart?: () => void
  readonly onGiveUp: (reason: string) => void
}

const MAX_BUFFERED_BYTES = 2 * 1024 * 1024
/** Three seconds at 30 pictures a second. */
const MAX_EARLY_FRAMES = 90
const MAX_TAG_BYTES = 8 * 1024 * 1024
const STALL_MS = 10_000

export class TrackTranscoder {
  readonly #options: TrackTranscoderOptions
  readonly #supervised: Supervised
  #process: FfmpegProcess | undefined
  #sink: Writable | undefined
  #stream: MatroskaStream | undefined
  /** Video can only begin, and go on after a skip, with a keyframe. */
  #waiting = true
  /** Frames since the last keyframe while ffmpeg is starting. */
  #early: (readonly [timestamp: number, keyframe: boolean, data: Buffer])[] = []

  constructor(options: TrackTranscoderOptions) {
    this.#options = options
    this.#supervised = new Supervised({ start: () => this.#start(), onRestart: () => options.onRestart?.(), onGiveUp: options.onGiveUp })
    this.#supervised.start()
  }

  get pid(): number | undefined {
    return this.#process?.pid
  }

  /** A frame at `timestamp` ms of the ingest's clock. */
  push(timestamp: number, keyframe: boolean, data: Buffer): void {
    const sink = this.#sink
    if (!sink || !this.#stream) return this.#keep(timestamp, keyframe, data)
    if (sink.destroyed) return
    if (sink.writableLength > MAX_BUFFERED_BYTES) this.#waiting = true
    if (this.#waiting && (!keyframe || sink.writableLength > MAX_BUFFERED_BYTES / 2)) return
    this.#waiting = false
    sink.write(this.#stream.block(1, timestamp, keyframe, data))
    this.#process?.fed()
  }

  #keep(timestamp: number, keyframe: boolean, data: Buffer): void {
    if (keyframe && this.#options.track.kind === 'video') this.#early = []
    this.#early.push([timestamp, keyframe, data])
    if (this.#early.length > MAX_EARLY_FRAMES) this.#early.shift()
  }

  async close(): Promise<void> {
    this.#supervised.stop()
    this.#sink = undefined
    await this.#process?.stop()
  }

  #start(): void {
    const { track, log, onTag } = this.#options
    const { inputs, output } = track.kind === 'audio' ? audioIngestArguments() : videoIngestArguments({ width: track.width ?? 1280, height: track.height ?? 720 })
    const process = new FfmpegProcess({
      role: 'ingest',
      commandLine: { inputs, outputs: [] },
      readOutput: { options: output },
      log,
      stallMs: STALL_MS,
      onExit: (exit) => {
        if (process !== this.#process) return
        this.#sink = undefined
        if (!exit.asked) this.#supervised.failed(exit.reason)
      },
    })
    this.#process = process
    const reader = new FlvReader({ maxTagBytes: MAX_TAG_BYTES, onTag: (tag) => (tag.type === 'script' ? undefined : onTag(tag)) })
    process.output.on('data', (chunk: Buffer) => {
      try {
        reader.push(chunk)
      } catch (error) {
        log.warn({ error: String(error) }, 'ffmpeg wrote no FLV')
        void process.stop().then(() => this.#supervised.failed('wrote no FLV'))
      }
    })
    process.whenRunning((sink) => {
      if (process !== this.#process) return
      this.#stream = new MatroskaStream([track])
      this.#waiting = true
      sink.write(this.#stream.begin())
      this.#sink = sink
      for (const frame of this.#early.splice(0)) this.push(...frame)
    })
  }
}
