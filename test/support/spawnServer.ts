// One more server process of a test's platform, one that can be killed.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { eventually } from './eventually.ts'
import { freePort } from './freePorts.ts'
import type { TestServer } from './startServer.ts'
import { Visitor } from './Visitor.ts'

const READY_MS = 45_000

export type SpawnedServer = {
  readonly url: string
  visitor(): Visitor
  /** It ended of itself. */
  fell(): boolean
  /** Without a goodbye. */
  kill(): Promise<void>
}
export type SpawnOptions = {
  readonly redisUrl: string
  /** Whose database and media folder it works with. */
  readonly sharing: Pick<TestServer, 'databaseUrl' | 'mediaDir' | 'secret'>
  /** Of a former process, to take its place. */
  readonly port?: number
  readonly env?: Record<string, string>
}

/** Resolves when it answers. @throws Error when it ends, or does not answer in time */
export async function spawnServer({ redisUrl, sharing, port: given, env = {} }: SpawnOptions): Promise<SpawnedServer> {
  const port = given ?? (await freePort())
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
  const exited = once(child, 'exit')
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null
  let killed = false
  const kill = async (): Promise<void> => {
    if (!isRunning()) return
    killed = true
    child.kill('SIGKILL')
    await exited
  }
  const url = `http://127.0.0.1:${port}`
  const answers = eventually('the spawned server is ready', async () => !isRunning() || (await fetch(`${url}/readyz`)).ok, READY_MS)
  await answers.catch(async (error: unknown) => {
    await kill()
    throw error
  })
  if (!isRunning()) throw new Error(`The spawned server ended with ${child.exitCode ?? child.signalCode}`)
  return { url, visitor: () => new Visitor(url), fell: () => !killed && !isRunning(), kill }
}
