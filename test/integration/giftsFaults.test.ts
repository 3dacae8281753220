// What gifts promise when the server and the database die at any moment: what was acknowledged was paid once and shown once, and the books agree.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Ranking } from '../../server/contract/gifts.ts'
import type { ChannelView } from '../../server/contract/http.ts'
import type { UserId } from '../../server/contract/ids.ts'
import type { RequestData } from '../../server/contract/sockets.ts'
import { openRedis } from '../../server/core/openRedis.ts'
import type { Redis } from '../../server/core/openRedis.ts'
import { migrate } from '../../server/db/migrate.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { Database } from '../../server/db/openDatabase.ts'
import { reconcileLedger } from '../../server/operator/reconcileLedger.ts'
import { startPrivateMariadb } from '../../server/setup/privateMariadb.ts'
import { startPrivateRedis } from '../../server/setup/privateRedis.ts'
import type { PrivateServer } from '../../server/setup/PrivateServer.ts'
import { ChatFeed } from '../../web/chat/ChatFeed.ts'
import { LiveSocket } from '../../web/client/LiveSocket.ts'
import { RequestFailed } from '../../web/client/RequestFailed.ts'
import { eventually } from '../support/eventually.ts'
import { freePort } from '../support/freePorts.ts'
import { fundWallet } from '../support/fundWallet.ts'
import { newKey } from '../support/giftStage.ts'
import { LiveElsewhere } from '../support/liveElsewhere.ts'
import { spawnServer } from '../support/spawnServer.ts'
import type { SpawnedServer } from '../support/spawnServer.ts'
import type { Visitor } from '../support/Visitor.ts'

type Gift = RequestData<'gift:send'>
type Sender = { readonly name: string; readonly id: UserId; readonly socket: LiveSocket }
type Acknowledged = { readonly senderId: UserId; readonly id: string; readonly quantity: number }
/** A page of the room, with the real page's way of coming back; what it showed by id, with the line's number. */
type Reader = { readonly feed: ChatFeed; readonly lines: Map<string, number>; readonly faults: string[]; readonly celebrated: string[] }

