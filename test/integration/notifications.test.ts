// The bell: what is kept for whom, told where, counted as unread, and left out on wish.
import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { ChoicesView, NotificationsPage, UnreadView } from '../../server/contract/notify.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { Database } from '../../server/db/openDatabase.ts'
import { eventually } from '../support/eventually.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'
import type { Visitor } from '../support/Visitor.ts'

let server: TestServer
let other: TestServer
let database: Database
const sockets: Socket[] = []
beforeAll(async () => {
  server = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') })
  other = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl'), sharing: server })
  database = openDatabase({ url: server.databaseUrl, poolSize: 2 })
})
afterAll(async () => {
  for (const socket of sockets) socket.disconnect()
  await database?.destroy()
  await other?.stop()
  await server?.stop()
})

async function person(name: string): Promise<Visitor> {
  const visitor = server.visitor()
  await visitor.signUp(name)
  return visitor
}
async function listen(visitor: Visitor, at: TestServer): Promise<{ heard: Array<{ name: string; fact: Record<string, unknown> }> }> {
  const socket = io(at.url, { transports: ['websocket'], forceNew: true, extraHeaders: { cookie: visitor.cookie } })
  sockets.push(socket)
  const heard: Array<{ name: string; fact: Record<string, unknown> }> = []
  socket.onAny((name: string, fact: Record<string, unknown>) => heard.push({ name, fact }))
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()))
  return { heard }
}
const list = async (visitor: Visitor, query = '') => (await visitor.call<NotificationsPage>('GET', `/api/notifications${query}`)).body

test('a new follower is told of once a day, kept, and heard at once on another server', async () => {
  const [anna, bert] = [await person('anna'), await person('bert')]
  const { heard } = await listen(bert, other)
  await anna.call('PUT', '/api/people/bert/follow')
  await eventually('bert hears it', () => heard.some(({ name, fact }) => name === 'notified' && fact['kind'] === 'followed'))
  await anna.call('DELETE', '/api/people/bert/follow')
  await anna.call('PUT', '/api/people/bert/follow')
  const { notifications, unread } = await list(bert)
  expect(notifications).toMatchObject([{ kind: 'followed', actor: { name: 'anna' }, link: '/u/anna', read: false }])
  expect(unread).toBe(1)
})

test('reading one, then all, counts down on every page of the user', async () => {
  const bert = server.visitor()
  await bert.logIn('bert')
  const { heard } = await listen(bert, other)
  for (const name of ['cleo', 'dora']) await (await person(name)).call('PUT', '/api/people/bert/follow')
  await eventually('three are unread', async () => (await bert.call<UnreadView>('GET', '/api/notifications/unread')).body.unread === 3)
  const [newest] = (await list(bert)).notifications
  expect((await bert.call<UnreadView>('POST', '/api/notifications/read', { body: { ids: [newest?.id] } })).body).toEqual({ unread: 2 })
  expect((await bert.call<UnreadView>('POST', '/api/notifications/read', { body: {} })).body).toEqual({ unread: 0 })
  await eventually('the other page hears of it', () => heard.filter(({ name }) => name === 'notifications:counted').map(({ fact }) => fact['unread']).join() === '2,0')
})

test('nobody reads or marks the notifications of another', async () => {
  const bert = server.visitor()
  await bert.logIn('bert')
  const finn = await person('finn')
  await finn.call('PUT', '/api/people/bert/follow')
  await eventually('bert is told', async () => (await list(bert)).unread === 1)
  const [newest] = (await list(bert)).notifications
  await finn.call('POST', '/api/notifications/read', { body: { ids: [newest?.id] } })
  expect((await list(finn)).notifications).toEqual([])
  expect((await list(bert)).unread).toBe(1)
  expect(await server.visitor().call('GET', '/api/notifications')).toMatchObject({ status: 401 })
})

test('the list is paged from the newest without gaps or repeats', async () => {
  const gail = await person('gail')
  const { id: user_id } = (await database('users').where({ name: 'gail' }).first('id')) as { id: string }
  await database('notifications').insert(Array.from({ length: 45 }, (_none, index) => ({ user_id, kind: 'moderator', text: `news ${index}`, link: '/', created_at: new Date() })))
  const seen: string[] = []
  for (let next: string | null = ''; next !== null; ) {
    const page: NotificationsPage = await list(gail, `?limit=20${next ? `&after=${next}` : ''}`)
    seen.push(...page.notifications.map(({ text }) => text))
    next = page.next
  }
  expect(seen).toEqual(Array.from({ length: 45 }, (_none, index) => `news ${44 - index}`))
})

test('a kind that is turned off in the bell is not kept there; blocked people are not heard of', async () => {
  const [hugo, ines, jona] = [await person('hugo'), await person('ines'), await person('jona')]
  const chosen = await hugo.call<ChoicesView>('PUT', '/api/notifications/choices', { body: { kind: 'followed', way: 'bell', wanted: false } })
  expect(chosen.body).toMatchObject({ email: 'unavailable', choices: { followed: { bell: false, push: true, email: false }, live: { bell: true, push: true, email: true } } })
  await ines.call('PUT', '/api/people/hugo/follow')
  await ines.call('PUT', '/api/people/jona/follow')
  await eventually('jona is told', async () => (await list(jona)).unread === 1)
  expect((await list(hugo)).notifications).toEqual([])
  expect(await hugo.call('PUT', '/api/notifications/choices', { body: { kind: 'followed', way: 'pigeon', wanted: false } })).toMatchObject({ status: 400 })
})
