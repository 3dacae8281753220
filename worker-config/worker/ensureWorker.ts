/** mediasoup's media engine is a binary of its own; this finds one that runs here, or makes one. */
import { access, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { missingBuildPackages } from './buildPackages.ts'
import { buildWorker } from './buildWorker.ts'
import { downloadWorker } from './downloadWorker.ts'
import { mediasoupPackage } from './mediasoupPackage.ts'
import { withFileLock } from './withFileLock.ts'
import { workerAnswers, workerLoads } from './workerAnswers.ts'
import { workerCacheDir } from './workerCacheDir.ts'

export interface EnsureWorkerOptions {
  /** Takes lines for a person to read. */
  log: (line: string) => void
  /** Where binaries are kept; by default `workerCacheDir`. */
  cacheDir?: string
  env?: NodeJS.ProcessEnv
  /** Installs the named Debian packages before a build. Without it, a missing one is an error that names them. */
  installPackages?: (names: string[]) => Promise<void>
}

/**
 * Absolute path of a mediasoup-worker that answers: MEDIASOUP_WORKER_BIN if given, else the one in the cache, else
 * mediasoup's ready-made one, else one built here. Throws an Error with a readable message when none can be had.
 */
export async function ensureWorker({ log, cacheDir, env = process.env, installPackages }: EnsureWorkerOptions): Promise<string> {
  const given = env['MEDIASOUP_WORKER_BIN']
  if (given) return checkGiven(path.resolve(given))

  const { version, workerDir } = mediasoupPackage()
  const dir = cacheDir ?? workerCacheDir(version, env)
  const bin = path.join(dir, 'mediasoup-worker')
  if (await workerLoads(bin)) return bin

  const onWait = (): void => log('Another start is getting the mediasoup worker; waiting for it.')
  return withFileLock(path.join(dir, 'lock'), async () => {
    if (await workerLoads(bin)) return bin
    await removeLeftovers(dir)
    const scratchDir = await mkdtemp(path.join(dir, 'scratch-'))
    try {
      const fresh = (await tryDownload({ version, scratchDir, env, log })) ?? (await build({ workerDir, scratchDir, log, installPackages }))
      await rename(fresh, bin)
    } finally {
      await rm(scratchDir, { recursive: true, force: true })
    }
    log(`The mediasoup worker ${version} answers; it is kept in ${dir}`)
    return bin
  }, { onWait })
}

async function checkGiven(bin: string): Promise<string> {
  await access(bin).catch(() => {
    throw new Error(`MEDIASOUP_WORKER_BIN names ${bin}, which is not there`)
  })
  const answer = await workerAnswers(bin)
  if (!answer.ok) throw new Error(`MEDIASOUP_WORKER_BIN names ${bin}, but no worker answers from it: ${answer.reason}`)
  return bin
}

interface DownloadAttempt {
  version: string
  scratchDir: string
  env: NodeJS.ProcessEnv
  log: (line: string) => void
}

async function tryDownload({ version, scratchDir, env, log }: DownloadAttempt): Promise<string | undefined> {
  if (env['MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD']) return undefined
  log(`Downloading the mediasoup worker ${version}.`)
  try {
    const targetDir = path.join(scratchDir, 'download')
    await mkdir(targetDir)
    const bin = await downloadWorker({ version, targetDir, env })
    const answer = await workerAnswers(bin)
    if (answer.ok) return bin
    log(`The downloaded worker does not run on this machine: ${answer.reason}.`)
  } catch (error) {
    log(`It cannot be downloaded (${reason(error)}).`)
  }
  return undefined
}

interface BuildAttempt extends Pick<EnsureWorkerOptions, 'log' | 'installPackages'> {
  workerDir: string
  scratchDir: string
}

async function build({ workerDir, scratchDir, log, installPackages }: BuildAttempt): Promise<string> {
  const missing = missingBuildPackages()
  if (missing.length > 0) {
    if (!installPackages) throw new Error(`Building the mediasoup worker needs: apt-get install ${missing.join(' ')}`)
    await installPackages(missing)
  }
  log('Building the mediasoup worker; this happens once and takes some minutes.')
  const bin = await buildWorker({ workerDir, scratchDir, log })
  const answer = await workerAnswers(bin)
  if (!answer.ok) throw new Error(`The mediasoup worker was built, but does not answer: ${answer.reason}`)
  return bin
}

/** Scratch folders of builds that were killed. */
async function removeLeftovers(dir: string): Promise<void> {
  for (const name of await readdir(dir)) {
    if (name.startsWith('scratch-')) await rm(path.join(dir, name), { recursive: true, force: true })
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}
