// One more server process of a test's platform, one that can be killed.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { eventually } from './eventually.ts'
import { freePort } from './freePorts.ts'
import type { TestServer } from './startServer.ts'
import { Visitor } from './Visitor.ts'

export type SpawnedServer = { readonly url: string; visitor(): Visitor; /** Without a goodbye. */ kill(): Promise<void> }

/** @param sharing the server whose database and media folder it works with */
export async function spawnServer({ redisUrl, sharing, env = {} }: { redisUrl: string; sharing: TestServer; env?: Record<string, string> }): Promise<SpawnedServer> {
  const port = await freePort()
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(resolve(import.meta.dirname, '../..'), 'server/main.ts')], {
    stdio: 'ignore',
    env: {
      ...process.env,
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      DATABASE_URL: sharing.databaseUrl,
      REDIS_URL: redisUrl,
      MEDIA_DIR: sharing.mediaDir,
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: String(port),
      WEBRTC_PORT: String(await freePort(2)),
      WORKERS: '1',
      SIGNUPS_PER_HOUR: '1000',
      APP_SECRET: 'the secret of a test installation',
      INTERNAL_SECRET: sharing.secret,
      ...env,
    },
  })
  const url = `http://127.0.0.1:${port}`
  await eventually('the spawned server is ready', async () => (await fetch(`${url}/readyz`)).ok, 30_000)
  return {
    url,
    visitor: () => new Visitor(url),
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}
