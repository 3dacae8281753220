/** Building the worker takes minutes, so one binary serves every clone of this user: here is where it is kept. */
import os from 'node:os'
import path from 'node:path'

/** `$XDG_CACHE_HOME/footlight/mediasoup-worker-<version>-<arch>`; a new mediasoup or another machine type gets a folder of its own. */
export function workerCacheDir(version: string, env: NodeJS.ProcessEnv = process.env): string {
  // The XDG base directory specification says that a relative path is to be ignored.
  const given = env['XDG_CACHE_HOME']
  const base = given && path.isAbsolute(given) ? given : path.join(os.homedir(), '.cache')
  return path.join(base, 'footlight', `mediasoup-worker-${version}-${process.arch}`)
}
