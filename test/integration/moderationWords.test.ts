import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { AuditPage, LexiconView } from '../../server/contract/moderation.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import { eventually } from '../support/eventually.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'
import type { Visitor } from '../support/Visitor.ts'
import { chatOf } from '../support/chatOf.ts'
import type { ChatHand } from '../support/chatOf.ts'

let server: TestServer
let second: TestServer
let host: Visitor
let operator: Visitor
let guest: Visitor
const hands: ChatHand[] = []

beforeAll(async () => {
  server = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') })
  second = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl'), sharing: server })
  ;[host, operator, guest] = await Promise.all(['wordy', 'opera', 'guest'].map((name) => person(name))) as [Visitor, Visitor, Visitor]
  await host.call('POST', '/api/channels', { body: { name: 'words', title: 'Words', category: 'talk' } })
  const database = openDatabase({ url: server.databaseUrl, poolSize: 1 })
  await database('users').where({ name: 'opera' }).update({ role: 'operator' })
  await database.destroy()
})
afterAll(async () => {
  for (const hand of hands) hand.close()
  await second.stop()
  await server.stop()
})

async function person(name: string): Promise<Visitor> {
  const visitor = server.visitor()
  expect((await visitor.signUp(name)).status).toBe(201)
  return visitor
}
const put = (who: Visitor, path: string, body: string, type = 'text/plain') => who.call<LexiconView & { error?: { code: string; fields?: Record<string, string> } }>('PUT', path, { body, headers: { 'content-type': type } })
const CHANNEL = '/api/channels/words/moderation/words'
const PLATFORM = '/api/moderation/words'

test('only the host sets a channel’s words, only operators the platform’s', async () => {
  expect((await put(guest, CHANNEL, 'bad')).status).toBe(403)
  expect((await put(server.visitor(), CHANNEL, 'bad')).status).toBe(401)
  expect((await put(host, PLATFORM, 'bad')).status).toBe(403)
  expect((await guest.call('GET', CHANNEL)).status).toBe(403)
  expect((await put(host, CHANNEL, 'bad', 'application/xml')).status).toBe(415)
})

test('a list is replaced as a whole, comes back as text, and its change is on record', async () => {
  const first = await put(host, CHANNEL, '# mine\nrude\nawful | refuse\n')
  expect(first).toMatchObject({ status: 200, body: { limit: 1000, entries: [{ word: 'rude' }, { word: 'awful', action: 'refuse' }] } })
  await put(host, CHANNEL, 'awful | refuse\nshout | mute 60\nmeh | hold')
  expect((await host.call<string>('GET', `${CHANNEL}.txt`)).body).toBe('awful | refuse\nshout | mute 60\nmeh | hold\n')
  const { body } = await host.call<AuditPage>('GET', '/api/channels/words/moderation/audit?action=words:set')
  expect(body.entries[0]?.detail).toEqual({ words: 3, added: 2, removed: 1, addedWords: ['shout', 'meh'], removedWords: ['rude'] })
})

test('a wrong line is named, and nothing is changed by it', async () => {
  expect((await put(host, CHANNEL, 'fine\nwrong | explode')).body.error).toMatchObject({ code: 'bad-request', fields: { 'line 2': expect.stringContaining('must say') as string } })
  expect((await host.call<LexiconView>('GET', CHANNEL)).body.entries).toHaveLength(3)
  const tooMany = Array.from({ length: 1001 }, (_, at) => `word${at}x`).join('\n')
  expect((await put(host, CHANNEL, tooMany)).body.error?.code).toBe('limit-reached')
})

test('ten thousand words go in at once', async () => {
  const list = Array.from({ length: 9_999 }, (_, at) => `verboten${at}x | refuse`).join('\n')
  expect((await put(operator, PLATFORM, `${list}\nloud`)).body.entries).toHaveLength(10_000)
  expect((await put(operator, PLATFORM, `${list}\nloud\none-more`)).body.error?.code).toBe('limit-reached')
})

test('the other server judges by a changed list at once: refuse, replace, hold and mute', async () => {
  const hand = await chatOf(second, guest, 'words')
  hands.push(hand)
  await eventually('the other server knows the lists', async () => (await hand.send('v e r b o t e n 7 x is a w f u l')).error === 'word-refused')
  expect((await hand.send('how ｌｏｕｄ they are')).text).toBe('how **** they are')
  expect((await hand.send('meh')).held).toBe(true)
  expect((await hand.send('sh0ut')).error).toMatch(/muted|word-refused/)
  expect((await hand.send('hello')).error).toBe('muted')
})
