// What was said in a show is there for its replay, in time, and for its host to keep; a deleted account's words are not.
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { PublishGrant } from '../../server/contract/bridgeApi.ts'
import type { ChatMessage } from '../../server/contract/chat.ts'
import type { StreamKeyView } from '../../server/contract/http.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { Database } from '../../server/db/openDatabase.ts'
import { openChatStage } from '../support/chatRoom.ts'
import type { ChatStage } from '../support/chatRoom.ts'
import { eventually } from '../support/eventually.ts'

let stage: ChatStage
let database: Database
beforeAll(async () => {
  stage = await openChatStage({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') })
  database = openDatabase({ url: stage.one.databaseUrl, poolSize: 2 })
})
afterAll(async () => {
  await stage.close()
  await database.destroy()
})

test('a replay’s chat comes by offset; the host may keep it as a file, others may not; deleted accounts leave no words', async () => {
  const { visitor: host, page } = await stage.host('showman')
  const fan = await stage.user('fan')
  const { streamKey } = (await host.call<StreamKeyView>('GET', '/api/channels/showman/stream-key')).body
  const { body: grant } = await host.call<PublishGrant>('POST', '/internal/publish', {
    body: { bridgeId: 'abridgethatisatest', streamKey, remoteAddress: '192.0.2.1' },
    headers: { authorization: `Bearer ${stage.one.secret}` },
  })
  for (const [index, text] of ['=first', 'second', 'third, "quoted"', 'taken back'].entries()) {
    const { message } = await (index % 2 ? fan.page : page).say('showman', text)
    expect(message.broadcastId).toBe(grant.broadcastId)
    await database('chat_messages').where({ id: message.id }).update({ offset_ms: index * 1000 })
    if (text === 'taken back') await fan.page.request('chat:recall', { channel: 'showman', id: message.id })
  }
  const path = `/api/replays/${grant.broadcastId}/chat`
  const shown = async (query = '') => (await stage.one.visitor().call<ChatMessage[]>('GET', `${path}${query}`)).body.map(({ offsetMs, text }) => [offsetMs, text])
  // Who is kept out of the room must not read it as its own replay.
  expect((await host.call('GET', path)).status).toBe(404)
  await database('broadcasts').where({ id: grant.broadcastId }).update({ state: 'ended', running_channel_id: null, ended_at: new Date() })
  expect(await shown()).toEqual([[0, '=first'], [1000, 'second'], [2000, 'third, "quoted"']])
  expect(await shown('?from=500&to=1500')).toEqual([[1000, 'second']])
  expect((await host.call('GET', '/api/replays/aaaaaaaaaaaaaaaa/chat')).status).toBe(404)
  expect((await stage.one.visitor().call('GET', `${path}.csv`)).status).toBe(401)
  expect((await fan.visitor.call('GET', `${path}.csv`)).status).toBe(403)
  const csv = await host.call<string>('GET', `${path}.csv`)
  expect(csv.headers.get('content-disposition')).toMatch(/^attachment; filename="showman-.*\.csv"$/)
  expect(csv.body).toContain(",'=first,")
  expect(csv.body).toContain('"third, ""quoted"""')
  const lines = await (await fetch(`${stage.one.url}${path}.jsonl`, { headers: { cookie: host.cookie } })).text()
  expect(lines.trim().split('\n').map((line) => (JSON.parse(line) as ChatMessage).text)).toEqual(['=first', 'second', 'third, "quoted"'])

  const gone = await fan.visitor.call('POST', '/api/me/delete', { body: { password: 'a good password' } })
  expect(gone.status, JSON.stringify(gone.body)).toBeLessThan(300)
  await eventually('the words are gone', async () => (await shown()).length === 2)
  expect(await database('chat_messages').where('text', 'second').first()).toBeUndefined()
})

test('likes reach the room in batches, count for the show, and a burst is capped without an error', async () => {
  await stage.host('beloved')
  const page = await stage.stranger('two')
  await page.request('chat:join', { channel: 'beloved' })
  let total = 0
  for (let index = 0; index < 10; index += 1) ({ total } = await page.request('like', { channel: 'beloved', count: 30 }))
  expect(total).toBe(120)
  await page.isTold('chat:liked', (fact) => fact.total === 120)
  expect(page.told('chat:liked').reduce((sum, { added }) => sum + added, 0)).toBe(120)
  expect(page.told('chat:liked').length).toBeLessThan(5)
  await eventually('they are in the database', async () => Number(((await database('chat_likes').first('total')) as { total: string } | undefined)?.total) === 120, 5000)
})
