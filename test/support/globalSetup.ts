/** Integration and end-to-end tests talk to a MariaDB and a Redis of their own, gone without a trace when they end. */
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { startPrivateMariadb } from '../../server/setup/privateMariadb.ts'
import { startPrivateRedis } from '../../server/setup/privateRedis.ts'
import { ensureWorker } from '../../worker-config/worker/ensureWorker.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Of a MariaDB that only this run's tests use; `inject('databaseUrl')`. */
    databaseUrl: string
    /** Of a Redis that only this run's tests use. */
    redisUrl: string
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const log = (line: string): void => console.log(line)
  process.env['MEDIASOUP_WORKER_BIN'] = await ensureWorker({ log })
  const folder = await mkdtemp(path.join(os.tmpdir(), 'footlight-test-'))
  const silent = (): void => undefined
  const [mariadb, redis] = await Promise.all([
    startPrivateMariadb({ dataDir: path.join(folder, 'mariadb'), log: silent }),
    startPrivateRedis({ dataDir: path.join(folder, 'redis'), log: silent }),
  ])
  project.provide('databaseUrl', mariadb.url)
  project.provide('redisUrl', redis.url)
  return async () => {
    await Promise.all([mariadb.stop(), redis.stop()])
    await rm(folder, { recursive: true, force: true })
  }
}
