// Turns the recorded segments of a broadcast into its replay; safe to repeat, from whatever a crash left.
import { copyFile, readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { ReplayFinished } from '../../server/contract/bridgeApi.ts'
import type { FfmpegProcess } from '../ffmpeg/FfmpegProcess.ts'
import type { Log } from '../Log.ts'
import { composePlaylist, emptyPlaylist } from '../packaging/livePlaylist.ts'
import { SNAPSHOT_FILE } from '../packaging/Snapshotter.ts'
import { writeAtomically } from '../packaging/writeAtomically.ts'
import { readIndex } from './RecordingIndex.ts'
import { makeReplayMp4 } from './replayMp4.ts'

export type FinishRecordingOptions = { readonly liveFolder: string; readonly folder: string; readonly log: Log; readonly onProcess: (process: FfmpegProcess) => void }

/** Written last: a finish that finds it with the same number of segments has nothing to do. */
const DONE_FILE = 'replay.json'
const doneSchema = z.object({ segments: z.number(), durationMs: z.number().int(), bytes: z.number().int(), width: z.number().int(), height: z.number().int() })

/** Writes `index.m3u8`, `poster.jpg` and `replay.mp4` into the recording's folder. Never rejects: failure is an outcome. */
export async function finishRecording(options: FinishRecordingOptions): Promise<ReplayFinished> {
  try {
    return await finish(options)
  } catch (error) {
    options.log.error({ error: String(error), folder: options.folder }, 'the recording could not be finished')
    return { state: 'failed', reason: (error instanceof Error ? error.message : String(error)).slice(0, 300) }
  }
}

async function finish(options: FinishRecordingOptions): Promise<ReplayFinished> {
  const { folder, liveFolder } = options
  const segments = await readIndex(folder)
  if (segments.length === 0) return { state: 'empty' }
  await copyPoster(liveFolder, folder)
  const done = await readDone(folder)
  if (done?.segments === segments.length) {
    const { durationMs, bytes, width, height } = done
    return { state: 'ready', durationMs, bytes, width, height }
  }
  const targetDuration = Math.ceil(Math.max(...segments.map(({ duration }) => duration)))
  await writeAtomically(join(folder, 'index.m3u8'), composePlaylist({ ...emptyPlaylist(1), targetDuration, segments, ended: true }, 'vod'))
  const { width, height } = await makeReplayMp4({ ...options, segments })
  const durationMs = Math.round(segments.reduce((sum, { duration }) => sum + duration, 0) * 1_000)
  const { size: bytes } = await stat(join(folder, 'replay.mp4'))
  await writeAtomically(join(folder, DONE_FILE), JSON.stringify({ segments: segments.length, durationMs, bytes, width, height }))
  return { state: 'ready', durationMs, bytes, width, height }
}

async function readDone(folder: string): Promise<z.infer<typeof doneSchema> | undefined> {
  try {
    const done = doneSchema.parse(JSON.parse(await readFile(join(folder, DONE_FILE), 'utf8')))
    const { size } = await stat(join(folder, 'replay.mp4'))
    return size === done.bytes ? done : undefined
  } catch {
    // Not finished before, or not completely: do it (again).
    return undefined
  }
}

async function copyPoster(liveFolder: string, folder: string): Promise<void> {
  const temporary = join(folder, 'poster.tmp.jpg')
  try {
    await copyFile(join(liveFolder, SNAPSHOT_FILE), temporary)
    await rename(temporary, join(folder, 'poster.jpg'))
  } catch (error) {
    // No snapshot was ever taken (sound only), or an earlier finish has taken it already.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
