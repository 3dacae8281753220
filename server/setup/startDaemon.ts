/** MariaDB and Redis start the same way: claim the folder, end what was left over, spawn, wait until it answers. */
import { createWriteStream } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { claimFolder } from './claimFolder.ts'
import { endLeftover } from './endLeftover.ts'
import type { PrivateServer, PrivateServerOptions } from './PrivateServer.ts'
import { describeExit, spawnTied } from './spawnTied.ts'
import type { TiedProcess } from './spawnTied.ts'

const STOP_GRACE_MS = 30_000
const POLL_MS = 40

export interface DaemonRecipe extends PrivateServerOptions {
  /** Its name for a person. */
  name: string
  command: string
  args: readonly string[]
  url: string
  socket: string
  pidFile: string
  /** Crash recovery of a big database takes its time. */
  readyMs: number
  /** First start: lays out the data folder. Runs when the folder is ours. */
  prepare: () => Promise<void>
  /** Resolves when it answers; rejects while it does not yet. */
  probe: () => Promise<void>
}

export async function startDaemon(recipe: DaemonRecipe): Promise<PrivateServer> {
  const { name, dataDir, log, socket, pidFile } = recipe
  const release = await claimFolder(dataDir)
  let daemon: TiedProcess | undefined
  try {
    await endLeftover({ pidFile, commandLineHas: socket, log })
    await Promise.all([rm(socket, { force: true }), rm(pidFile, { force: true })])
    await recipe.prepare()
    daemon = await spawnTied({ command: recipe.command, args: recipe.args })
    const output = createWriteStream(logFile(dataDir), { flags: 'a', mode: 0o600 })
    daemon.stdout.pipe(output, { end: false })
    daemon.stderr.pipe(output, { end: false })
    void daemon.exited.then(() => output.end())
    await ready(recipe, daemon)
  } catch (error) {
    await daemon?.stop(STOP_GRACE_MS)
    await release()
    if (daemon) throw new Error(`${name} does not start. Its last words (${logFile(dataDir)}):\n${await lastLines(logFile(dataDir))}`, { cause: error })
    throw error
  }
  const started = daemon
  const exited = started.exited.then(async (exit) => {
    await release()
    return exit
  })
  return {
    url: recipe.url,
    pid: started.pid,
    exited,
    stop: async () => {
      await started.stop(STOP_GRACE_MS)
      await exited
    },
  }
}

async function ready({ name, probe, readyMs }: DaemonRecipe, daemon: TiedProcess): Promise<void> {
  let gone: string | undefined
  void daemon.exited.then((exit) => (gone = describeExit(exit)))
  const deadline = Date.now() + readyMs
  for (;;) {
    try {
      await probe()
      return
    } catch (cause) {
      if (gone) throw new Error(`${name} ended with ${gone}`, { cause })
      if (Date.now() > deadline) throw new Error(`${name} does not answer after ${readyMs / 1000} s`, { cause })
    }
    await wait(POLL_MS)
  }
}

function logFile(dataDir: string): string {
  return path.join(dataDir, 'server.log')
}

async function lastLines(file: string, count = 8): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text.trimEnd().split('\n').slice(-count).join('\n')
}
