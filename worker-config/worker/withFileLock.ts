/** Two clones started at once would build the same worker twice over each other: one builds, the other waits for it. */
import { mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** A holder touches its lock this often; a lock untouched for STALE_MS belongs to nobody. */
const TOUCH_MS = 5_000
const STALE_MS = 30_000

export interface FileLockOptions {
  /** Called once when somebody else holds the lock. */
  onWait?: () => void
  pollMs?: number
}

/** Runs `work` while holding `file` as a lock among the processes of this user, and resolves with its result. */
export async function withFileLock<T>(file: string, work: () => Promise<T>, { onWait, pollMs = 500 }: FileLockOptions = {}): Promise<T> {
  await mkdir(path.dirname(file), { recursive: true })
  let told = false
  while (!(await take(file))) {
    if (await isStale(file)) {
      await discard(file)
      continue
    }
    if (!told) {
      told = true
      onWait?.()
    }
    await wait(pollMs)
  }
  const touch = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => undefined), TOUCH_MS)
  try {
    return await work()
  } finally {
    clearInterval(touch)
    await rm(file, { force: true })
  }
}

async function take(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx')
    await handle.writeFile(JSON.stringify({ pid: process.pid, host: os.hostname() }))
    await handle.close()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function isStale(file: string): Promise<boolean> {
  try {
    const age = Date.now() - (await stat(file)).mtimeMs
    if (age > STALE_MS) return true
    const holder = JSON.parse(await readFile(file, 'utf8')) as { pid: number; host: string }
    return holder.host === os.hostname() && !isAlive(holder.pid)
  } catch {
    // Gone or half written at this very moment: look again on the next round.
    return false
  }
}

/** By way of a rename, so that of several that found the lock stale only one removes it. */
async function discard(file: string): Promise<void> {
  const aside = `${file}.stale-${process.pid}`
  try {
    await rename(file, aside)
    await rm(aside, { force: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
