/** The installed mediasoup decides which worker fits it: its version, and the worker's sources next to it. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

export interface MediasoupPackage {
  version: string
  /** Absolute path of the worker's sources. */
  workerDir: string
}

export function mediasoupPackage(): MediasoupPackage {
  const main = createRequire(import.meta.url).resolve('mediasoup')
  const root = main.slice(0, main.lastIndexOf(`${path.sep}mediasoup${path.sep}`) + `${path.sep}mediasoup`.length)
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }
  return { version, workerDir: path.join(root, 'worker') }
}
