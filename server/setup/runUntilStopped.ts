/** Every way of ending the launcher (Ctrl-C, SIGTERM, a closed terminal, an error while starting) takes the same way out. */
import { readFileSync } from 'node:fs'

/** Things to undo, the last one first. */
export type Closers = Array<() => Promise<void>>

export interface RunUntilStoppedOptions {
  /** Starts things and pushes how to end each. When it resolves, they run until a signal comes. */
  start: (closers: Closers) => Promise<void>
  log: (line: string) => void
  logError: (line: string) => void
}

/** Resolves with the exit code when everything has been ended. */
export async function runUntilStopped({ start, log, logError }: RunUntilStoppedOptions): Promise<number> {
  const closers: Closers = []
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve())
  })
  let code = 0
  let asked = false
  void stopped.then(() => {
    asked = true
    log('Stopping.')
  })
  try {
    await Promise.race([start(closers), stopped])
    await stopped
  } catch (error) {
    logError(error instanceof Error ? error.message : String(error))
    code = 1
  }
  for (const close of closers.reverse()) {
    await close().catch((error: unknown) => {
      logError(error instanceof Error ? error.message : String(error))
      code = 1
    })
  }
  endOwnGroup()
  if (asked && code === 0) log('Everything is stopped.')
  return code
}

/** Tools that were still at work (apt, ninja, Vite) share our process group when we lead it; the kept services do not. */
function endOwnGroup(): void {
  const stat = readFileSync('/proc/self/stat', 'utf8')
  const group = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2])
  // Our own handler keeps us alive through this.
  if (group === process.pid) process.kill(-group, 'SIGTERM')
}
