// `npm run bench:gifts`: gifts a second through real `gift:send` requests of 1, 10 and 100 senders, into one host and into many, beside the same SQL in a bare loop.
import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { createPool } from 'mysql2/promise'
import type { UserId } from '../../server/contract/ids.ts'
import { newId } from '../../server/core/newId.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import { startPrivateMariadb } from '../../server/setup/privateMariadb.ts'
import { startPrivateRedis } from '../../server/setup/privateRedis.ts'
import { ensureWorker } from '../../worker-config/worker/ensureWorker.ts'
import { fundWallet } from '../support/fundWallet.ts'
import { LiveElsewhere } from '../support/liveElsewhere.ts'
import { Visitor } from '../support/Visitor.ts'
import { payBareGift, tellBareGift } from './bareGift.ts'
import type { BareGift } from './bareGift.ts'
import { RawSocket } from './RawSocket.ts'
import { percentile, report } from './report.ts'

const SENDERS = (process.env['BENCH_SENDERS'] ?? '1,10,100').split(',').map(Number)
const HOSTS = Number(process.env['BENCH_HOSTS'] ?? 20)
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 3)
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 2)
/** As many as the server's pool has. */
const CONNECTIONS = 10
const SIGN_UPS_AT_ONCE = 8
const END_MS = 10_000
/** How long the last lines may take to be seen. */
const DRAIN_MS = 5000
const MINIMUM_RATIO = 0.7
const COINS = 1_000_000_000n

type Sender = { readonly id: UserId; readonly socket: RawSocket }
type Host = { readonly id: UserId; readonly name: string; readonly channelId: string; readonly broadcastId: string }
type Run = { readonly perSecond: number; readonly p50: number; readonly p95: number; readonly roomP50: number; readonly roomP95: number; /** Milliseconds of a core that one gift took the server, or the bare loop; the database's not. */ readonly cpuMs: number; readonly lost: number }

