/** After the launcher was killed its databases may still be shutting down; starting another on the same files must wait for that. */
import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

export interface LeftoverOptions {
  /** File that the server wrote its process id to. */
  pidFile: string
  /** Part of its command line, so that a stranger who got the same id is left alone. */
  commandLineHas: string
  log: (line: string) => void
  /** How long it may take to leave by itself before it is killed, in ms. */
  graceMs?: number
}

/** Resolves once no server of an earlier run works on these files any more. */
export async function endLeftover({ pidFile, commandLineHas, log, graceMs = 20_000 }: LeftoverOptions): Promise<void> {
  const pid = readPid(pidFile)
  const runs = (): boolean => pid > 0 && commandLine(pid).includes(commandLineHas)
  if (!runs()) return
  log(`A server of an earlier run is still there (process ${pid}); asking it to leave.`)
  signal(pid, 'SIGTERM')
  const deadline = Date.now() + graceMs
  while (runs() && Date.now() < deadline) await wait(100)
  if (!runs()) return
  signal(pid, 'SIGKILL')
  while (runs()) await wait(50)
}

function readPid(file: string): number {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10) || 0
  } catch {
    return 0
  }
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    // It left in this very moment.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
