// Pushes moving test pictures and a tone with a real ffmpeg, as OBS would, for every test that needs a broadcast from outside.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'

const MAX_STDERR = 64 * 1024
const STOP_GRACE_MS = 4_000

export type PushOptions = {
  /** For example `rtmp://127.0.0.1:1935/live/KEY`. */
  readonly url: string
  /** What x264 is told; `baseline` by default. `bframes` is main profile with two B-frames. */
  readonly video?: 'baseline' | 'main' | 'high' | 'bframes' | 'high10' | 'high422' | 'high444' | 'none'
  readonly audio?: boolean
  /** Pixels, `640x360` by default. */
  readonly size?: string
  readonly framesPerSecond?: number
  /** Seconds between keyframes. */
  readonly gopSeconds?: number
  readonly videoBitrate?: string
  /** Seconds after which ffmpeg stops by itself, so that a forgotten push cannot live on. */
  readonly maxSeconds?: number
  /** False sends as fast as it can. */
  readonly realtime?: boolean
  /** More output options, before the address (`-rtmp_flashver` …). */
  readonly outputOptions?: readonly string[]
}

export type PushExit = { readonly code: number | null; readonly signal: NodeJS.Signals | null }

export type MediaPush = {
  readonly pid: number
  /** Resolves when ffmpeg is gone. */
  readonly exited: Promise<PushExit>
  /** What ffmpeg wrote so far, its last 64 KB. */
  readonly stderr: () => string
  /** Ends it as an encoder's stop button does (unpublish, then close); kills it if that takes over 4 s. */
  stop(): Promise<PushExit>
  /** Ends it as a power cut does. */
  kill(): Promise<PushExit>
}

const X264: Readonly<Record<NonNullable<PushOptions['video']>, readonly string[]>> = {
  baseline: ['-profile:v', 'baseline', '-tune', 'zerolatency', '-pix_fmt', 'yuv420p'],
  main: ['-preset', 'superfast', '-profile:v', 'main', '-tune', 'zerolatency', '-bf', '0', '-pix_fmt', 'yuv420p'],
  high: ['-preset', 'superfast', '-profile:v', 'high', '-tune', 'zerolatency', '-bf', '0', '-pix_fmt', 'yuv420p'],
  bframes: ['-profile:v', 'main', '-bf', '2', '-x264-params', 'b-adapt=0:rc-lookahead=10:sync-lookahead=0', '-pix_fmt', 'yuv420p'],
  high10: ['-profile:v', 'high10', '-tune', 'zerolatency', '-pix_fmt', 'yuv420p10le'],
  high422: ['-profile:v', 'high422', '-tune', 'zerolatency', '-pix_fmt', 'yuv422p'],
  high444: ['-profile:v', 'high444', '-tune', 'zerolatency', '-pix_fmt', 'yuv444p'],
  none: [],
}

/** Starts a push and does not wait for it: wait for the broadcast to appear, or for `exited`. */
export function startPush(options: PushOptions): MediaPush {
  const child = spawn('ffmpeg', pushArguments(options), { stdio: ['ignore', 'ignore', 'pipe'] })
  let stderr = ''
  child.stderr?.on('data', (text: Buffer) => {
    stderr = (stderr + text.toString('utf8')).slice(-MAX_STDERR)
  })
  const exited = new Promise<PushExit>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
  // A push that cannot start is reported to whoever waits for it, not as an unhandled rejection.
  exited.catch(() => undefined)
  return { pid: child.pid ?? 0, exited, stderr: () => stderr, stop: () => stopPush(child, exited), kill: () => killPush(child, exited) }
}

function pushArguments(options: PushOptions): string[] {
  const { url, video = 'baseline', audio = true, size = '640x360', framesPerSecond = 30, gopSeconds = 1, videoBitrate = '800k', maxSeconds = 120, realtime = true } = options
  const pace = realtime ? ['-re'] : []
  const videoInput = video === 'none' ? [] : [...pace, '-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${framesPerSecond}`]
  const audioInput = audio ? [...pace, '-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000'] : []
  const gop = String(Math.round(gopSeconds * framesPerSecond))
  const rate = ['-preset', 'ultrafast', '-b:v', videoBitrate, '-g', gop, '-keyint_min', gop, '-sc_threshold', '0']
  const videoOutput = video === 'none' ? [] : ['-c:v', 'libx264', ...rate, ...X264[video]]
  const audioOutput = audio ? ['-c:a', 'aac', '-b:a', '96k', '-ac', '2'] : []
  const common = ['-hide_banner', '-nostdin', '-loglevel', 'info']
  return [...common, ...videoInput, ...audioInput, ...videoOutput, ...audioOutput, '-t', String(maxSeconds), ...(options.outputOptions ?? []), '-f', 'flv', url]
}

async function stopPush(child: ChildProcess, exited: Promise<PushExit>): Promise<PushExit> {
  child.kill('SIGINT')
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS)
  try {
    return await exited
  } finally {
    clearTimeout(late)
  }
}

async function killPush(child: ChildProcess, exited: Promise<PushExit>): Promise<PushExit> {
  child.kill('SIGKILL')
  return exited
}