const CHANNEL = 'faultyhost'
const COINS = 1_000_000n
const PAUSE_MS = 100
const ANSWER_MS = 3000
const START_MS = 90_000
/** What a page may be told while something is away: ask again. Whatever else it is told would make somebody give up, or pay twice. */
const PASSING = ['network', 'timeout', 'unavailable']
const seed = Number(process.env['FAULTS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const random = randomOf(seed)

let folder: string
let mariadb: PrivateServer
let redisServer: PrivateServer
let redis: Redis
let database: Database
let elsewhere: LiveElsewhere
let server: SpawnedServer
/** It had been at work for a while. */
let settled: SpawnedServer | undefined
/** Servers at work that fell because of the database's death, or of themselves. */
let fallen = 0
let port: number
let closing = false
const sockets: LiveSocket[] = []
const acknowledged = new Map<string, Acknowledged>()

/** Mulberry32: the plan of a run that failed can be had again. */
function randomOf(state: number): () => number {
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const startMariadb = () => startPrivateMariadb({ dataDir: join(folder, 'mariadb'), log: () => undefined })

/** As the launcher does: again, until the database is there for it. */
async function startServer(): Promise<SpawnedServer> {
  const deadline = Date.now() + START_MS
  const env = { GIFTS_PER_USER: '1000', GIFTS_PER_ADDRESS: '10000' }
  for (;;) {
    try {
      return (server = await spawnServer({ redisUrl: redisServer.url, sharing: { databaseUrl: mariadb.url, mediaDir: join(folder, 'media'), secret: 'the secret of bridge and server' }, port, env }))
    } catch (error) {
      if (closing || Date.now() > deadline) throw error
    }
  }
}

async function restartFallen(): Promise<void> {
  if (!server.fell()) return
  // While it still starts it may give up for want of a database.
  if (server === settled) fallen += 1
  await startServer()
}

async function killServer(): Promise<void> {
  await restartFallen()
  await server.kill()
  await startServer()
}

async function killMariadb(): Promise<void> {
  process.kill(mariadb.pid, 'SIGKILL')
  await mariadb.exited
  mariadb = await startMariadb()
}

async function signUp(name: string): Promise<{ visitor: Visitor; id: UserId }> {
  const visitor = server.visitor()
  expect((await visitor.signUp(name)).status).toBe(201)
  return { visitor, id: ((await database('users').where({ name }).first('id')) as { id: UserId }).id }
}

/** Comes back as a page does, only sooner. */
async function connect(visitor: Visitor): Promise<LiveSocket> {
  const socket = new LiveSocket(io(visitor.base, { transports: ['websocket'], forceNew: true, reconnectionDelayMax: 300, extraHeaders: { cookie: visitor.cookie } }))
  sockets.push(socket)
  await new Promise<void>((resolve) => void socket.onConnect(resolve))
  return socket
}

async function openSender(name: string): Promise<Sender> {
  const { visitor, id } = await signUp(name)
  await fundWallet({ databaseUrl: mariadb.url, userId: id, coins: COINS })
  return { name, id, socket: await connect(visitor) }
}

async function openReader(name: string): Promise<Reader> {
  const socket = await connect((await signUp(name)).visitor)
  const feed = new ChatFeed({ channel: CHANNEL, openSocket: async () => socket, schedule: (draw) => void setTimeout(draw, 20) })
  const reader: Reader = { feed, lines: new Map(), faults: [], celebrated: [] }
  feed.onFresh(({ line }) => void (line?.type === 'gift' && reader.celebrated.push(line.id)))
  feed.subscribe(() => {
    const { rows } = feed.snapshot
    if (rows.some(({ kind }) => kind === 'gap')) reader.faults.push('a gap')
    const gifts = rows.flatMap((row) => (row.kind === 'message' && row.message.line?.type === 'gift' ? [row.message] : []))
    if (new Set(gifts.map(({ id }) => id)).size < gifts.length) reader.faults.push('a line stands there twice')
    for (const { id, seq } of gifts) {
      if ((reader.lines.get(id) ?? seq) !== seq) reader.faults.push(`${id} has two numbers`)
      reader.lines.set(id, seq)
    }
  })
  await feed.start()
  await eventually('the reader is in the room', () => feed.snapshot.state === 'joined')
  return reader
}

/** The same key, until there is an answer. */
async function sendUntilAnswered({ socket }: Sender, gift: Gift): Promise<string> {
  for (;;) {
    try {
      return (await socket.request('gift:send', gift, ANSWER_MS)).id
    } catch (error) {
      const { code } = RequestFailed.from(error)
      if (!PASSING.includes(code)) throw new Error(`The gift was refused: ${code}`, { cause: error })
    }
    await wait(PAUSE_MS)
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'footlight-gifts-'))
  ;[mariadb, redisServer, port] = await Promise.all([startMariadb(), startPrivateRedis({ dataDir: join(folder, 'redis'), log: () => undefined }), freePort()])
  database = openDatabase({ url: mariadb.url, poolSize: 4 })
  await migrate(database)
  redis = openRedis({ url: redisServer.url, patient: false, onError: () => undefined })
  elsewhere = new LiveElsewhere({ database, redis })
  await startServer()
  const { visitor } = await signUp(CHANNEL)
  await visitor.call('POST', '/api/channels', { body: { name: CHANNEL, title: CHANNEL, category: 'talk' } })
  await elsewhere.begin(CHANNEL, 1)
  await eventually('the channel is on air', async () => (await visitor.call<ChannelView>('GET', `/api/channels/${CHANNEL}`)).body.broadcast !== null)
}, 120_000)
afterAll(async () => {
  closing = true
  for (const socket of sockets) socket.close()
  elsewhere?.close()
  await server?.kill()
  await database?.destroy()
  redis?.disconnect()
  await Promise.all([mariadb?.stop(), redisServer?.stop()])
  await rm(folder, { recursive: true, force: true })
})

test('server and database are killed at random moments: every acknowledged gift is in the ledger and was shown, none twice, and all sums agree', async () => {
  process.stdout.write(`gifts under faults: FAULTS_SEED=${seed}\n`)
  const senders = await Promise.all(['fault-ann', 'fault-ben', 'fault-cat', 'fault-dee'].map(openSender))
  const readers = await Promise.all(['fault-eve', 'fault-fay'].map(openReader))
  let sending = true
  const work = Promise.all(
    senders.map(async (sender) => {
      for (let count = 0; sending; count += 1) {
        const gift: Gift = { channel: CHANNEL, gift: 'heart', version: 1, quantity: 1 + Math.floor(Math.random() * 99), key: newKey() }
        // Now and then asked for twice at once, and once more when it was answered.
        const ids = await Promise.all(Array.from({ length: count % 3 === 0 ? 2 : 1 }, () => sendUntilAnswered(sender, gift)))
        if (count % 5 === 0) ids.push(await sendUntilAnswered(sender, gift))
        expect(new Set(ids).size).toBe(1)
        acknowledged.set(gift.key, { senderId: sender.id, id: ids[0] as string, quantity: gift.quantity })
        await wait(Math.random() * 2 * PAUSE_MS)
      }
    }),
  )
  work.catch(() => undefined)

  const goesOn = async (): Promise<void> => {
    const before = acknowledged.size
    const goes = eventually('gifts are acknowledged', async () => {
      await restartFallen()
      return acknowledged.size > before + 20
    }, 60_000)
    // Nobody stops to send now, except for a refusal that should not be.
    await Promise.race([goes, work])
    settled = server
  }
  const kill = { server: killServer, mariadb: killMariadb }
  const back = { server: Promise.resolve(), mariadb: Promise.resolve() }
  const deaths = (['server', 'mariadb', 'server', 'mariadb', 'server'] as const).map((who) => ({ who, place: random() })).toSorted((one, other) => one.place - other.place)
  for (const { who } of deaths) {
    // At times one dies while the other has not come back yet.
    if (random() < 0.7) {
      await Promise.all(Object.values(back))
      await goesOn()
    }
    await wait(random() * 700)
    await back[who]
    back[who] = kill[who]()
    back[who].catch(() => undefined)
  }
  await Promise.all(Object.values(back))
  await goesOn()
  sending = false
  await work
  await eventually('nothing waits to be told', async () => (await database('outbox').first('id')) === undefined, 30_000)
  expect(fallen).toBe(0)

  // Every sender had an answer to everything in the end, so that what was paid is what was acknowledged, neither less nor more.
  const sent = [...acknowledged].map(([key, { senderId, id, quantity }]) => `${key} ${senderId} ${id} ${quantity}`).toSorted()
  const paid = (await database('ledger_transfers').leftJoin('gift_sendings', 'gift_sendings.transfer_id', 'ledger_transfers.id').where({ type: 'gift' }).select('idempotency_key', 'sender_id', 'gift_sendings.id', 'total')) as Array<{ idempotency_key: string; sender_id: string; id: string; total: string }>
  expect(paid.map((row) => `${row.idempotency_key} ${row.sender_id} ${row.id} ${row.total}`).toSorted()).toEqual(sent)
  const ids = [...acknowledged.values()].map(({ id }) => id).toSorted()
  expect(((await database('gift_sendings').select('id')) as Array<{ id: string }>).map(({ id }) => id).toSorted()).toEqual(ids)
  expect(((await database('chat_messages').where({ line: 'gift', state: 'said' }).select('id')) as Array<{ id: string }>).map(({ id }) => id).toSorted()).toEqual(ids)

  for (const { lines, faults, celebrated } of readers) {
    await eventually('a page that stayed through all has every line', () => lines.size === ids.length)
    expect([...lines.keys()].toSorted()).toEqual(ids)
    expect(new Set(lines.values()).size).toBe(ids.length)
    expect(faults).toEqual([])
    expect(celebrated.length).toBe(new Set(celebrated).size)
  }

  expect((await reconcileLedger(database)).differences).toEqual([])
  const given = new Map(senders.map(({ id, name }) => [name, [...acknowledged.values()].reduce((sum, one) => sum + (one.senderId === id ? one.quantity : 0), 0)]))
  for (const { id, name } of senders) {
    const [row] = (await database('ledger_accounts').where({ kind: 'user', owner: id, currency: 'coin' }).sum({ balance: 'balance' })) as Array<{ balance: string }>
    expect(BigInt(row?.balance ?? 0)).toBe(COINS - BigInt(given.get(name) ?? 0))
  }
  const ranked = async (period: string): Promise<Map<string, number>> => {
    const { body } = await server.visitor().call<Ranking>('GET', `/api/channels/${CHANNEL}/gifts/ranking?period=${period}`)
    return new Map(body.people.map(({ person, coins }) => [person.name, Number(coins)]))
  }
  for (const period of ['show', 'all'])
    await eventually(`the ranking (${period}) has every gift once`, async () => {
      expect(Object.fromEntries(await ranked(period))).toEqual(Object.fromEntries(given))
      return true
    })
}, 240_000)
