// `npm run bench:chat`: what rooms of 100, 1,000 and 5,000 get to read a second and how late, beside a bare Socket.IO broadcast of the same messages.
import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startPrivateMariadb } from '../../server/setup/privateMariadb.ts'
import { startPrivateRedis } from '../../server/setup/privateRedis.ts'
import { ensureWorker } from '../../worker-config/worker/ensureWorker.ts'
import { Visitor } from '../support/Visitor.ts'
import { RawSocket } from './RawSocket.ts'
import { percentile, report } from './report.ts'

const ROOMS = (process.env['BENCH_ROOMS'] ?? '100,1000,5000').split(',').map(Number)
/** Messages a second, all by the host, whose messages are never sampled; fewer in a room so large that a bare broadcast of one packet a message chokes. */
const RATE = Number(process.env['BENCH_RATE'] ?? 100)
const DELIVERIES = 100_000
const rateOf = (size: number): number => Math.min(RATE, DELIVERIES / size)
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 3)
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 2)
/** A crowd that is not through by then has lost. */
const DRAIN_MS = 8000
const WARM_UP = 50
const END_MS = 10_000
const CONNECTING_AT_ONCE = 100
/** One socket in so many has its delays noted. */
const TIMED = 20
const CHANNEL = 'benchhost'
const MINIMUM_RATIO = 0.8

type Kind = 'bare' | 'batched' | 'chat'
type Run = { readonly perSecond: number; readonly p95: number; readonly cpu: number; readonly lost: number }

const folder = await mkdtemp(join(tmpdir(), 'footlight-bench-'))
const log = (): void => undefined
const mariadb = await startPrivateMariadb({ dataDir: join(folder, 'mariadb'), log })
const redis = await startPrivateRedis({ dataDir: join(folder, 'redis'), log })
const child = fork(join(import.meta.dirname, 'chatServer.ts'), [mariadb.url, redis.url], {
  execArgv: ['--disable-warning=ExperimentalWarning'],
  env: { ...process.env, MEDIASOUP_WORKER_BIN: await ensureWorker({ log: console.log }) },
})
try {
  const { url, bareUrl } = await new Promise<{ url: string; bareUrl: string }>((resolve, reject) => {
    child.once('message', (urls) => resolve(urls as { url: string; bareUrl: string }))
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
  const host = new Visitor(url)
  await host.signUp(CHANNEL)
  await host.call('POST', '/api/channels', { body: { name: CHANNEL, title: 'bench', category: 'talk' } })
  const targets = { url, bareUrl, cookie: host.cookie }
  // Once for nothing, so that no kind is measured while its code is still being compiled.
  await compare(WARM_UP, targets)
  const rows = []
  for (const size of ROOMS) {
    rows.push(await compare(size, targets))
    console.log(JSON.stringify(rows.at(-1)))
  }
  report('chat', rows)
  if (rows.some((row) => Number(row['ratio']) < MINIMUM_RATIO)) console.log(`A ratio is below ${MINIMUM_RATIO}.`)
} finally {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  if (child.connected) child.disconnect()
  await Promise.race([ended, wait(END_MS)])
  child.kill()
  await Promise.all([mariadb.stop(), redis.stop()])
  await rm(folder, { recursive: true, force: true })
}

/** The kinds by turns, so that a slow moment of the machine hits all of them. */
async function compare(size: number, { url, bareUrl, cookie }: { url: string; bareUrl: string; cookie: string }) {
  const runs: Record<Kind, Run[]> = { bare: [], batched: [], chat: [] }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const kind of ['bare', 'chat', 'batched'] as const)
      runs[kind].push(await run(kind === 'chat' ? { url, channel: CHANNEL, cookie, size } : { url: bareUrl, channel: kind, cookie: '', size }))
  }
  const of = (kind: Kind, what: keyof Run) => percentile(runs[kind].map((one) => one[what]), 0.5)
  return {
    sockets: size,
    'messages/s': rateOf(size),
    'bare /s': Math.round(of('bare', 'perSecond')),
    'batched /s': Math.round(of('batched', 'perSecond')),
    'chat /s': Math.round(of('chat', 'perSecond')),
    ratio: (of('chat', 'perSecond') / of('bare', 'perSecond')).toFixed(2),
    'ratio to batched': (of('chat', 'perSecond') / of('batched', 'perSecond')).toFixed(2),
    'bare p95 ms': Math.round(of('bare', 'p95')),
    'batched p95 ms': Math.round(of('batched', 'p95')),
    'chat p95 ms': Math.round(of('chat', 'p95')),
    'bare CPU %': Math.round(of('bare', 'cpu')),
    'batched CPU %': Math.round(of('batched', 'cpu')),
    'chat CPU %': Math.round(of('chat', 'cpu')),
    lost: of('chat', 'lost'),
  }
}

