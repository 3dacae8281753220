// Who came in and who is here, told to a room over two servers: gathered once a second, sampled in a crowd, accounts only.
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { StreamKeyView } from '../../server/contract/http.ts'
import type { ChatPage } from '../support/ChatPage.ts'
import { openChatStage } from '../support/chatRoom.ts'
import type { ChatStage } from '../support/chatRoom.ts'
import { eventually } from '../support/eventually.ts'

let stage: ChatStage
beforeAll(async () => {
  stage = await openChatStage({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') })
})
afterAll(() => stage.close())

async function onAir(name: string): Promise<ChatPage> {
  const { visitor, page } = await stage.host(name)
  const { streamKey } = (await visitor.call<StreamKeyView>('GET', `/api/channels/${name}/stream-key`)).body
  await stage.one.visitor().call('POST', '/internal/publish', { body: { bridgeId: 'bridgeofpresence', streamKey, remoteAddress: '192.0.2.1' }, headers: { authorization: `Bearer ${stage.one.secret}` } })
  return page
}
const watch = (page: ChatPage, channel: string) => page.request('watch', { channel, mode: 'hls' })

test('a crowd comes in: some are named in few messages, the rest counted, and each entry is told once on both servers', async () => {
  await onAir('crowded')
  const reader = await stage.stranger('two')
  await watch(reader, 'crowded')
  const people = await Promise.all(Array.from({ length: 24 }, (_none, index) => stage.user(`guest${index}`, 'one')))
  await Promise.all(people.map(({ page }) => watch(page, 'crowded')))
  const told = () => reader.told('people:entered')
  const entries = () => told().reduce((sum, { people: named, more }) => sum + named.length + more, 0)
  await eventually('all are told of', () => entries() === 24)
  expect(told().length).toBeLessThan(12)
  expect(told().every(({ people: named }) => named.length <= 10)).toBe(true)
  const names = told().flatMap(({ people: named }) => named.map(({ name }) => name))
  expect(new Set(names).size).toBe(names.length)
  await watch(people[0]?.page as ChatPage, 'crowded')
  expect((await reader.request('people:list', { channel: 'crowded' })).people.every(({ name }) => name.startsWith('guest'))).toBe(true)
  await eventually('all are listed', async () => (await reader.request('people:list', { channel: 'crowded' })).total === 24)
}, 90_000)

test('who is here: with roles, over both servers, gone when they leave, and nothing for who is kept out', async () => {
  const host = await onAir('cosy')
  const [ann, bob] = [await stage.user('ann', 'one'), await stage.user('bob', 'two')]
  for (const page of [host, ann.page, bob.page, await stage.stranger('two')]) await watch(page, 'cosy')
  const listed = async (page: ChatPage) => (await page.request('people:list', { channel: 'cosy' })).people.map(({ name, role }) => `${name} ${role}`).toSorted().join()
  for (const page of [ann.page, bob.page]) await eventually('three are here', async () => (await listed(page)) === 'ann viewer,bob viewer,cosy host')
  ann.page.close()
  await eventually('ann is gone', async () => (await listed(bob.page)) === 'bob viewer,cosy host')
  const { visitor } = bob
  expect((await (await hostOf('cosy')).call('POST', '/api/channels/cosy/moderation/kick', { body: { user: 'bob', seconds: 600, reason: '' } })).status).toBe(200)
  await eventually('bob is not listed', async () => (await listed(host)) === 'cosy host', 20_000)
  expect(await (await stage.page(visitor, 'one')).refusal('people:list', { channel: 'cosy' })).toMatchObject({ code: 'kept-out' })
}, 90_000)

async function hostOf(name: string) {
  const visitor = stage.one.visitor()
  await visitor.logIn(name)
  return visitor
}
