// A database that is away is told from a fault, by what drivers really say.
import { connect } from 'node:net'
import { readFile } from 'node:fs/promises'
import { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { isUnreachable } from '../../../../server/core/isUnreachable.ts'

const failureOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => undefined, (error: unknown) => error)
const refused = (where: string): Promise<unknown> => new Promise((resolve) => connect(where).on('error', resolve))

test('nobody listens: at a port, or at the file of a socket', async () => {
  const atPort = await new Promise((resolve) => connect(1, '127.0.0.1').on('error', resolve))
  expect(isUnreachable(atPort)).toBe(true)
  expect(isUnreachable(await refused('/nonexistent/mysqld.sock'))).toBe(true)
})

test('a missing file is no database', async () => {
  expect(isUnreachable(await failureOf(readFile('/nonexistent/file')))).toBe(false)
})

test('what Redis’ client says when it gives up', async () => {
  const redis = new Redis({ port: 1, maxRetriesPerRequest: 1, retryStrategy: () => 10 })
  redis.on('error', () => undefined)
  const failure = await failureOf(redis.get('a'))
  redis.disconnect()
  expect(failure).toBeInstanceOf(Error)
  expect(isUnreachable(failure)).toBe(true)
})

test.each([
  ['a restarting Redis', Object.assign(new Error('LOADING Redis is loading the dataset in memory'), { name: 'ReplyError' })],
  ['a connection of Redis that was closed', new Error('Connection is closed.')],
  ['a connection of MySQL that broke', Object.assign(new Error('Connection lost: The server closed the connection.'), { code: 'PROTOCOL_CONNECTION_LOST' })],
  ['a MySQL that stops', Object.assign(new Error('Server shutdown in progress'), { code: 'ER_SERVER_SHUTDOWN' })],
  ['too many connections', Object.assign(new Error('Too many connections'), { code: 'ER_CON_COUNT_ERROR' })],
  ['no connection free in time', Object.assign(new Error('Knex: Timeout acquiring a connection.'), { name: 'KnexTimeoutError' })],
])('%s', (_what, error) => {
  expect(isUnreachable(error)).toBe(true)
})

test.each([
  ['a duplicate key', Object.assign(new Error('Duplicate entry'), { code: 'ER_DUP_ENTRY' })],
  ['a fault of ours', new TypeError('Cannot read properties of undefined')],
  ['what only mentions a connection', new Error('the viewer said: Connection lost')],
  ['what is no error', 'ECONNREFUSED'],
])('not %s', (_what, error) => {
  expect(isUnreachable(error)).toBe(false)
})
