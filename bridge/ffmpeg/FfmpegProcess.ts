// The one place that runs ffmpeg: every child is started, watched, logged and ended here, and dies with the bridge.
import type { ChildProcess } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { PassThrough } from 'node:stream'
import ffmpeg from 'fluent-ffmpeg'
import type { Log } from '../Log.ts'
import type { FfmpegCommandLine } from './FfmpegCommandLine.ts'
import { ProgressWatch } from './ProgressWatch.ts'
import { TextTail } from './TextTail.ts'

const KILL_AFTER_MS = 3_000
const TAIL_BYTES = 8 * 1024

export type FfmpegExit = { readonly ok: boolean; readonly asked: boolean; readonly reason: string; readonly stderr: string }

export type FfmpegProcessOptions = {
  /** What it is for: `relay`, `packager`, … Names it in logs and metrics. */
  readonly role: string
  readonly commandLine: FfmpegCommandLine
  readonly log: Log
  /** Hand out ffmpeg's standard output (a target `pipe:1` is then not to be named in the command line). */
  readonly readOutput?: { readonly options: readonly string[] }
  /** Ended when `-progress` shows no new media time for so long, ms, while input is being written. 0: never. */
  readonly stallMs?: number
  /** Ended after so long whatever it does, ms. */
  readonly timeoutMs?: number
  /** Runs at a lower priority: live work comes first. */
  readonly background?: boolean
  readonly onExit: (exit: FfmpegExit) => void
}

/** One life of one ffmpeg. `onExit` is called exactly once. */
export class FfmpegProcess {
  readonly output: Readable
  readonly #options: FfmpegProcessOptions
  readonly #tail = new TextTail(TAIL_BYTES)
  readonly #progress: ProgressWatch
  readonly #exited: Promise<void>
  readonly #timers = new Set<NodeJS.Timeout>()
  #resolveExited: () => void = () => {}
  #child: ChildProcess | undefined
  #onStart: ((stdin: Writable) => void)[] = []
  #endReason: string | undefined
  #asked = false
  #done = false

  constructor(options: FfmpegProcessOptions) {
    this.#options = options
    this.#exited = new Promise((resolve) => (this.#resolveExited = resolve))
    this.#progress = new ProgressWatch({ stallMs: options.stallMs ?? 0, onStall: (ms) => this.#fail(`stood still for ${ms} ms`) })
    // Its own close event would make fluent-ffmpeg report an end before the process has ended.
    const output = new PassThrough({ emitClose: false })
    this.output = output
    this.#run(output)
    if (options.timeoutMs) this.#after(options.timeoutMs, () => this.#fail(`took longer than ${options.timeoutMs} ms`))
  }

  /** The process id, once it runs. */
  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** Resolves once it has exited. */
  get exited(): Promise<void> {
    return this.#exited
  }

  /** Calls back with the standard input as soon as the process runs; not at all when it never does. */
  whenRunning(callback: (stdin: Writable) => void): void {
    if (this.#child?.stdin) callback(this.#child.stdin)
    else this.#onStart.push(callback)
  }

  /** Tells the stand-still watch that media went in. */
  fed(): void {
    this.#progress.fed()
  }

  /** Ends its input, so that it finishes what it has; killed when that takes over `withinMs`. */
  async finish(withinMs = KILL_AFTER_MS): Promise<void> {
    this.#asked = true
    this.whenRunning((stdin) => stdin.end())
    this.#after(withinMs, () => void this.stop())
    await this.#exited
  }

  /** SIGINT, and SIGKILL when that is not obeyed. Idempotent. */
  async stop(): Promise<void> {
    this.#asked = true
    this.#terminate()
    await this.#exited
  }

  #fail(reason: string): void {
    this.#endReason ??= reason
    this.#terminate()
  }

