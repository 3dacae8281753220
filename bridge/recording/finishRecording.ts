// Turns the recorded segments of a broadcast into its replay; safe to repeat, from whatever a crash left.
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { ReplayFinished } from '../../server/contract/bridgeApi.ts'
import type { FfmpegProcess } from '../ffmpeg/FfmpegProcess.ts'
import { INIT_FILE } from '../ffmpeg/packagerArguments.ts'
import type { Log } from '../Log.ts'
import type { HlsSegment } from '../packaging/HlsSegment.ts'
import { parseInitSegment } from '../packaging/initSegment.ts'
import { writeAtomically } from '../packaging/writeAtomically.ts'
import { longestRun, recordedRuns, secondsOf } from './recordedRuns.ts'
import { makeReplayMp4 } from './replayMp4.ts'
import { retry } from './retry.ts'
import { writeReplayPlaylist } from './writeReplayPlaylist.ts'

export type FinishRecordingOptions = {
  readonly liveFolder: string
  readonly folder: string
  readonly log: Log
  readonly signal: AbortSignal
  /** Told as soon as the replay can be watched (`bytes` 0: no MP4 yet), and again when its MP4 is there. */
  readonly onOutcome: (outcome: ReplayFinished) => void
  /** Runs the making of an MP4 when the machine has time for it. */
  readonly inTurn: (task: () => Promise<number>) => Promise<number>
  readonly onProcess: (process: FfmpegProcess) => void
}

const PAUSES_MS = [2_000, 15_000]
/** Written last: a finish that finds it with the same number of segments need not make the MP4 again. */
const DONE_FILE = 'replay.json'
const doneSchema = z.object({ segments: z.number(), bytes: z.number().int() })

/**
 * Writes `index.m3u8`, `poster.jpg` and `replay.mp4` into the recording's folder. Failure is an outcome, but for an MP4 that
 * cannot be made: the replay is watched without it, until another finish makes it. Rejects only when the signal aborts.
 */
export async function finishRecording(options: FinishRecordingOptions): Promise<void> {
  const { folder, log, signal, onOutcome, inTurn } = options
  const onFailure = (error: unknown) => log.warn({ error: String(error), folder }, 'a step of finishing a recording failed')
  try {
    const segments = await retry(() => writeReplayPlaylist(options), { pausesMs: PAUSES_MS, signal, onFailure })
    if (segments.length === 0) return onOutcome({ state: 'empty' })
    const bytes = await doneBytes(folder, segments.length)
    const replay = await describeReplay(folder, segments)
    onOutcome({ ...replay, bytes })
    if (bytes > 0) return
    const make = () => inTurn(() => makeMp4(options, segments))
    const made = await retry(make, { pausesMs: PAUSES_MS, signal, onFailure }).catch((error: unknown) => {
      signal.throwIfAborted()
      log.error({ error: String(error), folder }, 'the MP4 of a replay could not be made')
      return 0
    })
    if (made > 0) onOutcome({ ...replay, bytes: made })
  } catch (error) {
    signal.throwIfAborted()
    log.error({ error: String(error), folder }, 'the recording could not be finished')
    onOutcome({ state: 'failed', reason: (error instanceof Error ? error.message : String(error)).slice(0, 300) })
  }
}

async function describeReplay(folder: string, segments: readonly HlsSegment[]): Promise<Extract<ReplayFinished, { state: 'ready' }>> {
  const { name } = longestRun(recordedRuns(segments))
  const { width, height } = parseInitSegment(await readFile(join(folder, name, INIT_FILE)))
  return { state: 'ready', durationMs: Math.round(secondsOf(segments) * 1_000), bytes: 0, width, height }
}

/** Resolves with its size. */
async function makeMp4({ folder, log, signal, onProcess }: FinishRecordingOptions, segments: readonly HlsSegment[]): Promise<number> {
  signal.throwIfAborted()
  await makeReplayMp4({ folder, segments, log, onProcess })
  const { size: bytes } = await stat(join(folder, 'replay.mp4'))
  await writeAtomically(join(folder, DONE_FILE), JSON.stringify({ segments: segments.length, bytes }))
  return bytes
}

/** The size of the MP4 when an earlier finish has made it of as many segments, otherwise 0. */
async function doneBytes(folder: string, segments: number): Promise<number> {
  try {
    const done = doneSchema.parse(JSON.parse(await readFile(join(folder, DONE_FILE), 'utf8')))
    const { size } = await stat(join(folder, 'replay.mp4'))
    return size === done.bytes && segments === done.segments ? size : 0
  } catch {
    // Not finished before, or not completely: do it (again).
    return 0
  }
}
