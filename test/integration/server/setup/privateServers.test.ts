import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Redis } from 'ioredis'
import { createConnection } from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PrivateServer } from '../../../../server/setup/PrivateServer.ts'
import { startPrivateMariadb } from '../../../../server/setup/privateMariadb.ts'
import { startPrivateRedis } from '../../../../server/setup/privateRedis.ts'

const log = (): void => undefined
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'footlight-private-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('private MariaDB', () => {
  test('keeps committed rows over SIGKILL, refuses a second instance, and stores every character', async () => {
    const dataDir = path.join(folder, 'mariadb')
    const first = await startPrivateMariadb({ dataDir, log })
    await withMariadb(first, async (query) => {
      await query('CREATE TABLE words (word VARCHAR(20) PRIMARY KEY)')
      await query('INSERT INTO words VALUES (?)', ['直播 🎭'])
    })
    await expect(startPrivateMariadb({ dataDir, log })).rejects.toThrow(/in use by another Footlight \(process \d+\)/)

    process.kill(first.pid, 'SIGKILL')
    expect((await first.exited).signal).toBe('SIGKILL')

    const second = await startPrivateMariadb({ dataDir, log })
    await withMariadb(second, async (query) => {
      expect(await query('SELECT word FROM words')).toEqual([{ word: '直播 🎭' }])
      expect(await query('SELECT @@skip_networking AS off, @@innodb_flush_log_at_trx_commit AS flush')).toEqual([{ off: 1, flush: 1 }])
    })
    await second.stop()
    await second.stop()
    expect(isAlive(second.pid)).toBe(false)
  })

  test('a deep data folder gets its socket in a short one', async () => {
    const dataDir = path.join(folder, 'deep'.repeat(30), 'mariadb')
    const server = await startPrivateMariadb({ dataDir, log })
    await withMariadb(server, async (query) => {
      expect(await query('SELECT 1 AS one')).toEqual([{ one: 1 }])
    })
    await server.stop()
    await rm(path.dirname(new URL(server.url).searchParams.get('socketPath') ?? ''), { recursive: true })
  })
})

describe('private Redis', () => {
  test('keeps what it wrote over SIGKILL and refuses a second instance', async () => {
    const dataDir = path.join(folder, 'redis')
    const first = await startPrivateRedis({ dataDir, log })
    const client = new Redis(first.url)
    await client.set('viewer', '7')
    await client.call('WAITAOF', '1', '0', '1000').catch(() => waitForFlush(client))
    client.disconnect()
    await expect(startPrivateRedis({ dataDir, log })).rejects.toThrow(/in use by another Footlight/)

    process.kill(first.pid, 'SIGKILL')
    await first.exited

    const second = await startPrivateRedis({ dataDir, log })
    const again = new Redis(second.url)
    expect(await again.get('viewer')).toBe('7')
    expect(await again.config('GET', 'port')).toEqual(['port', '0'])
    again.disconnect()
    await second.stop()
    expect(isAlive(second.pid)).toBe(false)
  })
})

async function withMariadb(server: PrivateServer, work: (query: (sql: string, values?: string[]) => Promise<unknown>) => Promise<void>): Promise<void> {
  const connection = await createConnection(server.url)
  try {
    await work(async (sql, values) => (await connection.query(sql, values))[0])
  } finally {
    await connection.end()
  }
}

/** Redis 7.0 has no WAITAOF; it tells instead whether a flush to disk is pending. */
async function waitForFlush(client: Redis): Promise<void> {
  await expect.poll(async () => /aof_buffer_length:0/.test(await client.info('persistence')), { timeout: 5000 }).toBe(true)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