  #terminate(): void {
    if (this.#done) return
    this.whenRunning((stdin) => {
      this.#child?.kill('SIGINT')
      // It heeds the signal only between two reads of its input.
      stdin.end()
      // A stopped or wedged ffmpeg handles no signal; it may also sit in a write to a full pipe.
      this.#after(KILL_AFTER_MS, () => this.#child?.kill('SIGKILL'))
    })
  }

  #run(output: PassThrough): void {
    const { commandLine, readOutput } = this.#options
    const command = ffmpeg({ stdoutLines: 1, niceness: this.#options.background ? 10 : 0 })
    // With PR_SET_PDEATHSIG the kernel kills ffmpeg when the bridge is gone, however it went. fluent-ffmpeg has no
    // public way to prefix the program, so its path look-up is answered for this command alone.
    Object.assign(command, { _getFfmpegPath: (callback: (error: null, path: string) => void) => callback(null, 'setpriv') })
    const prefix = ['--pdeathsig', 'KILL', 'ffmpeg', '-hide_banner', '-nostats', '-loglevel', 'level+warning', '-progress', 'pipe:2']
    commandLine.inputs.forEach(({ options, source }, index) => {
      command.input(source)
      command.inputOptions(...asArguments(index === 0 ? [...prefix, ...options] : options))
    })
    for (const { options, target } of commandLine.outputs) command.output(target).outputOptions(...asArguments(options))
    if (readOutput) command.output(output).outputOptions(...asArguments(readOutput.options))
    command
      .on('start', () => this.#started((command as unknown as { ffmpegProc: ChildProcess }).ffmpegProc))
      .on('stderr', (line: string) => this.#line(line))
      .on('end', () => this.#exit(undefined))
      .on('error', (error: Error) => this.#exit(error))
      .run()
  }

  #started(child: ChildProcess): void {
    this.#child = child
    // A dead reader shows as EPIPE here; the exit is what is acted on.
    child.stdin?.on('error', (error) => this.#options.log.debug({ role: this.#options.role, error: error.message }, 'ffmpeg input closed'))
    for (const callback of this.#onStart.splice(0)) if (child.stdin) callback(child.stdin)
  }

  #line(line: string): void {
    if (this.#progress.line(line)) return
    if (line.trim()) this.#tail.push(`${line}\n`)
  }

  #exit(error: Error | undefined): void {
    if (this.#done) return
    this.#done = true
    this.#progress.close()
    for (const timer of this.#timers) clearTimeout(timer)
    const reason = this.#endReason ?? error?.message.split('\n')[0] ?? 'ended'
    const stderr = this.#tail.toString()
    const exit = { ok: error === undefined && this.#endReason === undefined, asked: this.#asked, reason, stderr }
    const fields = { role: this.#options.role, ffmpegPid: this.pid, reason }
    if (exit.ok || exit.asked) this.#options.log.debug(fields, 'ffmpeg ended')
    else this.#options.log.warn({ ...fields, stderr }, 'ffmpeg failed')
    this.#resolveExited()
    this.#options.onExit(exit)
  }

  #after(ms: number, callback: () => void): void {
    if (this.#done) return
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      if (!this.#done) callback()
    }, ms)
    this.#timers.add(timer)
  }
}

/** fluent-ffmpeg splits a lone option at its space; given several it takes each as it is. */
function asArguments(options: readonly string[]): [string, string, ...string[]] {
  if (options.length < 2) throw new Error('an ffmpeg input or output needs at least one option with its value')
  return options as unknown as [string, string, ...string[]]
}

/** Asks ffmpeg once what it can do (fluent-ffmpeg keeps the answer), so that the first broadcast need not wait. Rejects when ffmpeg is missing. */
export async function warmUpFfmpeg(): Promise<void> {
  const ask = (method: 'getAvailableFormats' | 'getAvailableEncoders') =>
    new Promise<void>((resolve, reject) => ffmpeg()[method]((error: Error | null) => (error ? reject(error) : resolve())))
  await ask('getAvailableFormats')
  await ask('getAvailableEncoders')
}

