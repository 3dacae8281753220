// The outbox on a real database: what was committed is told, soon, by whoever is there, and nothing else is.
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import type { OutboxFacts } from '../../server/contract/outbox.ts'
import type { UserId } from '../../server/contract/ids.ts'
import { createLogger } from '../../server/core/logger.ts'
import { newId } from '../../server/core/newId.ts'
import { migrate } from '../../server/db/migrate.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { Database } from '../../server/db/openDatabase.ts'
import { Outbox } from '../../server/db/Outbox.ts'
import { eventually } from '../support/eventually.ts'
import { freshDatabase } from '../support/freshDatabase.ts'

const log = createLogger({ name: 'test', level: 'silent' })
const userId = newId<UserId>()
let url: string
let closers: Array<() => Promise<unknown>>
let database: Database

beforeAll(async () => {
  url = await freshDatabase(inject('databaseUrl'))
  const once = openDatabase({ url, poolSize: 1 })
  await migrate(once)
  await once.destroy()
})
beforeEach(() => {
  closers = []
  database = openDatabase({ url })
})
afterEach(async () => {
  await Promise.all(closers.map((close) => close()))
  await database('outbox').delete()
  await database.destroy()
})

/** One server's outbox, on a pool of its own. */
function server(): Outbox {
  const pool = openDatabase({ url })
  const outbox = new Outbox({ database: pool, log })
  closers.push(async () => {
    await outbox.close()
    await pool.destroy()
  })
  return outbox
}
const order = (orderId: string): OutboxFacts['order-changed'] => ({ orderId, userId, step: 'credited', transferId: newId(), coins: '1', locked: false })
const commit = (outbox: Outbox, orderId: string) => database.transaction((transaction) => outbox.write(transaction, 'order-changed', order(orderId)))
const left = async (): Promise<number> => Number(((await database('outbox').count({ count: '*' })) as [{ count: number }])[0].count)

test('what was committed is told at once and then forgotten; what was rolled back is not told', async () => {
  const outbox = server()
  const told = new Map<string, number>()
  outbox.on('order-changed', async ({ orderId }) => void told.set(orderId, performance.now()))
  await expect(
    database.transaction(async (transaction) => {
      await outbox.write(transaction, 'order-changed', order('undone'))
      throw new Error('changed my mind')
    }),
  ).rejects.toThrow('changed my mind')
  await commit(outbox, 'done')
  const committed = performance.now()
  await eventually('it is told and forgotten', async () => told.has('done') && (await left()) === 0)
  // A sweep would take up to a second.
  expect((told.get('done') as number) - committed).toBeLessThan(250)
  expect([...told.keys()]).toEqual(['done'])
})

test('nothing is told before the outer transaction is committed', async () => {
  const outbox = server()
  const told: string[] = []
  outbox.on('order-changed', async ({ orderId }) => void told.push(orderId))
  await database.transaction(async (outer) => {
    await outer.transaction((inner) => outbox.write(inner, 'order-changed', order('inner')))
    await wait(50)
    expect(told).toEqual([])
  })
  await eventually('it is told', () => told.includes('inner'))
})

test('a fact that fails is tried again, and holds up no other', async () => {
  const outbox = server()
  const told: string[] = []
  let failures = 0
  outbox.on('order-changed', async ({ orderId }) => {
    if (orderId === 'bad' && (failures += 1) <= 2) throw new Error('not now')
    told.push(orderId)
  })
  outbox.start()
  await commit(outbox, 'bad')
  for (const id of ['one', 'two', 'three']) await commit(outbox, id)
  await eventually('the others are told', () => told.length === 3, 1000)
  expect(told).not.toContain('bad')
  await eventually('it is told in the end', () => told.includes('bad'))
  await eventually('nothing is left', async () => (await left()) === 0)
})

test('a topic whose facts hang holds up no other topic, and its facts stay with the server that has them', async () => {
  const [one, other] = [server(), server()]
  const told: string[] = []
  let hanging = 0
  for (const outbox of [one, other]) {
    outbox.on('withdrawal-changed', () => {
      hanging += 1
      return new Promise(() => undefined)
    })
    outbox.on('order-changed', async ({ orderId }) => void told.push(orderId))
    outbox.start()
  }
  await database.transaction(async (transaction) => {
    for (let at = 0; at < 40; at += 1) await one.write(transaction, 'withdrawal-changed', { withdrawalId: newId(), userId, state: 'paid' })
  })
  await commit(one, 'free')
  await eventually('the other topic is told', () => told.length === 1, 1000)
  // Longer than a lease.
  await wait(4500)
  expect(hanging).toBe(32)
})

test('what a server took to its grave is told by another one', async () => {
  const [dead, alive] = [server(), server()]
  dead.on('order-changed', () => new Promise(() => undefined))
  await commit(dead, 'orphan')
  const told: string[] = []
  alive.on('order-changed', async ({ orderId }) => void told.push(orderId))
  alive.start()
  await eventually('another tells it', () => told.includes('orphan'), 8000)
  await eventually('nothing is left', async () => (await left()) === 0)
})

test('a process without a handler leaves its facts to those that have one', async () => {
  const [writer, teller] = [server(), server()]
  const told: string[] = []
  teller.on('order-changed', async ({ orderId }) => void told.push(orderId))
  teller.start()
  await commit(writer, 'from the command line')
  await eventually('it is told', () => told.includes('from the command line'), 3000)
})

test('two servers under load tell every fact, hardly any twice, and leave nothing', async () => {
  const servers = [server(), server()]
  const told = new Map<string, number>()
  for (const outbox of servers) {
    outbox.on('order-changed', async ({ orderId }) => void told.set(orderId, (told.get(orderId) ?? 0) + 1))
    outbox.start()
  }
  await Promise.all(Array.from({ length: 400 }, (_, at) => commit(servers[at % 2] as Outbox, `load-${at}`)))
  await eventually('all are told and none is left', async () => told.size === 400 && (await left()) === 0)
  expect([...told.values()].filter((times) => times > 1).length).toBeLessThan(20)
})

test('many that were left behind are taken up in turn', async () => {
  const writer = server()
  for (let batch = 0; batch < 5; batch += 1)
    await database.transaction(async (transaction) => {
      for (let at = 0; at < 100; at += 1) await writer.write(transaction, 'order-changed', order(`late-${batch}-${at}`))
    })
  const outbox = server()
  const told = new Set<string>()
  outbox.on('order-changed', async ({ orderId }) => void told.add(orderId))
  outbox.start()
  await eventually('all are told', () => told.size === 500, 5000)
  await outbox.close()
  expect(await left()).toBe(0)
})
