// A room's chat on two servers that share one Redis and one database: what is said reaches everyone once, and nothing is lost.
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { Database } from '../../server/db/openDatabase.ts'
import { newClientId } from '../support/ChatPage.ts'
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

test('what is said on one server is shown on both, once, also to visitors who are not logged in', async () => {
  await stage.host('anna')
  const ben = await stage.user('ben')
  const here = await stage.stranger('one')
  const there = await stage.stranger('two')
  for (const reader of [here, there, ben.page]) await reader.request('chat:join', { channel: 'anna' })
  const { message, held } = await ben.page.say('anna', 'hello 你好 👋')
  expect(held).toBe(false)
  expect(message).toMatchObject({ channel: 'anna', text: 'hello 你好 👋', author: { name: 'ben', role: 'viewer', guard: null, fan: null }, broadcastId: null, offsetMs: null, line: null })
  for (const reader of [here, there, ben.page]) await reader.sees('hello 你好 👋')
  await ben.page.say('anna', 'the end')
  for (const reader of [here, there]) {
    await reader.sees('the end')
    expect(reader.texts()).toEqual(['hello 你好 👋', 'the end'])
    expect(reader.shown()[0]).toEqual(message)
  }
})

test('reading needs no log-in, writing does', async () => {
  await stage.host('bella')
  const stranger = await stage.stranger()
  expect((await stranger.request('chat:join', { channel: 'bella' })).self).toEqual({ role: 'visitor', mutedUntil: null, mutedReason: null, guard: null, followsSince: null, nextAt: 0 })
  expect(await stranger.sayRefused('bella', 'hello')).toBe('not-logged-in')
  expect(await stranger.refusal('chat:join', { channel: 'no-such-channel' })).toMatchObject({ code: 'channel-not-found' })
})

test('the same client id is stored once and answered alike, on whichever server it is asked again', async () => {
  await stage.host('carla')
  const dan = await stage.user('dan')
  const again = await stage.page(dan.visitor, 'two')
  await again.request('chat:join', { channel: 'carla' })
  const clientId = newClientId()
  const request = { channel: 'carla', text: 'only once', clientId }
  const answers = await Promise.all([dan.page.request('chat:send', request), dan.page.request('chat:send', request), again.request('chat:send', request)])
  answers.push(await again.request('chat:send', request))
  expect(new Set(answers.map(({ message }) => `${message.id} ${message.seq}`)).size).toBe(1)
  await dan.page.say('carla', 'after')
  await again.sees('after')
  expect(again.texts()).toEqual(['only once', 'after'])
})

test('who comes back gets exactly what was said meanwhile; who was away too long is told of the gap', async () => {
  await stage.host('dora')
  const writer = await stage.user('egon')
  for (let index = 1; index <= 130; index += 1) await writer.page.say('dora', `message ${index}`)
  const reader = await stage.stranger('two')
  const first = await reader.request('chat:join', { channel: 'dora' })
  expect(first.messages.map(({ text }) => text)).toEqual(Array.from({ length: 100 }, (_none, index) => `message ${index + 31}`))
  expect(first).toMatchObject({ complete: true, through: 130 })
  const since = await reader.request('chat:join', { channel: 'dora', after: 125 })
  expect(since.messages.map(({ seq }) => seq)).toEqual([126, 127, 128, 129, 130])
  expect(since.complete).toBe(true)
  expect(await reader.request('chat:join', { channel: 'dora', after: 130 })).toMatchObject({ messages: [], complete: true, through: 130 })
  expect(await reader.request('chat:join', { channel: 'dora', after: 30 })).toMatchObject({ complete: true })
  expect((await reader.request('chat:join', { channel: 'dora', after: 29 })).complete).toBe(false)
  expect((await reader.request('chat:join', { channel: 'dora', after: 9999 })).messages).toHaveLength(100)
})

test('many writers on both servers: numbers are unique and rise, and joining in the middle leaves no hole', async () => {
  await stage.host('emma')
  const writers = await Promise.all(Array.from({ length: 8 }, (_none, index) => stage.user(`writer${index}`, index % 2 ? 'two' : 'one')))
  const watcher = await stage.stranger('two')
  await watcher.request('chat:join', { channel: 'emma' })
  const said: number[] = []
  const writing = Promise.all(writers.map(async ({ page }, who) => {
    for (let index = 0; index < 12; index += 1) said.push((await page.say('emma', `${who}-${index}`)).message.seq)
  }))
  const late = await stage.stranger('one')
  const joined = await late.request('chat:join', { channel: 'emma' })
  await writing
  expect(said.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 96 }, (_none, index) => index + 1))
  const known = new Set(joined.messages.map(({ seq }) => seq))
  const seen = () => new Set([...known, ...late.told('chat:batched').flatMap(({ messages, skipped }) => [...messages.map(({ seq }) => seq), ...skipped])])
  await eventually('the late one knows all', () => seen().size === 96)
  const shown = watcher.shown().map(({ seq }) => seq)
  expect(new Set(shown).size).toBe(shown.length)
})

test('empty, long and control-character messages are refused with the field that is wrong', async () => {
  await stage.host('fiona')
  const { page } = await stage.user('gus')
  for (const text of ['', '   ', 'x'.repeat(201), 'bell\u0007', 'turned \u202E around'])
    expect(await page.refusal('chat:send', { channel: 'fiona', clientId: newClientId(), text })).toMatchObject({ code: 'bad-request', fields: { text: expect.any(String) as string } })
  await page.say('fiona', '👨‍👩‍👧'.repeat(20))
})

