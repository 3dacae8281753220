/** Gives each start its database and its Redis: those that the settings name, or private ones that are kept running. */
import path from 'node:path'
import { keepRunning } from './keepRunning.ts'
import type { PrivateServer, PrivateServerOptions } from './PrivateServer.ts'
import { startPrivateMariadb } from './privateMariadb.ts'
import { startPrivateRedis } from './privateRedis.ts'
import type { Closers } from './runUntilStopped.ts'

export interface StartDatabasesOptions {
  dataDir: string
  /** DATABASE_URL and REDIS_URL; where one is empty a private server is started. */
  databaseUrl: string
  redisUrl: string
  closers: Closers
  log: (line: string) => void
}

export interface Databases {
  databaseUrl: string
  redisUrl: string
}

/** Pushes how to end the private ones, then resolves when both answer. @throws Error when one does not start. */
export async function startDatabases({ dataDir, databaseUrl, redisUrl, closers, log }: StartDatabasesOptions): Promise<Databases> {
  const keep = (name: string, folder: string, run: (options: PrivateServerOptions) => Promise<PrivateServer>) => {
    let url = ''
    const start = async (): Promise<PrivateServer> => {
      const server = await run({ dataDir: path.join(dataDir, folder), log })
      url = server.url
      return server
    }
    const kept = keepRunning({ name, log, start })
    closers.push(() => kept.stop())
    return kept.ready.then(() => url)
  }
  const mariadb = databaseUrl || keep('MariaDB', 'mariadb', startPrivateMariadb)
  const redis = redisUrl || keep('Redis', 'redis', startPrivateRedis)
  const [database, cache] = await Promise.all([mariadb, redis])
  return { databaseUrl: database, redisUrl: cache }
}
