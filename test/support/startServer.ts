// The real server in the test's own process, on free ports and an empty database, for tests that need no bridge.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSettings } from '../../server/contract/settings.ts'
import { createLogger } from '../../server/core/logger.ts'
import { migrate } from '../../server/db/migrate.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import { startApp } from '../../server/app.ts'
import type { PaymentHosts } from '../../server/recharge/createProviders.ts'
import { freePort } from './freePorts.ts'
import { freshDatabase } from './freshDatabase.ts'
import { Visitor } from './Visitor.ts'

export type TestServer = { readonly url: string; readonly databaseUrl: string; readonly mediaDir: string; readonly secret: string; routes(): string[]; visitor(): Visitor; stop(): Promise<void> }

/**
 * @param paymentHosts stand-ins for payment providers
 * @param sharing another server whose database (and media folder) this one works with, as a second process of one platform does
 */
export async function startServer({ databaseUrl, redisUrl, env = {}, sharing, paymentHosts }: { databaseUrl: string; redisUrl: string; env?: Record<string, string>; sharing?: TestServer; paymentHosts?: PaymentHosts }): Promise<TestServer> {
  const folder = sharing?.mediaDir ?? (await mkdtemp(join(tmpdir(), 'footlight-server-')))
  const url = sharing?.databaseUrl ?? (await migratedDatabase(databaseUrl))
  const settings = readSettings({
    NODE_ENV: 'test',
    DATABASE_URL: url,
    REDIS_URL: redisUrl,
    MEDIA_DIR: folder,
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: String(await freePort()),
    WEBRTC_PORT: String(await freePort(2)),
    WORKERS: '1',
    SIGNUPS_PER_HOUR: '1000',
    APP_SECRET: 'the secret of a test installation',
    INTERNAL_SECRET: 'the secret of bridge and server',
    MEDIASOUP_WORKER_BIN: process.env['MEDIASOUP_WORKER_BIN'] ?? '',
    ...env,
  })
  const app = await startApp(settings, createLogger({ name: 'server', level: process.env['TEST_LOG'] ?? 'silent' }), paymentHosts && { paymentHosts })
  const base = `http://127.0.0.1:${app.port}`
  return {
    url: base,
    databaseUrl: url,
    mediaDir: folder,
    secret: settings.INTERNAL_SECRET,
    routes: () => app.routes(),
    visitor: () => new Visitor(base),
    stop: async () => {
      await app.close()
      if (!sharing) await rm(folder, { recursive: true, force: true })
    },
  }
}

async function migratedDatabase(databaseUrl: string): Promise<string> {
  const url = await freshDatabase(databaseUrl)
  const database = openDatabase({ url, poolSize: 1 })
  await migrate(database)
  await database.destroy()
  return url
}
