// A platform with private databases for one benchmark, gone when it is done.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPrivateMariadb } from '../../server/setup/privateMariadb.ts'
import { startPrivateRedis } from '../../server/setup/privateRedis.ts'
import { startPlatform } from '../support/startPlatform.ts'
import type { TestPlatform } from '../support/startPlatform.ts'

export async function withBenchPlatform(run: (platform: TestPlatform) => Promise<void>, env: Record<string, string> = {}): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'footlight-bench-'))
  const log = (): void => undefined
  const mariadb = await startPrivateMariadb({ dataDir: join(folder, 'mariadb'), log })
  const redis = await startPrivateRedis({ dataDir: join(folder, 'redis'), log })
  try {
    const platform = await startPlatform({ databaseUrl: mariadb.url, redisUrl: redis.url, env })
    try {
      await run(platform)
    } finally {
      await platform.destroy()
    }
  } finally {
    await Promise.all([mariadb.stop(), redis.stop()])
    await rm(folder, { recursive: true, force: true })
  }
}
