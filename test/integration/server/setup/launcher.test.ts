/** The launcher with stand-ins for server, bridge and cli: what is tested is the starting, keeping and stopping. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { sourcesStamp } from '../../../../server/setup/buildPages.ts'

const project = path.resolve(import.meta.dirname, '../../../..')
let root: string
let ports: { http: number; rtmp: number; bridge: number }
let launcher: Launcher | undefined

interface Launcher {
  child: ChildProcess
  text: () => string
  exit: Promise<number | null>
}

const service = (portSetting: string): string => `
import http from 'node:http'
if (process.env.FAIL_${portSetting}) { console.error('${portSetting} is no good'); process.exit(3) }
const server = http.createServer((request, response) => {
  if (request.url === '/crash') process.exit(9)
  response.end(JSON.stringify({ pid: process.pid, secret: process.env.INTERNAL_SECRET.length, db: process.env.DATABASE_URL }))
})
server.listen(Number(process.env.${portSetting}), '127.0.0.1')
console.log(JSON.stringify({ level: 'warn', time: new Date().toISOString(), name: 'stand-in', msg: 'a warning to see' }))
process.on('SIGTERM', () => process.exit(0))
`
const cli = `
const [, , ...args] = process.argv
if (args[0] === 'user') console.log(JSON.stringify({ created: true, name: 'admin', password: 'first-run-word' }))
`

beforeAll(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'footlight-launcher-'))
  for (const part of ['server/setup', 'server/contract', 'worker-config', 'package.json', 'package-lock.json']) {
    await cp(path.join(project, part), path.join(root, part), { recursive: true })
  }
  await symlink(path.join(project, 'node_modules'), path.join(root, 'node_modules'))
  await mkdir(path.join(root, 'bridge'))
  await mkdir(path.join(root, 'web/dist'), { recursive: true })
  await writeFile(path.join(root, 'server/main.ts'), service('HTTP_PORT'))
  await writeFile(path.join(root, 'bridge/main.ts'), service('BRIDGE_PORT'))
  await writeFile(path.join(root, 'server/cli.ts'), cli)
  await writeFile(path.join(root, 'web/dist/.stamp'), await sourcesStamp(root))
  ports = { http: await freePort(), rtmp: await freePort(), bridge: await freePort() }
})

afterEach(async () => {
  launcher?.child.kill('SIGKILL')
  await launcher?.exit
  launcher = undefined
})
afterAll(() => rm(root, { recursive: true, force: true }))

test('starts all, restarts what crashes, keeps data, and leaves nothing running after SIGINT', async () => {
  launcher = start()
  await expect.poll(launcher.text, { timeout: 30_000 }).toContain('Footlight is ready')
  expect(launcher.text()).toContain('first-run-word')
  expect(launcher.text()).toContain('stand-in warn: a warning to see')
  const before = await ask(ports.http)
  expect(before.secret).toBeGreaterThan(16)

  await ask(ports.http, '/crash').catch(() => undefined)
  await expect.poll(() => ask(ports.http).then(({ pid }) => pid !== before.pid, () => false), { timeout: 10_000 }).toBe(true)

  const database = await databasePid()
  process.kill(database, 'SIGKILL')
  await expect.poll(() => databasePid().then((pid) => pid !== database, () => false), { timeout: 15_000 }).toBe(true)

  const pids = [await databasePid(), (await ask(ports.http)).pid, (await ask(ports.bridge)).pid]
  launcher.child.kill('SIGINT')
  expect(await launcher.exit).toBe(0)
  expect(pids.filter(isAlive)).toEqual([])
})

test('a launcher that is killed outright takes everything with it, and the next start works', async () => {
  launcher = start()
  await expect.poll(launcher.text, { timeout: 30_000 }).toContain('Footlight is ready')
  const pids = [await databasePid(), (await ask(ports.http)).pid, (await ask(ports.bridge)).pid]
  launcher.child.kill('SIGKILL')
  await expect.poll(() => pids.filter(isAlive), { timeout: 15_000 }).toEqual([])

  launcher = start()
  await expect.poll(launcher.text, { timeout: 30_000 }).toContain('Footlight is ready')
  launcher.child.kill('SIGTERM')
  expect(await launcher.exit).toBe(0)
})

test('a service that refuses to start ends the launcher with its one line, and the new admin’s password is not lost', async () => {
  launcher = start({ FAIL_BRIDGE_PORT: '1' })
  expect(await launcher.exit).toBe(1)
  expect(launcher.text()).toContain('BRIDGE_PORT is no good')
  expect(launcher.text()).toContain('first-run-word')
  expect(launcher.text()).not.toContain('    at ')
})

test('a taken port is named with its setting', async () => {
  const other = net.createServer().listen(ports.http, '127.0.0.1')
  launcher = start()
  expect(await launcher.exit).toBe(1)
  expect(launcher.text()).toMatch(new RegExp(`port ${ports.http} \\(HTTP_PORT\\) is already taken`))
  other.close()
})

test('a wrong setting is named', async () => {
  launcher = start({ RTMP_PORT: 'banana' })
  expect(await launcher.exit).toBe(1)
  expect(launcher.text()).toMatch(/Wrong setting: RTMP_PORT/)
})

function start(extra: NodeJS.ProcessEnv = {}): Launcher {
  const env = {
    ...process.env,
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: String(ports.http),
    RTMP_PORT: String(ports.rtmp),
    BRIDGE_PORT: String(ports.bridge),
    ...extra,
  }
  const child = spawn(process.execPath, [path.join(root, 'server/setup/start.ts')], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  child.stdout.on('data', (data: Buffer) => (text += data.toString()))
  child.stderr.on('data', (data: Buffer) => (text += data.toString()))
  return { child, text: () => text, exit: new Promise((resolve) => child.once('close', resolve)) }
}

async function ask(port: number, where = '/healthz'): Promise<{ pid: number; secret: number; db: string }> {
  const response = await fetch(`http://127.0.0.1:${port}${where}`)
  return (await response.json()) as { pid: number; secret: number; db: string }
}

async function databasePid(): Promise<number> {
  return Number.parseInt(await readFile(path.join(root, 'data/mariadb/mariadb.pid'), 'utf8'), 10)
}

async function freePort(): Promise<number> {
  const server = net.createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as net.AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