/** A room of that size reads what its host writes at a steady rate. Deliveries a second: from the first message sent to the last one read. */
async function run({ url, channel, cookie, size }: { url: string; channel: string; cookie: string; size: number }): Promise<Run> {
  const sentAt = new Map<string, number>()
  const delays: number[] = []
  let delivered = 0
  let lastAt = 0
  let known: { text: string; ids: string[] } = { text: '', ids: [] }
  /** Everyone gets the same packet: it is taken apart once. */
  const idsIn = (text: string): string[] => {
    if (known.text !== text) known = { text, ids: text.startsWith('["chat:batched"') ? [...text.matchAll(/"clientId":"([^"]+)"/g)].map(([, id = '']) => id) : [] }
    return known.ids
  }
  const read = (text: string, isTimed: boolean): void => {
    const ids = idsIn(text)
    delivered += ids.length
    lastAt = performance.now()
    if (isTimed) for (const id of ids) delays.push(lastAt - (sentAt.get(id) ?? lastAt))
  }
  const crowd: RawSocket[] = []
  for (let from = 0; from < size; from += CONNECTING_AT_ONCE) {
    const some = Array.from({ length: Math.min(CONNECTING_AT_ONCE, size - from) }, (_none, index) => RawSocket.open(url, { onFact: (text) => read(text, (from + index) % TIMED === 0) }))
    for (const socket of await Promise.all(some)) crowd.push(socket)
  }
  await Promise.all(crowd.map((socket) => socket.request('chat:join', { channel })))
  const writer = await RawSocket.open(url, { cookie })
  delivered = 0
  const rate = rateOf(size)
  const total = rate * SECONDS
  const cpuBefore = cpuSeconds()
  const begun = performance.now()
  let acknowledged = 0
  const refusals = new Set<string>()
  for (let index = 0; index < total; index += 1) {
    const due = begun + (index * 1000) / rate
    const early = due - performance.now()
    if (early > 0) await wait(early)
    const clientId = `${channel}-${Math.random().toString(36).slice(2, 10)}-${index}`
    sentAt.set(clientId, performance.now())
    void writer.request<{ ok: boolean; error?: { code: string } }>('chat:send', { channel, clientId, text: `message ${index} of a lively evening 晚上好` }).then(({ ok, error }) => {
      if (ok) acknowledged += 1
      else refusals.add(error?.code ?? 'unknown')
    })
  }
  const deadline = performance.now() + DRAIN_MS
  while (delivered < total * size && performance.now() < deadline) await wait(50)
  const cpu = ((cpuSeconds() - cpuBefore) / ((performance.now() - begun) / 1000)) * 100
  for (const socket of [...crowd, writer]) socket.close()
  await wait(500)
  if (acknowledged < total) console.log(`${channel}: ${total - acknowledged} of ${total} messages were not acknowledged: ${[...refusals].join(', ') || 'no answer yet'}`)
  return { perSecond: delivered / ((lastAt - begun) / 1000), p95: percentile(delays, 0.95), cpu, lost: total * size - delivered }
}

/** Of the server's process: proc(5), user and system time in ticks of 10 ms. */
function cpuSeconds(): number {
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}
