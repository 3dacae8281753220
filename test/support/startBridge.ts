// Runs the real bridge as a process of its own, against a server of the test's choosing.
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from './eventually.ts'
import { freePort } from './freePorts.ts'
import { TEST_SECRET } from './internalServer.ts'

export type TestBridge = {
  readonly url: string
  readonly rtmpUrl: string
  readonly mediaDir: string
  readonly pid: number
  readonly log: () => string
  /** A request with the secret. */
  call(method: string, path: string, body?: unknown): Promise<Response>
  /** Process ids of its running ffmpegs whose command line holds every one of these words. */
  ffmpegs(...words: readonly string[]): number[]
  /** Sends a signal and resolves with the exit code (null for SIGKILL). */
  end(signal?: NodeJS.Signals): Promise<number | null>
}

export type StartBridgeOptions = { readonly serverUrl: string; readonly mediaDir: string; readonly env?: Readonly<Record<string, string>>; readonly rtmpPort?: number; readonly port?: number }

export async function startBridge({ serverUrl, mediaDir, env = {}, rtmpPort, port }: StartBridgeOptions): Promise<TestBridge> {
  const httpPort = port ?? (await freePort())
  const rtmp = rtmpPort ?? (await freePort())
  const settings = { SERVER_URL: serverUrl, MEDIA_DIR: mediaDir, BRIDGE_PORT: String(httpPort), RTMP_PORT: String(rtmp), INTERNAL_SECRET: TEST_SECRET, SNAPSHOT_SECONDS: '2', LOG_LEVEL: 'debug', ...env }
  const child = spawn(process.execPath, ['bridge/main.ts'], { env: { ...process.env, ...settings }, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text = (text + chunk.toString('utf8')).slice(-200_000)))
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const url = `http://127.0.0.1:${httpPort}`
  await eventually('the bridge answers', async () => {
    if (child.exitCode !== null) throw new Error(text)
    return (await fetch(`${url}/healthz`)).ok
  })
  const pid = child.pid ?? 0
  return {
    url,
    rtmpUrl: `rtmp://127.0.0.1:${rtmp}/live`,
    mediaDir,
    pid,
    log: () => text,
    call: (method, path, body) => fetch(`${url}${path}`, { method, headers: { authorization: `Bearer ${TEST_SECRET}`, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }),
    ffmpegs: (...words) => childrenOf(pid).filter((each) => ['ffmpeg', ...words].every((word) => commandLine(each).includes(word))),
    end: (signal = 'SIGTERM') => {
      child.kill(signal)
      return exited
    },
  }
}

/** A media folder that is gone afterwards. */
export async function temporaryFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'footlight-bridge-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

/** Whether a process runs (a zombie does not). */
export function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
    try {
      return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) === parent
    } catch {
      return false
    }
  })
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}
