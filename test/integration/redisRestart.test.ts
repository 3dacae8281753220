// Redis stops under two busy servers and comes back, with its data or without: nothing that was acknowledged is lost, and everything works again.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { ChannelView, StreamKeyView } from '../../server/contract/http.ts'
import type { UnreadView } from '../../server/contract/notify.ts'
import type { PrivateServer } from '../../server/setup/PrivateServer.ts'
import { startPrivateRedis } from '../../server/setup/privateRedis.ts'
import { newClientId } from '../support/ChatPage.ts'
import type { ChatPage } from '../support/ChatPage.ts'
import { openChatStage } from '../support/chatRoom.ts'
import type { ChatStage } from '../support/chatRoom.ts'
import { eventually } from '../support/eventually.ts'
import type { Visitor } from '../support/Visitor.ts'

type Where = 'one' | 'two'
type Person = { readonly name: string; readonly visitor: Visitor; readonly where: Where; page: ChatPage }
const PAUSE_MS = 40
/** All come from one address here, and so does somebody who is banned: whose log-in is gone is a stranger of that address. */
const LOGGED_OUT = 'kept-out'

let folder: string
let redis: PrivateServer
let stage: ChatStage
const unhandled: unknown[] = []
const onUnhandled = (reason: unknown): void => void unhandled.push(reason)
const startRedis = () => startPrivateRedis({ dataDir: join(folder, 'redis'), log: () => undefined })
beforeAll(async () => {
  process.on('unhandledRejection', onUnhandled)
  folder = await mkdtemp(join(tmpdir(), 'footlight-restart-'))
  redis = await startRedis()
  stage = await openChatStage({ databaseUrl: inject('databaseUrl'), redisUrl: redis.url })
})
afterAll(async () => {
  process.off('unhandledRejection', onUnhandled)
  await stage.close()
  await redis.stop()
  await rm(folder, { recursive: true, force: true })
})

/** A channel that is on air, carried by the first server. */
async function onAir(name: string): Promise<Person> {
  const { visitor, page } = await stage.host(name)
  const { streamKey } = (await visitor.call<StreamKeyView>('GET', `/api/channels/${name}/stream-key`)).body
  const grant = await stage.one.visitor().call('POST', '/internal/publish', { body: { bridgeId: 'bridgeofrestarts', streamKey, remoteAddress: '192.0.2.1' }, headers: { authorization: `Bearer ${stage.one.secret}` } })
  expect(grant.status).toBe(200)
  return { name, visitor, page, where: 'one' }
}
async function person(name: string, where: Where): Promise<Person> {
  return { name, where, ...(await stage.user(name, where)) }
}
/** As a page does whose log-in is gone: log in, connect, and be in the room again. */
async function comeBack(who: Person, channel: string): Promise<void> {
  who.page.close()
  await eventually(`${who.name} logs in`, async () => (await who.visitor.logIn(who.name)).status === 200)
  who.page = await stage.page(who.visitor, who.where)
  await enter(who, channel)
}
async function enter({ page }: Person, channel: string): Promise<void> {
  await page.request('chat:join', { channel })
  await page.request('watch', { channel, mode: 'hls' })
}
const unread = async ({ visitor }: Person) => (await visitor.call<UnreadView>('GET', '/api/notifications/unread')).body.unread
const entered = async (visitor: Visitor, where: Where, channel: string) => {
  const page = await stage.page(visitor, where)
  return (await page.refusal('chat:join', { channel }))?.code ?? null
}
const viewers = async (channel: string) => (await stage.two.visitor().call<ChannelView>('GET', `/api/channels/${channel}`)).body.broadcast?.viewers

