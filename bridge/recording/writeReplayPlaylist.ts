// Makes what is recorded of a broadcast playable: cheap and safe to repeat, so that even a bridge that must go leaves it behind.
import { copyFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from '../Log.ts'
import type { HlsSegment } from '../packaging/HlsSegment.ts'
import { composePlaylist, emptyPlaylist } from '../packaging/livePlaylist.ts'
import { SNAPSHOT_FILE } from '../packaging/Snapshotter.ts'
import { writeAtomically } from '../packaging/writeAtomically.ts'
import { readIndex } from './RecordingIndex.ts'

export type WriteReplayPlaylistOptions = { readonly liveFolder: string; readonly folder: string; readonly log: Log }

/**
 * Writes `index.m3u8` of all segments recorded so far (with EXT-X-ENDLIST; a broadcast that goes on has it rewritten) and
 * `poster.jpg` into the recording's folder. Returns the segments; writes nothing when there are none. Rejects with the
 * system's error.
 */
export async function writeReplayPlaylist({ liveFolder, folder, log }: WriteReplayPlaylistOptions): Promise<readonly HlsSegment[]> {
  const segments = await readIndex(folder)
  if (segments.length === 0) return segments
  const targetDuration = Math.ceil(Math.max(...segments.map(({ duration }) => duration)))
  await writeAtomically(join(folder, 'index.m3u8'), composePlaylist({ ...emptyPlaylist(1), targetDuration, segments, ended: true }, 'vod'))
  await copyPoster(liveFolder, folder).catch((error: unknown) => log.warn({ error: String(error), folder }, 'the replay goes without a poster'))
  return segments
}

async function copyPoster(liveFolder: string, folder: string): Promise<void> {
  const temporary = join(folder, 'poster.tmp.jpg')
  try {
    await copyFile(join(liveFolder, SNAPSHOT_FILE), temporary)
    await rename(temporary, join(folder, 'poster.jpg'))
  } catch (error) {
    // No snapshot was ever taken (sound only), or an earlier finish has taken it already.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
