/** Two starts on the same data would ruin it: the first one claims the folder, the second is told who has it. */
import { readFileSync } from 'node:fs'
import { mkdir, open, readFile, rm } from 'node:fs/promises'
import path from 'node:path'

interface Owner {
  pid: number
  /** Tells a process from a later one with the same id; see processStart. */
  started: string
}

/**
 * Claims `folder` (made if need be, readable by its owner alone) until the returned function is called or this process ends.
 * @throws Error with one clear line when a living process holds it.
 */
export async function claimFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = path.join(folder, 'owner.json')
  const self: Owner = { pid: process.pid, started: processStart(process.pid) }
  for (;;) {
    try {
      const handle = await open(file, 'wx', 0o600)
      await handle.writeFile(JSON.stringify(self))
      await handle.close()
      return () => rm(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const owner = await readOwner(file)
    if (owner && processStart(owner.pid) === owner.started) {
      throw new Error(`${folder} is in use by another Footlight (process ${owner.pid}); stop that one, or give this one another DATA_DIR`)
    }
    await rm(file, { force: true })
  }
}

/** Whether a living process holds `folder`. */
export async function isClaimed(folder: string): Promise<boolean> {
  const owner = await readOwner(path.join(folder, 'owner.json'))
  return owner !== undefined && processStart(owner.pid) === owner.started
}

async function readOwner(file: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Owner
  } catch {
    // Left half written by a process that was killed: nobody's.
    return undefined
  }
}

/** Start time of a process in clock ticks since boot (proc_pid_stat(5), field 22); empty when there is no such process. */
export function processStart(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in field 2 may hold spaces and parentheses; what follows the last one is regular.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
