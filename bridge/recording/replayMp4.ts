// Makes the one downloadable MP4 of a recording from its runs.
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FfmpegProcess } from '../ffmpeg/FfmpegProcess.ts'
import type { FfmpegCommandLine } from '../ffmpeg/FfmpegCommandLine.ts'
import { INIT_FILE } from '../ffmpeg/packagerArguments.ts'
import { joinArguments, uniformArguments } from '../ffmpeg/replayArguments.ts'
import type { Log } from '../Log.ts'
import type { HlsSegment } from '../packaging/HlsSegment.ts'
import { parseInitSegment } from '../packaging/initSegment.ts'
import type { InitSegment } from '../packaging/initSegment.ts'
import { composePlaylist, emptyPlaylist } from '../packaging/livePlaylist.ts'
import { longestRun, recordedRuns } from './recordedRuns.ts'
import type { RecordedRun } from './recordedRuns.ts'

export type ReplayMp4Options = {
  readonly folder: string
  readonly segments: readonly HlsSegment[]
  readonly log: Log
  readonly onProcess: (process: FfmpegProcess) => void
}

type Run = { readonly name: string; readonly playlist: string; readonly seconds: number; readonly init: InitSegment; readonly setup: Buffer }

/** Far longer than copying takes; encoding gets a multiple of the recording's own length on top. */
const TIME_LIMIT_MS = 30 * 60_000
const SLOWEST_ENCODING = 4

/**
 * Writes `replay.mp4` (the index at its front). Runs with equal decoder set-ups are joined as they are; when they differ no one
 * MP4 can hold them all unchanged, so every run is encoded to the longest run's size first. Rejects when ffmpeg fails; an earlier `replay.mp4` stays then.
 */
export async function makeReplayMp4(options: ReplayMp4Options): Promise<void> {
  const { folder, segments } = options
  const runs = await Promise.all(recordedRuns(segments).map((run) => describeRun(folder, run)))
  const longest = longestRun(runs)
  const { width, height } = longest.init
  const uniform = runs.every(({ setup }) => setup.equals(longest.setup))
  const list = join(folder, 'runs.ffconcat')
  const temporary = join(folder, 'replay.tmp.mp4')
  const made: string[] = [list, temporary, ...runs.map(({ playlist }) => playlist)]
  try {
    const files: string[] = []
    for (const run of runs) files.push(uniform ? run.playlist : await encodeRun(options, run, { width, height }, made))
    await writeFile(list, `ffconcat version 1.0\n${files.map((file) => `file '${file.replaceAll("'", "'\\''")}'\n`).join('')}`)
    await runFfmpeg(options, joinArguments({ list, target: temporary }), TIME_LIMIT_MS)
    await rename(temporary, join(folder, 'replay.mp4'))
  } finally {
    await Promise.all(made.map((file) => rm(file, { force: true })))
  }
}

async function encodeRun(options: ReplayMp4Options, run: Run, size: { width: number; height: number }, made: string[]): Promise<string> {
  const target = join(options.folder, `${run.name}.tmp.mp4`)
  made.push(target)
  const width = size.width || 1280
  const height = size.height || 720
  const has = (codec: string) => run.init.codecs.some((name) => name.startsWith(codec))
  const commandLine = uniformArguments({ playlist: run.playlist, target, width, height, hasVideo: has('avc1'), hasAudio: has('mp4a') })
  await runFfmpeg(options, commandLine, TIME_LIMIT_MS + run.seconds * 1_000 * SLOWEST_ENCODING)
  return target
}

async function describeRun(folder: string, { name, seconds, segments: recorded }: RecordedRun): Promise<Run> {
  const segments = recorded.map((segment) => ({ ...segment, discontinuity: false }))
  const playlist = join(folder, `${name}.tmp.m3u8`)
  const targetDuration = Math.ceil(Math.max(...segments.map(({ duration }) => duration)))
  await writeFile(playlist, composePlaylist({ ...emptyPlaylist(1), targetDuration, segments, ended: true }, 'vod'))
  const bytes = await readFile(join(folder, name, INIT_FILE))
  return { name, playlist, seconds, init: parseInitSegment(bytes), setup: decoderSetup(bytes) }
}

/** The sample descriptions of all tracks: equal exactly when one decoder set-up fits both runs. */
function decoderSetup(init: Buffer): Buffer {
  const boxes: Buffer[] = []
  for (let at = init.indexOf('stsd'); at !== -1; at = init.indexOf('stsd', at + 4)) boxes.push(init.subarray(at, at - 4 + init.readUInt32BE(at - 4)))
  return Buffer.concat(boxes)
}

async function runFfmpeg({ log, onProcess }: ReplayMp4Options, commandLine: FfmpegCommandLine, timeoutMs: number): Promise<void> {
  const failure = await new Promise<string | undefined>((resolve) => {
    onProcess(new FfmpegProcess({ role: 'replay', commandLine, log, timeoutMs, background: true, onExit: ({ ok, reason }) => resolve(ok ? undefined : reason) }))
  })
  if (failure !== undefined) throw new Error(`making the MP4 failed: ${failure}`)
}
