// Keeps each finished segment of a live broadcast; a disk that refuses stops the recording and nothing else.
import { constants } from 'node:fs'
import { copyFile, link, mkdir, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { INIT_FILE } from '../ffmpeg/packagerArguments.ts'
import type { Log } from '../Log.ts'
import type { HlsSegment } from '../packaging/HlsSegment.ts'
import { appendToIndex } from './RecordingIndex.ts'

export type RecordingProblem = 'disk-full' | 'disk-unwritable'

export type RecorderOptions = {
  /** `<MEDIA_DIR>/live/<broadcastId>` and `<MEDIA_DIR>/recordings/<broadcastId>`. */
  readonly liveFolder: string
  readonly folder: string
  readonly log: Log
  /** Called once, when recording has stopped for good. */
  readonly onStopped: (problem: RecordingProblem) => void
}

/** Room for so many segments stays free, so that the live window can go on where the recording had to stop. */
const RESERVED_SEGMENTS = 24

export class Recorder {
  readonly #options: RecorderOptions
  #run: string | undefined
  #stopped = false

  constructor(options: RecorderOptions) {
    this.#options = options
  }

  get stopped(): boolean {
    return this.#stopped
  }

  /** Takes a finished segment before the live window may delete it. Never rejects. */
  async add(segment: HlsSegment): Promise<void> {
    if (this.#stopped) return
    try {
      await this.#keep(segment)
    } catch (error) {
      this.stop(problemOf(error), error)
    }
  }

  /** Stops for good and says so once. */
  stop(problem: RecordingProblem, cause: unknown): void {
    if (this.#stopped) return
    this.#stopped = true
    this.#options.log.error({ error: String(cause), problem, folder: this.#options.folder }, 'the recording stopped')
    this.#options.onStopped(problem)
  }

  async #keep(segment: HlsSegment): Promise<void> {
    const { liveFolder, folder } = this.#options
    const { run, file } = segment
    const source = join(liveFolder, run, file)
    if (this.#run !== run) {
      await mkdir(join(folder, run), { recursive: true })
      await linkOrCopy(join(liveFolder, run, INIT_FILE), join(folder, run, INIT_FILE))
      this.#run = run
    }
    const [{ size }, disk] = await Promise.all([stat(source), statfs(folder)])
    if (disk.bavail * disk.bsize < size * RESERVED_SEGMENTS) throw Object.assign(new Error('the disk is almost full'), { code: 'ENOSPC' })
    await linkOrCopy(source, join(folder, run, file))
    await appendToIndex(folder, segment)
  }
}

/** A full disk may be emptied, anything else needs the operator: the two ask for different action. */
export function problemOf(error: unknown): RecordingProblem {
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  return code === 'ENOSPC' || code === 'EDQUOT' ? 'disk-full' : 'disk-unwritable'
}

async function linkOrCopy(source: string, target: string): Promise<void> {
  try {
    await link(source, target)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return
    // Another file system, or one that knows no hard links.
    if (!['EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK', 'ENOSYS'].includes(code ?? '')) throw error
    await copyFile(source, target, constants.COPYFILE_FICLONE)
  }
}
