// The nightly reconciliation: planned once however many servers there are, and planned again where Redis forgot.
import { Queue } from 'bullmq'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { readSettings } from '../../server/contract/settings.ts'
import { createLogger } from '../../server/core/logger.ts'
import { openRedis } from '../../server/core/openRedis.ts'
import { nightlyReconciliation } from '../../server/wallet/nightlyReconciliation.ts'
import type { Nightly } from '../../server/wallet/nightlyReconciliation.ts'
import { Reconciliation } from '../../server/wallet/Reconciliation.ts'
import { eventually } from '../support/eventually.ts'
import { openLedger } from '../support/openLedger.ts'
import type { TestLedger } from '../support/openLedger.ts'

const log = createLogger({ name: 'test', level: 'silent' })
let books: TestLedger
let queue: Queue
const redis = openRedis({ url: inject('redisUrl'), patient: true, onError: () => undefined })
const servers: Nightly[] = []
beforeAll(async () => {
  books = await openLedger(inject('databaseUrl'))
  queue = new Queue('ledger', { connection: redis, prefix: `jobs:${new URL(books.url).pathname.slice(1)}` })
})
afterAll(async () => {
  for (const server of servers) await server.close()
  await queue?.close()
  redis.disconnect()
  await books?.close()
})

const server = () => {
  const settings = readSettings({ NODE_ENV: 'test', DATABASE_URL: books.url, REDIS_URL: inject('redisUrl'), APP_SECRET: 'the secret of a test installation', INTERNAL_SECRET: 'the secret of bridge and server' })
  servers.push(nightlyReconciliation({ settings, reconciliation: new Reconciliation({ database: books.database, log }), log }))
}

test('two servers plan one run a night, at twenty past four, and it is made once', async () => {
  server()
  server()
  await eventually('it is planned', async () => (await queue.getDelayed()).length === 1)
  const [planned] = await queue.getJobSchedulers()
  expect(planned).toMatchObject({ pattern: '20 4 * * *', tz: 'UTC' })
  const at = new Date(planned?.next ?? 0)
  expect([at.getUTCHours(), at.getUTCMinutes()]).toEqual([4, 20])
  const [job] = await queue.getDelayed()
  await job?.promote()
  await eventually('it is made', async () => (await new Reconciliation({ database: books.database, log }).list()).some(({ finishedAt }) => finishedAt !== null))
  const runs = await new Reconciliation({ database: books.database, log }).list()
  expect(runs).toMatchObject([{ trigger: 'nightly', differences: [] }])
  await eventually('the next night is planned', async () => (await queue.getDelayed()).length === 1)
})

test('a server that starts plans it again in a Redis that has forgotten', async () => {
  await queue.obliterate({ force: true })
  expect(await queue.getJobSchedulers()).toEqual([])
  server()
  await eventually('it is planned again', async () => (await queue.getDelayed()).length === 1)
})
