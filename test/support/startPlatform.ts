// The whole platform as `npm start` runs it (launcher, server, bridge), on free ports and an empty database.
import { execFile, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { eventually } from './eventually.ts'
import { freePort } from './freePorts.ts'
import { freshDatabase } from './freshDatabase.ts'

const root = resolve(import.meta.dirname, '../..')
const node = ['--disable-warning=ExperimentalWarning']
const START_MS = 60_000
const STOP_MS = 30_000

export type CreatedChannel = { channel: string; owner: string; password: string; streamKey: string; rtmpUrl: string; whipUrl: string; whepUrl: string; hlsUrl: string; flvUrl: string; watchUrl: string }

export class TestPlatform {
  readonly url: string
  readonly dataDir: string
  readonly mediaDir: string
  readonly env: NodeJS.ProcessEnv
  readonly #launcher: ChildProcess
  readonly #exited: Promise<number | null>
  output = ''

  constructor({ env, dataDir }: { env: NodeJS.ProcessEnv; dataDir: string }) {
    this.env = env
    this.dataDir = dataDir
    this.mediaDir = env['MEDIA_DIR'] ?? ''
    this.url = `http://127.0.0.1:${env['HTTP_PORT']}`
    this.#launcher = spawn(process.execPath, [...node, join(root, 'server/setup/start.ts')], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [this.#launcher.stdout, this.#launcher.stderr]) stream?.on('data', (text: Buffer) => (this.output += text.toString('utf8')))
    this.#exited = new Promise((settle) => this.#launcher.once('exit', (code) => settle(code)))
  }

  /** Runs an operator's command and returns its first JSON line. */
  async cli<T>(...args: string[]): Promise<T> {
    const { stdout } = await promisify(execFile)(process.execPath, [...node, join(root, 'server/cli.ts'), ...args], { cwd: root, env: this.env })
    return JSON.parse(stdout.split('\n')[0] ?? '') as T
  }

  createChannel(name: string): Promise<CreatedChannel> {
    return this.cli('channel', 'create', name)
  }

  async json<T>(path: string): Promise<T> {
    return (await (await fetch(new URL(path, this.url))).json()) as T
  }

  /** The state of a channel's broadcast, `offline` without one. */
  async stateOf(channel: string): Promise<string> {
    return (await this.json<{ broadcast: { state: string } | null }>(`/api/channels/${channel}`)).broadcast?.state ?? 'offline'
  }

  waitForState(channel: string, state: string, limitMs = 20_000): Promise<void> {
    return eventually(`${channel} is ${state}`, async () => (await this.stateOf(channel)) === state, limitMs)
  }

  /** Every JSON log line of a process so far. */
  async logs(name: 'server' | 'bridge'): Promise<Array<Record<string, unknown>>> {
    const text = await readFile(join(this.dataDir, 'logs', `${name}.log`), 'utf8')
    return text.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>)
  }

  /** The process id now running under that name. */
  async pidOf(name: 'server' | 'bridge'): Promise<number> {
    return Number((await this.logs(name)).at(-1)?.['pid'])
  }

  async kill(name: 'server' | 'bridge'): Promise<void> {
    process.kill(await this.pidOf(name), 'SIGKILL')
  }

  /** Ctrl-C. @returns the exit code */
  async stop(): Promise<number | null> {
    this.#launcher.kill('SIGINT')
    const timer = setTimeout(() => this.#launcher.kill('SIGKILL'), STOP_MS)
    const code = await this.#exited
    clearTimeout(timer)
    return code
  }

  async destroy(): Promise<void> {
    await this.stop()
    await rm(this.dataDir, { recursive: true, force: true })
  }

  get exited(): Promise<number | null> {
    return this.#exited
  }
}

/** Resolves when server and bridge answer. @throws Error with what was printed when they do not */
export async function startPlatform({ databaseUrl, redisUrl, env = {} }: { databaseUrl: string; redisUrl: string; env?: Record<string, string> }): Promise<TestPlatform> {
  const dataDir = await mkdtemp(join(tmpdir(), 'footlight-e2e-'))
  const platform = new TestPlatform({
    dataDir,
    env: {
      ...process.env,
      NODE_ENV: 'test',
      DATA_DIR: dataDir,
      MEDIA_DIR: join(dataDir, 'media'),
      DATABASE_URL: await freshDatabase(databaseUrl),
      REDIS_URL: redisUrl,
      HTTP_PORT: String(await freePort()),
      RTMP_PORT: String(await freePort()),
      BRIDGE_PORT: String(await freePort()),
      WEBRTC_PORT: String(await freePort(2)),
      WORKERS: '2',
      SIGNUPS_PER_HOUR: '1000',
      SNAPSHOT_SECONDS: '2',
      GRACE_SECONDS: '15',
      ANNOUNCED_ADDRESS: '127.0.0.1',
      ...env,
    },
  })
  try {
    await Promise.race([
      eventually('the platform is ready', async () => (await fetch(`${platform.url}/readyz`)).ok && (await platform.json<{ bridges: number }>('/readyz')).bridges > 0, START_MS),
      platform.exited.then((code) => Promise.reject(new Error(`the launcher ended with ${code}`))),
    ])
  } catch (error) {
    await platform.destroy()
    throw new Error(`The platform did not start:\n${platform.output}`, { cause: error })
  }
  return platform
}
