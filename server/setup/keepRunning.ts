/** A process that crashed comes back by itself, quickly at first and then with patience. */
import { setTimeout as sleep } from 'node:timers/promises'
import { describeExit } from './spawnTied.ts'
import type { Exit } from './spawnTied.ts'

const FIRST_DELAY_MS = 200
const LONGEST_DELAY_MS = 5_000
/** A process that ran this long was healthy: its next crash starts counting anew. */
const STEADY_MS = 30_000

export interface RunningService {
  /** Resolves when it is gone. Never rejects. */
  readonly exited: Promise<Exit>
  stop(): Promise<void>
}

export interface KeepRunningOptions {
  name: string
  /** Resolves when it is ready. Should give up when `signal` aborts. */
  start: (signal: AbortSignal) => Promise<RunningService>
  /** Takes lines for a person to read. */
  log: (line: string) => void
  /** Waits `ms`, or rejects when the signal aborts. */
  wait?: (ms: number, signal: AbortSignal) => Promise<void>
}

export interface KeptService {
  /** Resolves when it is ready for the first time; rejects when that first start fails. */
  readonly ready: Promise<void>
  /** Ends it for good, also while it is starting. May be called again. */
  stop(): Promise<void>
}

/** Starts a service and starts it again whenever it ends, until `stop`. Only the very first start may fail. */
export function keepRunning({ name, start, log, wait = (ms, signal) => sleep(ms, undefined, { signal }) }: KeepRunningOptions): KeptService {
  const stopping = new AbortController()
  const { signal } = stopping
  let current: RunningService | undefined

  const startAgain = async (delay: number): Promise<RunningService> => {
    for (let next = delay; ; next = Math.min(next * 2, LONGEST_DELAY_MS)) {
      await wait(next, signal)
      try {
        return await start(signal)
      } catch (error) {
        signal.throwIfAborted()
        log(`${name} does not start: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  }

  const watch = async (service: RunningService): Promise<void> => {
    let delay = FIRST_DELAY_MS
    for (let running = service; ; ) {
      current = running
      const since = Date.now()
      const exit = await running.exited
      if (signal.aborted) return
      delay = Date.now() - since > STEADY_MS ? FIRST_DELAY_MS : delay
      log(`${name} ended unexpectedly (${describeExit(exit)}); starting it again`)
      running = await startAgain(delay)
      delay = Math.min(delay * 2, LONGEST_DELAY_MS)
      log(`${name} is back`)
    }
  }

  const first = start(signal)
  // Its end after a stop is no news; `ready` tells of a failed first start.
  const watching = first.then(watch).catch((error: unknown) => error)
  return {
    ready: first.then(() => undefined),
    stop: async () => {
      stopping.abort()
      await current?.stop()
      await first.then((service) => service.stop()).catch(() => undefined)
      await watching
      await current?.stop()
    },
  }
}