test.each([
  { kind: 'with its data', empty: false },
  { kind: 'empty: people log in again, for log-ins live in Redis', empty: true },
])('Redis comes back $kind', async ({ empty }) => {
  const channel = empty ? 'emptied' : 'kept'
  const host = await onAir(channel)
  const writers = [await person(`${channel}-here`, 'one'), await person(`${channel}-there`, 'two')]
  const [troll, pest] = [await person(`${channel}-troll`, 'two'), await person(`${channel}-pest`, 'two')]
  for (const who of [...writers, pest]) await enter(who, channel)
  // With accounts: who is banned is kept out with all strangers of that address.
  const readers = [(await stage.user(`${channel}-reads`, 'one')).page, (await stage.user(`${channel}-also`, 'two')).page]
  for (const reader of readers) await reader.request('chat:join', { channel })
  await writers[0]?.visitor.call('PUT', `/api/people/${channel}/follow`)
  await eventually('the host is notified', async () => (await unread(host)) === 1)
  expect((await host.visitor.call('POST', `/api/channels/${channel}/moderation/ban`, { body: { user: troll.name, reason: '' } })).status).toBe(200)
  for (const where of ['one', 'two'] as const) await eventually('the ban holds', async () => (await entered(troll.visitor, where, channel)) === 'kept-out')
  await eventually('three are here', async () => (await host.page.request('people:list', { channel })).total === 3)
  await eventually('three are counted', async () => (await viewers(channel)) === 3)

  const acknowledged = new Map<string, number>()
  const refusals = new Set<string>()
  let writing = true
  const write = async (who: Person): Promise<void> => {
    for (let index = 0; writing; index += 1) {
      const request = { channel, text: `${who.name} ${index}`, clientId: newClientId() }
      for (;;) {
        const reply = await who.page.ask('chat:send', request)
        if (reply.ok) acknowledged.set(reply.data.message.id, reply.data.message.seq)
        else refusals.add(reply.error.code)
        if (!reply.ok && reply.error.code === LOGGED_OUT) await comeBack(who, channel)
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
        if (reply.ok) break
      }
    }
  }
  const work = Promise.all(writers.map(write))
  await eventually('some is said', () => acknowledged.size > 10)
  const { page: leaver } = await stage.user(`${channel}-leaves`, 'two')
  const left = await leaver.request('chat:join', { channel })

  await redis.stop()
  leaver.close()
  await eventually('messages are refused', () => refusals.size > 0)
  expect((await host.visitor.call('GET', '/api/me')).body).toMatchObject({ error: { code: 'unavailable' } })
  if (empty) await rm(join(folder, 'redis'), { recursive: true, force: true })
  const before = acknowledged.size
  redis = await startRedis()
  await eventually('it goes on', () => acknowledged.size > before + 10, 30_000)
  writing = false
  await work
  expect([...refusals].toSorted()).toEqual(empty ? [LOGGED_OUT, 'unavailable'] : ['unavailable'])
  if (empty) for (const who of [host, pest]) await comeBack(who, channel)

  const all = [...acknowledged.keys()].toSorted()
  const isWhole = (messages: ReadonlyArray<{ id: string; seq: number }>): void => {
    expect(messages.map(({ id }) => id).toSorted()).toEqual(all)
    expect(messages.every(({ seq }, index) => index === 0 || seq > (messages[index - 1]?.seq ?? 0))).toBe(true)
  }
  const said = (messages: ReadonlyArray<{ id: string; seq: number; line: unknown }>) => messages.filter(({ line }) => line === null)
  for (const where of ['one', 'two'] as const) {
    const { page } = await stage.user(`${channel}-late-${where}`, where)
    isWhole(said((await page.request('chat:join', { channel })).messages))
    const back = await page.request('chat:join', { channel, after: left.through })
    isWhole(said([...left.messages, ...back.messages]))
  }
  for (const reader of readers) await eventually('a page that stayed has all, once', () => JSON.stringify(said(reader.shown()).map(({ id }) => id).toSorted()) === JSON.stringify(all))

  const here = [...writers, pest].map(({ name }) => name).toSorted()
  await eventually('the same people are here', async () => {
    const { people } = await host.page.request('people:list', { channel })
    return JSON.stringify(people.map(({ name }) => name).filter((name) => name !== channel).toSorted()) === JSON.stringify(here)
  })
  await eventually('they are counted', async () => ((await viewers(channel)) ?? 0) >= 3)
  expect(await unread(host)).toBe(1)

  if (empty) await troll.visitor.logIn(troll.name)
  for (const where of ['one', 'two'] as const) expect(await entered(troll.visitor, where, channel)).toBe('kept-out')
  expect((await host.visitor.call('POST', `/api/channels/${channel}/moderation/ban`, { body: { user: pest.name, reason: '' } })).status).toBe(200)
  for (const where of ['one', 'two'] as const) await eventually('the new ban holds', async () => (await entered(pest.visitor, where, channel)) === 'kept-out')
  await eventually('who was banned hears no more', async () => {
    const { message } = await (writers[0] as Person).page.say(channel, `without ${pest.name}`)
    await eventually('the others see it', () => readers.every((reader) => reader.shown().some(({ id }) => id === message.id)))
    return !pest.page.shown().some(({ id }) => id === message.id)
  })
  expect(unhandled).toEqual([])
}, 150_000)
