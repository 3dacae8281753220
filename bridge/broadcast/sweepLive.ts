// Removes live folders that nobody needs any more: a while after their end, or long after a crash.
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { MEDIA_PLAYLIST } from '../packaging/LiveFolder.ts'

export type SweepOptions = { readonly liveDir: string; readonly inUse: (broadcastId: string) => boolean; readonly now?: number }

/** Players get a minute to fetch the last segments and to see the end. */
const AFTER_END_MS = 60_000
/** Nothing interrupts a broadcast this long and then goes on. */
const ABANDONED_MS = 24 * 3_600_000

/** Returns the names of the folders that it removed. */
export async function sweepLive({ liveDir, inUse, now = Date.now() }: SweepOptions): Promise<string[]> {
  const names = await readdir(liveDir).catch(() => [])
  const removed: string[] = []
  for (const name of names) {
    if (inUse(name) || !(await isOver(join(liveDir, name), now))) continue
    await rm(join(liveDir, name), { recursive: true, force: true })
    removed.push(name)
  }
  return removed
}

async function isOver(folder: string, now: number): Promise<boolean> {
  const playlist = join(folder, MEDIA_PLAYLIST)
  const changed = await stat(playlist).catch(() => stat(folder).catch(() => undefined))
  if (changed === undefined) return false
  const age = now - changed.mtimeMs
  if (age > ABANDONED_MS) return true
  if (age < AFTER_END_MS) return false
  return /^#EXT-X-ENDLIST$/m.test(await readFile(playlist, 'utf8').catch(() => ''))
}
