// One life of a packaging ffmpeg: its folder, its process, and the segments it has finished.
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FfmpegProcess } from '../ffmpeg/FfmpegProcess.ts'
import { packagerArguments, RUN_PLAYLIST } from '../ffmpeg/packagerArguments.ts'
import type { PackagerPlan } from '../ffmpeg/packagerArguments.ts'
import type { FlvHub } from '../hub/FlvHub.ts'
import { TagWriter } from '../hub/TagWriter.ts'
import type { Log } from '../Log.ts'
import { formatForFfmpeg } from '../matroska/MatroskaFormat.ts'
import { parseRunPlaylist } from './runPlaylist.ts'
import type { RunSegment } from './runPlaylist.ts'

export type PackagerRunOptions = {
  readonly name: string
  readonly folder: string
  readonly hub: FlvHub
  readonly plan: Omit<PackagerPlan, 'demuxer' | 'folder'>
  readonly log: Log
  readonly onExit: (reason: string, asked: boolean) => void
}

const MAX_BUFFERED_BYTES = 16 * 1024 * 1024
const STALL_MS = 20_000
const FINISH_MS = 5_000

export class PackagerRun {
  readonly name: string
  readonly #options: PackagerRunOptions
  #process: FfmpegProcess | undefined
  #writer: TagWriter | undefined
  #closed = false
  #exited = false
  #lastFile = ''

  constructor(options: PackagerRunOptions) {
    this.name = options.name
    this.#options = options
  }

  /** Rejects with the system's error when the folder cannot be made. */
  async start(): Promise<void> {
    const { folder, hub, plan, log, onExit } = this.#options
    await mkdir(folder, { recursive: true })
    if (this.#closed) return this.#markExited()
    const format = formatForFfmpeg(hub.config)
    const process = new FfmpegProcess({
      role: 'packager',
      commandLine: packagerArguments({ ...plan, demuxer: format.demuxer, folder }),
      log,
      stallMs: STALL_MS,
      onExit: (exit) => {
        this.#markExited()
        this.#writer?.close()
        onExit(exit.reason, exit.asked)
      },
    })
    this.#process = process
    process.whenRunning((sink) => {
      if (!this.#closed) this.#writer = new TagWriter({ hub, sink, format, maxBufferedBytes: MAX_BUFFERED_BYTES, cached: 'all', onWrite: () => process.fed() })
    })
  }

  get pid(): number | undefined {
    return this.#process?.pid
  }

  /** No further segment will come. */
  get exited(): boolean {
    return this.#exited
  }

  /** Takes no more tags and lets ffmpeg finish its last segment. Idempotent. */
  async finish(): Promise<void> {
    this.#closed = true
    this.#writer?.close()
    if (this.#process) await this.#process.finish(FINISH_MS)
    else this.#markExited()
  }

  /** The segments finished since the last call. */
  async collect(): Promise<RunSegment[]> {
    const text = await readFile(join(this.#options.folder, RUN_PLAYLIST), 'utf8').catch(() => '')
    // File names have five digits and more, and count up.
    const fresh = parseRunPlaylist(text).filter(({ file }) => order(file) > order(this.#lastFile))
    this.#lastFile = fresh.at(-1)?.file ?? this.#lastFile
    return fresh
  }

  #markExited(): void {
    this.#exited = true
  }
}

function order(file: string): number {
  return Number(/(\d+)\.m4s$/.exec(file)?.[1] ?? -1)
}
