// Turns a keyframe into the live cover every few seconds, by a tiny ffmpeg of its own, so that it never delays anything.
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { FfmpegProcess } from '../ffmpeg/FfmpegProcess.ts'
import { snapshotArguments } from '../ffmpeg/snapshotArguments.ts'
import type { FlvHub } from '../hub/FlvHub.ts'
import type { HubTag } from '../hub/HubTag.ts'
import type { Log } from '../Log.ts'
import { formatForFfmpeg } from '../matroska/MatroskaFormat.ts'

export type SnapshotterOptions = { readonly hub: FlvHub; readonly folder: string; readonly everySeconds: number; readonly log: Log }

export const SNAPSHOT_FILE = 'snapshot.jpg'
const TIMEOUT_MS = 10_000

/** Works from its construction until `close`. */
export class Snapshotter {
  readonly #options: SnapshotterOptions
  readonly #unsubscribe: () => void
  #nextAt = 0
  #busy: Promise<void> | undefined
  #process: FfmpegProcess | undefined

  constructor(options: SnapshotterOptions) {
    this.#options = options
    this.#unsubscribe = options.hub.subscribe({ onTag: (tag) => this.#onTag(tag) })
  }

  async close(): Promise<void> {
    this.#unsubscribe()
    await this.#process?.stop()
    await this.#busy
  }

  #onTag(tag: HubTag): void {
    const now = performance.now()
    if (tag.role !== 'keyframe' || this.#busy || now < this.#nextAt) return
    this.#nextAt = now + this.#options.everySeconds * 1_000
    this.#busy = this.#take(tag)
      .catch((error: unknown) => this.#options.log.warn({ error: String(error) }, 'no snapshot'))
      .finally(() => (this.#busy = undefined))
  }

  async #take(keyframe: HubTag): Promise<void> {
    const { hub, folder, log } = this.#options
    const format = formatForFfmpeg(hub.config)
    const media = Buffer.concat([format.begin({ video: hub.config.video }), format.write(keyframe, 0) ?? Buffer.alloc(0)])
    await mkdir(folder, { recursive: true })
    const temporary = join(folder, `${SNAPSHOT_FILE}.tmp`)
    const commandLine = snapshotArguments({ demuxer: format.demuxer, target: temporary })
    let ok = false
    this.#process = new FfmpegProcess({ role: 'snapshot', commandLine, log, timeoutMs: TIMEOUT_MS, onExit: (exit) => (ok = exit.ok) })
    this.#process.whenRunning((sink) => sink.end(media))
    await this.#process.exited
    if (ok) await rename(temporary, join(folder, SNAPSHOT_FILE))
    else await rm(temporary, { force: true })
  }
}
