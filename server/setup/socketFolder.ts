/** A unix socket's path may have 107 bytes only; a clone deep in somebody's folders needs a shorter place for its sockets. */
import { createHash } from 'node:crypto'
import { chmod, lstat, mkdir } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

/** Room is left below sun_path's 108 bytes (unix(7)) for what servers append to the name while they start. */
const MAX_PATH_BYTES = 100

/**
 * Folder for the socket `name` of the server whose files are in `dataDir`: that folder itself, or where the path would be
 * too long a private folder under the system's temporary one, the same for each start.
 * @throws Error when that folder belongs to somebody else.
 */
export async function socketFolder(dataDir: string, name: string, tmpDir: string = os.tmpdir()): Promise<string> {
  const own = path.resolve(dataDir)
  if (Buffer.byteLength(path.join(own, name)) <= MAX_PATH_BYTES) return own
  const key = createHash('sha256').update(own).digest('hex').slice(0, 12)
  const short = path.join(tmpDir, `footlight-${os.userInfo().uid}-${key}`)
  await mkdir(short, { recursive: true, mode: 0o700 })
  const stat = await lstat(short)
  if (!stat.isDirectory() || stat.uid !== os.userInfo().uid) throw new Error(`${short} belongs to somebody else`)
  await chmod(short, 0o700)
  return short
}
