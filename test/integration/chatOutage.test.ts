// Redis goes away in the middle of a lively chat and comes back empty: nothing that was acknowledged is lost, and every page ends up with all of it.
import { rm, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openRedis } from '../../server/core/openRedis.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { PrivateServer } from '../../server/setup/PrivateServer.ts'
import { startPrivateRedis } from '../../server/setup/privateRedis.ts'
import { newClientId } from '../support/ChatPage.ts'
import { openChatStage } from '../support/chatRoom.ts'
import type { ChatStage } from '../support/chatRoom.ts'
import { eventually } from '../support/eventually.ts'

let folder: string
let redis: PrivateServer
let stage: ChatStage
const startRedis = () => startPrivateRedis({ dataDir: join(folder, 'redis'), log: () => undefined })
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'footlight-outage-'))
  redis = await startRedis()
  stage = await openChatStage({ databaseUrl: inject('databaseUrl'), redisUrl: redis.url })
})
afterAll(async () => {
  await stage.close()
  await redis.stop()
  await rm(folder, { recursive: true, force: true })
})

test('Redis restarts in the middle: what was acknowledged is kept, numbers stay unique and rise, refused messages go through later', async () => {
  const host = await stage.host('lively')
  const away = await stage.user('away', 'two')
  const reader = await stage.stranger('two')
  for (const page of [host.page, away.page, reader]) await page.request('chat:join', { channel: 'lively' })
  await host.page.request('like', { channel: 'lively', count: 20 })
  const acknowledged = new Map<string, number>()
  const refusals = new Set<string>()
  let writing = true
  /** Says one thing after the other, each until it is acknowledged, as a page that is told `unavailable` does. */
  const write = async (who: 'host' | 'away'): Promise<void> => {
    const { page } = who === 'host' ? host : away
    for (let index = 0; writing; index += 1) {
      const request = { channel: 'lively', text: `${who} ${index}`, clientId: newClientId() }
      for (;;) {
        const reply = await page.ask('chat:send', request)
        if (reply.ok) {
          acknowledged.set(reply.data.message.id, reply.data.message.seq)
          break
        }
        refusals.add(reply.error.code)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
  }
  const writers = Promise.all([write('host'), write('away')])
  await eventually('some is said', () => acknowledged.size > 20)
  await redis.stop()
  await eventually('messages are refused', () => refusals.size > 0)
  const before = acknowledged.size
  redis = await startRedis()
  // As if it had come back empty, but for the log-ins, without which nobody could write on.
  const client = openRedis({ url: redis.url, onError: () => undefined })
  const lost = (await client.keys('*')).filter((key) => !key.startsWith('login'))
  if (lost.length > 0) await client.del(...lost)
  await client.quit()
  await eventually('it goes on', () => acknowledged.size > before + 20, 20_000)
  writing = false
  await writers
  expect([...refusals]).toEqual(['unavailable'])
  const seqs = [...acknowledged.values()]
  expect(new Set(seqs).size).toBe(seqs.length)
  const database = openDatabase({ url: stage.one.databaseUrl, poolSize: 1 })
  const rows = (await database('chat_messages').where({ state: 'said' }).orderBy('seq').select('id', 'seq', 'client_id')) as Array<{ id: string; seq: number; client_id: string | null }>
  await database.destroy()
  expect(new Set(rows.map(({ client_id: clientId }) => clientId)).size).toBe(rows.length)
  for (const [id, seq] of acknowledged) expect(rows.find((row) => row.id === id)?.seq).toBe(seq)
  const known = () => new Set(reader.told('chat:batched').flatMap(({ messages, skipped }) => [...messages.map(({ seq }) => seq), ...skipped]))
  await eventually('the reader on the other server knows all', () => rows.every(({ seq }) => known().has(seq)), 8000)
})

test('likes never fall when Redis comes back empty', async () => {
  const host = await stage.host('liked')
  await host.page.request('chat:join', { channel: 'liked' })
  expect(await host.page.request('like', { channel: 'liked', count: 30 })).toEqual({ total: 30 })
  await host.page.isTold('chat:liked', ({ total }) => total === 30)
  const client = openRedis({ url: redis.url, onError: () => undefined })
  const keys = await client.keys('likes:*')
  expect(keys.length).toBeGreaterThan(0)
  await client.del(...keys)
  await client.quit()
  expect(await host.page.request('like', { channel: 'liked', count: 5 })).toEqual({ total: 35 })
  await eventually('the other server knows the total', async () => (await (await stage.stranger('two')).request('chat:join', { channel: 'liked' })).likes === 35)
})