const folder = await mkdtemp(join(tmpdir(), 'footlight-bench-'))
const log = (): void => undefined
const mariadb = await startPrivateMariadb({ dataDir: join(folder, 'mariadb'), log })
const redis = await startPrivateRedis({ dataDir: join(folder, 'redis'), log })
const child = fork(join(import.meta.dirname, 'giftServer.ts'), [mariadb.url, redis.url], {
  execArgv: ['--disable-warning=ExperimentalWarning'],
  env: { ...process.env, MEDIASOUP_WORKER_BIN: await ensureWorker({ log: console.log }) },
})
try {
  const { url, databaseUrl } = await new Promise<{ url: string; databaseUrl: string }>((resolve, reject) => {
    child.once('message', (urls) => resolve(urls as { url: string; databaseUrl: string }))
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
  const database = openDatabase({ url: databaseUrl, poolSize: 4 })
  const connection = new Redis(redis.url)
  const elsewhere = new LiveElsewhere({ database, redis: connection })
  const pool = createPool({ ...connectionOf(databaseUrl), connectionLimit: CONNECTIONS, charset: 'utf8mb4', timezone: 'Z', supportBigNumbers: true, bigNumberStrings: true })
  const hosts = await inTurns(HOSTS, async (index): Promise<Host> => {
    const name = `host-${index}`
    const { visitor, id } = await signUp(name)
    await visitor.call('POST', '/api/channels', { body: { name, title: name, category: 'talk' } })
    const broadcastId = await elsewhere.begin(name, 1)
    const row = (await database('channels').where({ name }).first('id')) as { id: string }
    return { id, name, channelId: row.id, broadcastId }
  })
  const senders = await inTurns(Math.max(...SENDERS), async (index): Promise<Sender> => {
    const { visitor, id } = await signUp(`sender-${index}`)
    await fundWallet({ databaseUrl, userId: id, coins: COINS })
    return { id, socket: await RawSocket.open(url, { cookie: visitor.cookie }) }
  })
  const waiting = new Set<string>()
  const delays: number[] = []
  const viewer = await RawSocket.open(url, { onFact: (text) => noteLines(text) })
  for (const { name } of hosts.slice(0, 8)) await viewer.request('chat:join', { channel: name })
  const watched = new Set(hosts.slice(0, 8).map(({ name }) => name))
  await wait(2500)
  await run(senders.slice(0, 10), hosts, 1)

  const rows = []
  for (const count of SENDERS) {
    for (const into of [1, HOSTS]) {
      rows.push(await compare(count, into))
      console.log(JSON.stringify(rows.at(-1)))
    }
  }
  report('gifts', rows)
  if (rows.some((row) => Number(row.ratio) < MINIMUM_RATIO)) console.log(`A ratio is below ${MINIMUM_RATIO}.`)
  for (const { socket } of senders) socket.close()
  viewer.close()
  elsewhere.close()
  connection.disconnect()
  await pool.end()
  await database.destroy()

  async function signUp(name: string): Promise<{ visitor: Visitor; id: UserId }> {
    const visitor = new Visitor(url)
    await visitor.signUp(name)
    const { id } = (await database('users').where({ name }).first('id')) as { id: UserId }
    return { visitor, id }
  }

  /** The two by turns, so that a slow moment of the machine hits both. */
  async function compare(count: number, into: number) {
    const [some, to] = [senders.slice(0, count), hosts.slice(0, into)]
    const paid: Run[] = []
    const bare: Run[] = []
    const gifts: Run[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      paid.push(await runBare(some, to, { tell: false }))
      gifts.push(await run(some, to, SECONDS))
      bare.push(await runBare(some, to, { tell: true }))
    }
    const of = (runs: readonly Run[], what: keyof Run) => percentile(runs.map((one) => one[what]), 0.5)
    return {
      senders: count,
      hosts: into,
      'bare /s': Math.round(of(bare, 'perSecond')),
      'gifts /s': Math.round(of(gifts, 'perSecond')),
      ratio: (of(gifts, 'perSecond') / of(bare, 'perSecond')).toFixed(2),
      'bare, paying alone /s': Math.round(of(paid, 'perSecond')),
      'ratio to that': (of(gifts, 'perSecond') / of(paid, 'perSecond')).toFixed(2),
      'bare p50 ms': of(paid, 'p50').toFixed(1),
      'bare p95 ms': of(paid, 'p95').toFixed(1),
      'ack p50 ms': of(gifts, 'p50').toFixed(1),
      'ack p95 ms': of(gifts, 'p95').toFixed(1),
      'room p50 ms': Math.round(of(gifts, 'roomP50')),
      'room p95 ms': Math.round(of(gifts, 'roomP95')),
      'bare CPU ms': of(bare, 'cpuMs').toFixed(1),
      'gift CPU ms': of(gifts, 'cpuMs').toFixed(1),
      'not shown': of(gifts, 'lost'),
    }
  }

  /** Each sender sends its next gift when the last one is answered. */
  async function run(some: readonly Sender[], to: readonly Host[], seconds: number): Promise<Run> {
    waiting.clear()
    delays.length = 0
    const acks: number[] = []
    const cpuBefore = serverCpuMs()
    const begun = performance.now()
    const end = begun + seconds * 1000
    let turn = 0
    await Promise.all(
      some.map(async ({ socket }) => {
        while (performance.now() < end) {
          const asked = performance.now()
          const host = to[(turn += 1) % to.length] as Host
          const reply = await socket.request<{ ok: boolean; data?: { id: string }; error?: { code: string } }>('gift:send', { channel: host.name, gift: 'heart', version: 1, quantity: 2, key: `${newId()}${newId()}` })
          if (!reply.ok) throw new Error(`refused: ${reply.error?.code}`)
          acks.push(performance.now() - asked)
          if (watched.has(host.name)) waitFor(reply.data?.id ?? '')
        }
      }),
    )
    const took = performance.now() - begun
    const deadline = performance.now() + DRAIN_MS
    while (waiting.size > 0 && performance.now() < deadline) await wait(20)
    const cpuMs = (serverCpuMs() - cpuBefore) / acks.length
    return { cpuMs, perSecond: acks.length / (took / 1000), p50: percentile(acks, 0.5), p95: percentile(acks, 0.95), roomP50: percentile(delays, 0.5), roomP95: percentile(delays, 0.95), lost: waiting.size }
  }

  /** Lines may come before the answer. */
  function waitFor(id: string): void {
    if (!waiting.delete(id)) waiting.add(id)
  }

  /** A line's time is that of its transaction. */
  function noteLines(text: string): void {
    if (!text.startsWith('["chat:batched"')) return
    const now = Date.now()
    for (const [, id = '', at = ''] of text.matchAll(/\{"id":"(\w+)","(?:broadcastId|seq)[^{}]*?"at":"([^"]+)"/g)) {
      delays.push(now - Date.parse(at))
      waitFor(id)
    }
  }

  /** @param tell also writes the line of each and strikes its fact off, as the server does in the end */
  async function runBare(some: readonly Sender[], to: readonly Host[], { tell }: { tell: boolean }): Promise<Run> {
    const rowsOf = async (kind: string, owner: string, currency: string) => ((await database('ledger_accounts').where({ kind, owner, currency }).select('id')) as Array<{ id: string }>).map(({ id }) => String(id))
    const [revenue, issue] = await Promise.all([rowsOf('revenue', '', 'coin'), rowsOf('issue', '', 'bean')])
    const beans = await Promise.all(to.map(({ id }) => rowsOf('user', id, 'bean')))
    const coins = await Promise.all(some.map(({ id }) => rowsOf('user', id, 'coin')))
    const times: number[] = []
    const cpuBefore = process.cpuUsage()
    const begun = performance.now()
    const end = begun + SECONDS * 1000
    let turn = 0
    await Promise.all(
      some.map(async ({ id }, index) => {
        while (performance.now() < end) {
          const asked = performance.now()
          const at = (turn += 1) % to.length
          const { id: hostId, channelId, broadcastId } = to[at] as Host
          const gift: BareGift = { senderId: id, hostId, channelId, broadcastId, accounts: { coins: coins[index]?.[0] ?? '', revenue, beans: beans[at] ?? [], issue } }
          const fact = await onConnection((connected) => payBareGift(connected, gift))
          times.push(performance.now() - asked)
          if (tell) await onConnection((connected) => tellBareGift(connected, gift, fact))
        }
      }),
    )
    const took = performance.now() - begun
    const { user, system } = process.cpuUsage(cpuBefore)
    return { cpuMs: (user + system) / 1000 / times.length, perSecond: times.length / (took / 1000), p50: percentile(times, 0.5), p95: percentile(times, 0.95), roomP50: Number.NaN, roomP95: Number.NaN, lost: 0 }
  }

  /** Deadlocks are tried again, as the server does. */
  async function onConnection<T>(work: (connected: Awaited<ReturnType<typeof pool.getConnection>>) => Promise<T>): Promise<T> {
    const connected = await pool.getConnection()
    try {
      for (;;) {
        try {
          return await work(connected)
        } catch (error) {
          await connected.query('ROLLBACK')
          if ((error as { errno?: number }).errno !== 1213) throw error
        }
      }
    } finally {
      connected.release()
    }
  }
} finally {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  if (child.connected) child.disconnect()
  await Promise.race([ended, wait(END_MS)])
  child.kill()
  await Promise.all([mariadb.stop(), redis.stop()])
  await rm(folder, { recursive: true, force: true })
}

/** Of the server's process: proc(5), user and system time in ticks of 10 ms. */
function serverCpuMs(): number {
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}

/** `count` of them, some at a time, in order. */
async function inTurns<T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> {
  const made: T[] = []
  for (let from = 0; from < count; from += SIGN_UPS_AT_ONCE) made.push(...(await Promise.all(Array.from({ length: Math.min(SIGN_UPS_AT_ONCE, count - from) }, (_none, index) => make(from + index)))))
  return made
}

function connectionOf(databaseUrl: string) {
  const { hostname, port, username, password, pathname, searchParams } = new URL(databaseUrl)
  const socketPath = searchParams.get('socketPath')
  return { ...(socketPath ? { socketPath } : { host: hostname, port: port ? Number(port) : 3306 }), user: decodeURIComponent(username), password: decodeURIComponent(password), database: pathname.slice(1) }
}
