/** Starts a process that leaves when we leave, even when we are killed outright, and that a terminal's Ctrl-C does not reach. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { Readable } from 'node:stream'

/** util-linux, on every Debian; elsewhere a child outlives a launcher that was killed by SIGKILL. */
const SETPRIV = '/usr/bin/setpriv'

export interface SpawnTiedOptions {
  command: string
  args: readonly string[]
  cwd?: string
  env?: NodeJS.ProcessEnv
}

export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

export interface TiedProcess {
  readonly pid: number
  readonly stdout: Readable
  readonly stderr: Readable
  /** Resolves when the process is gone and its output has been read. Never rejects. */
  readonly exited: Promise<Exit>
  /** SIGTERM; SIGKILL if it is still there after `graceMs`. Resolves when it is gone. May be called again. */
  stop(graceMs: number): Promise<Exit>
}

/**
 * Ctrl-C goes to a terminal's whole foreground group; a session of its own (`detached`) keeps a child out of it, so that
 * the launcher alone decides the order of stopping. PR_SET_PDEATHSIG (prctl(2)) sends the child SIGTERM when we die.
 *
 * @throws Error when the command cannot be started.
 */
export async function spawnTied({ command, args, cwd, env = process.env }: SpawnTiedOptions): Promise<TiedProcess> {
  const [file, argv] = existsSync(SETPRIV) ? [SETPRIV, ['--pdeathsig', 'TERM', command, ...args]] : [command, [...args]]
  const child = spawn(file, argv, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', reject)
  })
  const exited = new Promise<Exit>((resolve) => child.once('close', (code, signal) => resolve({ code, signal })))
  const kill = (signal: NodeJS.Signals): void => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
  }
  return {
    pid: child.pid ?? 0,
    stdout: child.stdout,
    stderr: child.stderr,
    exited,
    stop: async (graceMs) => {
      kill('SIGTERM')
      const timer = setTimeout(() => kill('SIGKILL'), graceMs)
      const exit = await exited
      clearTimeout(timer)
      return exit
    },
  }
}

/** `code 3` or `SIGKILL`, for a person. */
export function describeExit({ code, signal }: Exit): string {
  return signal ?? `code ${code ?? 'unknown'}`
}
