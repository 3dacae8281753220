/** `npm run -s cli -- …`: the operator's commands need the databases; while nothing runs, this runs the private ones for the moment. */
import { spawn } from 'node:child_process'
import path from 'node:path'
import { readSettings } from '../contract/settings.ts'
import { claimFolder, isClaimed } from './claimFolder.ts'
import { missingPackages, runtimePackages } from './debianPackages.ts'
import { ensureDebianPackages } from './ensureDebianPackages.ts'
import { loadSecrets } from './loadSecrets.ts'
import { withPlatformEnvironment } from './platformEnvironment.ts'
import { privateMariadbUrl } from './privateMariadb.ts'
import { privateRedisUrl } from './privateRedis.ts'
import { runCli } from './runCli.ts'
import type { Closers } from './runUntilStopped.ts'
import { startDatabases } from './startDatabases.ts'

const root = path.resolve(import.meta.dirname, '../..')
const cli = path.join(root, 'server/cli.ts')
/** Standard output belongs to the command's JSON. */
const log = (line: string): void => console.error(line)

const closers: Closers = []
try {
  const env = await withPlatformEnvironment(process.env)
  const dataDir = path.resolve(root, readSettings(env).DATA_DIR)
  process.exitCode = await runCommand((await isClaimed(dataDir)) ? env : await ownPlatform(dataDir, env))
} catch (error) {
  log(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
for (const close of closers.reverse()) await close()
process.exit()

/** Starts what `npm start` would have started of databases, and brings them up to date. */
async function ownPlatform(dataDir: string, given: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  closers.push(await claimFolder(dataDir))
  const settings = readSettings(given)
  // What an earlier `npm start` left behind names its private servers, which have gone with it.
  const databaseUrl = settings.DATABASE_URL === (await privateMariadbUrl(path.join(dataDir, 'mariadb'))) ? '' : settings.DATABASE_URL
  const redisUrl = settings.REDIS_URL === (await privateRedisUrl(path.join(dataDir, 'redis'))) ? '' : settings.REDIS_URL
  const packages = runtimePackages({ privateMariadb: !databaseUrl, privateRedis: !redisUrl })
  await ensureDebianPackages({ names: missingPackages(packages), log })
  const databases = await startDatabases({ dataDir, databaseUrl, redisUrl, closers, log })
  const secrets = await loadSecrets(dataDir)
  const env: NodeJS.ProcessEnv = {
    ...given,
    DATA_DIR: dataDir,
    MEDIA_DIR: path.resolve(root, settings.MEDIA_DIR),
    DATABASE_URL: databases.databaseUrl,
    REDIS_URL: databases.redisUrl,
    APP_SECRET: settings.APP_SECRET || secrets.APP_SECRET,
    INTERNAL_SECRET: settings.INTERNAL_SECRET || secrets.INTERNAL_SECRET,
  }
  await runCli({ cli, args: ['migrate'], env })
  return env
}

async function runCommand(env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', cli, ...process.argv.slice(2)], { env, stdio: 'inherit' })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
}
