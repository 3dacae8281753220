// The public HLS folder of one broadcast: keeps its playlists right and its size bounded, over any number of runs and bridges.
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { INIT_FILE } from '../ffmpeg/packagerArguments.ts'
import type { HlsSegment } from './HlsSegment.ts'
import { parseInitSegment } from './initSegment.ts'
import type { InitSegment } from './initSegment.ts'
import { appendSegment, composePlaylist, emptyPlaylist, parsePlaylist } from './livePlaylist.ts'
import type { LivePlaylist } from './livePlaylist.ts'
import { composeMaster } from './masterPlaylist.ts'
import type { RunSegment } from './runPlaylist.ts'
import { writeAtomically } from './writeAtomically.ts'

export type LiveFolderOptions = { readonly folder: string; readonly segmentSeconds: number; readonly window: number; readonly frameRate: () => number }

export const MEDIA_PLAYLIST = 'media.m3u8'
export const MASTER_PLAYLIST = 'index.m3u8'

/** A player may still be fetching what has just left the window. */
const KEPT_AFTER_WINDOW = 4

export class LiveFolder {
  readonly #options: LiveFolderOptions
  #playlist: LivePlaylist
  #leaving: HlsSegment[] = []
  #master: { run: string; init: InitSegment; peak: number } | undefined
  #bits = 0
  #seconds = 0

  constructor(options: LiveFolderOptions) {
    this.#options = options
    this.#playlist = emptyPlaylist(options.segmentSeconds)
  }

  get folder(): string {
    return this.#options.folder
  }

  /** Reads what is there already: an earlier life of this or another bridge may have begun it. */
  async load(): Promise<void> {
    await mkdir(this.folder, { recursive: true })
    const text = await readFile(join(this.folder, MEDIA_PLAYLIST), 'utf8').catch(() => undefined)
    if (text !== undefined) this.#playlist = { ...parsePlaylist(text, this.#options.segmentSeconds), ended: false }
  }

  /** A name for a new run that no earlier run has. */
  async nextRun(): Promise<string> {
    const entries = await readdir(this.folder).catch(() => [])
    const numbers = entries.map((name) => Number(/^run-(\d+)$/.exec(name)?.[1] ?? 0))
    return `run-${Math.max(0, ...numbers) + 1}`
  }

  /** Lists a finished segment; its files are there. Rejects with the system's error. */
  async add(run: string, segment: RunSegment): Promise<HlsSegment> {
    const previous = this.#playlist.segments.at(-1)
    const first = previous === undefined && this.#playlist.mediaSequence === 0
    const listed: HlsSegment = { run, ...segment, discontinuity: !first && previous?.run !== run }
    const { playlist, left } = appendSegment(this.#playlist, listed, this.#options.window)
    this.#playlist = playlist
    await this.#describe(listed)
    await this.#write()
    this.#leaving.push(...left)
    const gone = this.#leaving.splice(0, Math.max(0, this.#leaving.length - KEPT_AFTER_WINDOW))
    await Promise.all(gone.map(({ run: folder, file }) => rm(join(this.folder, folder, file), { force: true })))
    return listed
  }

  /** Tells players that nothing more comes. False when there never was a segment to play. */
  async end(): Promise<boolean> {
    if (this.#playlist.segments.length === 0) return false
    this.#playlist = { ...this.#playlist, ended: true }
    await this.#write()
    return true
  }

  async #write(): Promise<void> {
    await writeAtomically(join(this.folder, MEDIA_PLAYLIST), composePlaylist(this.#playlist))
  }

  async #describe({ run, file, duration }: HlsSegment): Promise<void> {
    const { size } = await stat(join(this.folder, run, file))
    this.#bits += size * 8
    this.#seconds += duration
    const rate = duration > 0 ? (size * 8) / duration : 0
    const known = this.#master?.run === run ? this.#master : undefined
    if (known && rate <= known.peak) return
    const init = known?.init ?? parseInitSegment(await readFile(join(this.folder, run, INIT_FILE)))
    // Room to grow: the master playlist should not change with every lively scene.
    this.#master = { run, init, peak: rate * 1.25 }
    const facts = { ...init, peak: this.#master.peak, average: this.#seconds > 0 ? this.#bits / this.#seconds : rate, frameRate: this.#options.frameRate() }
    await writeAtomically(join(this.folder, MASTER_PLAYLIST), composeMaster(facts, MEDIA_PLAYLIST))
  }
}