test('an author takes a message back within two minutes, everywhere; later it is too late, and others may not', async () => {
  const { page: host } = await stage.host('greta')
  const { page } = await stage.user('hans')
  const other = await stage.user('ida', 'two')
  await other.page.request('chat:join', { channel: 'greta' })
  const { message } = await page.say('greta', 'oops')
  const reply = await other.page.say('greta', 'what?', { replyTo: message.id })
  expect(reply.message.replyTo).toEqual({ id: message.id, name: 'hans', text: 'oops' })
  expect(await other.page.refusal('chat:recall', { channel: 'greta', id: message.id })).toMatchObject({ code: 'forbidden' })
  await host.request('chat:pin', { channel: 'greta', id: message.id })
  await page.request('chat:recall', { channel: 'greta', id: message.id })
  expect(await other.page.isTold('chat:removed')).toEqual({ channel: 'greta', ids: [message.id], userId: null, by: 'author' })
  await other.page.isTold('chat:pinned', ({ message: pinned }) => pinned === null)
  const rejoined = await (await stage.stranger('two')).request('chat:join', { channel: 'greta' })
  expect(rejoined.messages.map(({ text, replyTo }) => [text, replyTo?.text])).toEqual([['what?', '']])
  expect(rejoined.pinned).toBeNull()
  const old = await page.say('greta', 'an old one')
  await database('chat_messages').where({ id: old.message.id }).update({ at: new Date(Date.now() - 121_000) })
  expect(await page.refusal('chat:recall', { channel: 'greta', id: old.message.id })).toMatchObject({ code: 'too-late' })
  const kept = (await database('chat_messages').where({ id: message.id }).first('text', 'state')) as { text: string; state: string }
  expect(kept).toEqual({ text: 'oops', state: 'recalled' })
})

test('the host deletes a message or all of a user’s, with a record; viewers may not; the host may delete its own words too', async () => {
  const { page: host } = await stage.host('helga')
  const { page } = await stage.user('igor')
  const reader = await stage.user('jana', 'two')
  await reader.page.request('chat:join', { channel: 'helga' })
  const texts = ['spam one', 'spam two', 'spam three']
  const ids: string[] = []
  for (const text of texts) ids.push((await page.say('helga', text)).message.id)
  const ofHost = await host.say('helga', 'welcome')
  await reader.page.sees('welcome')
  expect(await reader.page.refusal('chat:delete', { channel: 'helga', id: ids[0], reason: '' })).toMatchObject({ code: 'forbidden' })
  expect(await host.request('chat:delete', { channel: 'helga', id: ids[0], reason: 'spam' })).toEqual({ deleted: 1 })
  await reader.page.isTold('chat:removed', (fact) => fact.ids.includes(ids[0] ?? '') && fact.by === 'moderator')
  expect(await host.request('chat:delete', { channel: 'helga', user: 'igor', reason: 'all spam' })).toEqual({ deleted: 2 })
  const all = await reader.page.isTold('chat:removed', ({ userId }) => userId !== null)
  expect(all.ids.toSorted()).toEqual(ids.slice(1).toSorted())
  expect((await reader.page.request('chat:join', { channel: 'helga' })).messages.map(({ text }) => text)).toEqual(['welcome'])
  expect(await reader.page.refusal('chat:delete', { channel: 'helga', id: ofHost.message.id, reason: '' })).toMatchObject({ code: 'forbidden' })
  expect(await host.request('chat:delete', { channel: 'helga', id: ofHost.message.id, reason: 'a slip' })).toEqual({ deleted: 1 })
  expect(await host.refusal('chat:delete', { channel: 'helga', reason: '' })).toMatchObject({ code: 'bad-request' })
  const records = (await database('audit').where({ action: 'chat:delete' }).orderBy('id')) as Array<{ reason: string; detail: unknown }>
  expect(records.map(({ reason }) => reason)).toEqual(['spam', 'all spam', 'a slip'])
  expect(JSON.stringify(records)).toContain('spam three')
})

test('a pinned message is shown to all and to whoever comes', async () => {
  const { page: host } = await stage.host('ines')
  const reader = await stage.stranger('two')
  await reader.request('chat:join', { channel: 'ines' })
  const { message } = await host.say('ines', 'the rules')
  await host.request('chat:pin', { channel: 'ines', id: message.id })
  expect((await reader.isTold('chat:pinned')).message).toEqual(message)
  expect((await (await stage.stranger('two')).request('chat:join', { channel: 'ines' })).pinned).toEqual(message)
  await host.request('chat:pin', { channel: 'ines', id: null })
  await reader.isTold('chat:pinned', ({ message: pinned }) => pinned === null)
  expect((await reader.request('chat:join', { channel: 'ines' })).pinned).toBeNull()
  expect(await host.refusal('chat:pin', { channel: 'ines', id: 'no-such-message' })).toMatchObject({ code: 'message-not-found' })
})

test('a mention reaches its target, and tells who exists alone', async () => {
  await stage.host('julia')
  const { page } = await stage.user('karl')
  const target = await stage.user('lena', 'two')
  await target.page.request('chat:join', { channel: 'julia' })
  const { message } = await page.say('julia', 'hey @Lena and @nobody-here, mail me@karl.example')
  expect(message.mentions).toEqual(['lena'])
  await target.page.sees('hey @Lena and @nobody-here, mail me@karl.example')
})
