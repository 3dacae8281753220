/** Starts the server or the bridge as a process of its own and waits until it answers. */
import readline from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import type { RunningService } from './keepRunning.ts'
import { describeExit, spawnTied } from './spawnTied.ts'
import type { TiedProcess } from './spawnTied.ts'

const READY_MS = 60_000
const POLL_MS = 50
/** The server drains for up to 15 s; a little more than that. */
const STOP_GRACE_MS = 20_000
const KEPT_LINES = 5

export interface StartNodeServiceOptions {
  name: string
  /** Absolute path of its main file. */
  main: string
  env: NodeJS.ProcessEnv
  /** Answers 2xx once it is ready. */
  healthUrl: string
  /** Every line of its standard output. */
  onLine: (line: string) => void
  /** Every line of its standard error. */
  onErrorLine: (line: string) => void
  signal: AbortSignal
}

/**
 * Resolves when `healthUrl` answers.
 * @throws Error with what the process said on standard error when it ends before that.
 */
export async function startNodeService(options: StartNodeServiceOptions): Promise<RunningService> {
  const child = await spawnTied({ command: process.execPath, args: ['--disable-warning=ExperimentalWarning', options.main], env: options.env })
  const complaints: string[] = []
  readline.createInterface({ input: child.stdout }).on('line', options.onLine)
  readline.createInterface({ input: child.stderr }).on('line', (line) => {
    complaints.push(line)
    if (complaints.length > KEPT_LINES) complaints.shift()
    options.onErrorLine(line)
  })
  try {
    await ready(options, child, complaints)
  } catch (error) {
    await child.stop(STOP_GRACE_MS)
    throw error
  }
  return {
    exited: child.exited,
    stop: async () => {
      await child.stop(STOP_GRACE_MS)
    },
  }
}

async function ready({ name, healthUrl, signal }: StartNodeServiceOptions, child: TiedProcess, complaints: string[]): Promise<void> {
  let gone: string | undefined
  void child.exited.then((exit) => (gone = describeExit(exit)))
  const deadline = Date.now() + READY_MS
  for (;;) {
    signal.throwIfAborted()
    if (gone) throw new Error(complaints.join('\n') || `the ${name} ended with ${gone}`)
    if (await isHealthy(healthUrl)) return
    if (Date.now() > deadline) throw new Error(`the ${name} does not answer at ${healthUrl} after ${READY_MS / 1000} s`)
    await wait(POLL_MS)
  }
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) })
    await response.body?.cancel()
    return response.ok
  } catch {
    // Not listening yet; the caller asks again or finds the process gone.
    return false
  }
}
