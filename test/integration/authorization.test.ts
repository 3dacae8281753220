// Who may call what: every HTTP route and every socket request, tried with every role and none. A route or request that has no line here fails the test.
import { io } from 'socket.io-client'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { requestSchemas } from '../../server/contract/sockets.ts'
import type { RequestName } from '../../server/contract/sockets.ts'
import { newId } from '../../server/core/newId.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { Database } from '../../server/db/openDatabase.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'
import type { Answer, Visitor } from '../support/Visitor.ts'
import { routeAccess, routeBodies, socketAccess, socketData } from '../support/accessTable.ts'
import type { Access, RoleName } from '../support/accessTable.ts'

/** The host comes last: what it removes, nobody needs after it. */
const roles: readonly RoleName[] = ['visitor', 'viewer', 'stranger', 'moderator', 'operator', 'admin', 'host']
const allowed: Readonly<Record<Access, readonly RoleName[]>> = {
  open: roles,
  member: ['viewer', 'stranger', 'moderator', 'operator', 'admin', 'host'],
  keeper: ['moderator', 'operator', 'admin', 'host'],
  owner: ['operator', 'admin', 'host'],
  staff: ['operator', 'admin'],
  admin: ['admin'],
  host: ['host'],
  nobody: [],
}
/** A wrong password or a mode of the chat is no question of who one is. */
const refusals = new Set(['not-logged-in', 'forbidden', 'internal-secret-wrong', 'wrong-stream-key'])
type Body = { readonly error?: { readonly code: string } }

let server: TestServer
let database: Database
const visitors = new Map<RoleName, Visitor>()
const ids = { broadcast: newId<string>(), show: '' }
const as = (role: RoleName): Visitor => visitors.get(role) as Visitor

beforeAll(async () => {
  server = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl'), env: { TRUST_PROXY: '1' } })
  for (const role of roles) {
    const visitor = server.visitor()
    visitors.set(role, visitor)
    if (role !== 'visitor') expect((await visitor.signUp(`the-${role}`)).status).toBe(201)
  }
  await server.visitor().signUp('the-victim')
  for (const role of ['host', 'stranger'] as const) await as(role).call('POST', '/api/channels', { body: { name: `the-${role}`, title: 'A show', category: 'talk' } })
  expect((await as('host').call('PUT', '/api/channels/the-host/moderation/moderators/the-moderator', { body: {} })).status).toBeLessThan(300)
  const show = await as('host').call<{ id: string }>('POST', '/api/channels/the-host/shows', { body: routeBodies['POST /api/channels/:name/shows'] })
  expect(show.status).toBeLessThan(300)
  ids.show = show.body.id
  database = openDatabase({ url: server.databaseUrl, poolSize: 1 })
  await database('users').where({ name: 'the-operator' }).update({ role: 'operator' })
  await database('users').where({ name: 'the-admin' }).update({ role: 'admin' })
  const { id: channelId } = (await database('channels').where({ name: 'the-host' }).first('id')) as { id: string }
  await database('broadcasts').insert({ id: ids.broadcast, channel_id: channelId, title: 'A show', source: 'rtmp', state: 'ended', started_at: new Date(), live_at: new Date(), ended_at: new Date() })
}, 60_000)
afterAll(async () => {
  await database?.destroy()
  await server?.stop()
})

/** An address of that route, about the host's channel and another user. */
const addressOf = (path: string): string =>
  path
    .replace('/people/:name', '/people/the-victim')
    .replace('/users/:name', '/users/the-victim')
    .replace('/wallets/:name', '/wallets/the-victim')
    .replace('/shows/:id', `/shows/${ids.show}`)
    .replace(':name', 'the-host')
    .replace(':user', 'the-victim')
    .replace(':channel', 'the-host')
    .replace(':broadcastId', ids.broadcast)
    .replace(':file', 'the-host.jpg')
    .replace(':key', 'the-victim')
    .replace(/:\w+/g, newId())
    .replace('*path', 'x.jpg')

const split = (route: string): { method: string; path: string } => {
  const [method = '', path = ''] = route.split(' ')
  return { method: method === 'ALL' ? 'PUT' : method, path }
}
const changes = (route: string): boolean => /^(POST|PUT|PATCH|DELETE) \/(?!whip|whep|internal)/.test(route)

function call(role: RoleName, route: string): Promise<Answer<Body>> {
  const { method, path } = split(route)
  return as(role).call<Body>(method, addressOf(path), method === 'GET' ? {} : { body: routeBodies[route] ?? {} })
}

/** Neither sniffed, nor framed, nor allowed a script of its own: true of every answer. */
function expectSafe({ headers }: Answer<unknown>, route: string): void {
  expect(headers.get('x-content-type-options'), route).toBe('nosniff')
  expect(headers.get('referrer-policy'), route).toBe('no-referrer')
  const policy = headers.get('content-security-policy') ?? ''
  expect(policy, route).toContain("script-src 'self';")
  expect(policy, route).toContain('frame-ancestors')
  expect(headers.get('x-powered-by'), route).toBeNull()
}

test('every HTTP route and every socket request has its line in the table, and no line is of something gone', () => {
  expect(Object.keys(routeAccess).sort()).toEqual(server.routes().sort())
  expect(Object.keys(socketAccess).sort()).toEqual(Object.keys(requestSchemas).sort())
})

test('each route lets in whom the table says, and tells the others why not', async () => {
  // Logging out ends what the rest needs.
  const routes = Object.entries(routeAccess).sort(([a], [b]) => Number(a.includes('logout')) - Number(b.includes('logout')))
  const wrong: string[] = []
  for (const [route, access] of routes) {
    for (const role of roles) {
      // What a higher hand laid binds those below it: each role begins with nothing laid.
      if (route.includes('/moderation/')) await database('sanctions').delete()
      const answer = await call(role, route)
      expectSafe(answer, route)
      const code = answer.body?.error?.code ?? ''
      const refused = (answer.status === 401 || answer.status === 403) && refusals.has(code)
      const right = allowed[access].includes(role) ? !refused && answer.status < 500 + Number(code === 'mail-unavailable') * 100 : refused && answer.status === (role === 'visitor' || access === 'nobody' ? 401 : 403)
      if (!right) wrong.push(`${route} as ${role}: ${answer.status} ${code}`)
    }
  }
  expect(wrong).toEqual([])
}, 120_000)

test('each socket request lets in whom the table says', async () => {
  // The walk over the routes has logged everybody out.
  for (const role of roles) if (role !== 'visitor') await as(role).logIn(`the-${role}`)
  const wrong: string[] = []
  for (const role of roles) {
    const socket = io(server.url, { transports: ['websocket'], forceNew: true, extraHeaders: { cookie: as(role).cookie } })
    for (const [name, access] of Object.entries(socketAccess) as Array<[RequestName, Access]>) {
      const answer = (await socket.timeout(5000).emitWithAck(name, { channel: 'the-host', ...socketData[name] })) as { ok: boolean; error?: { code: string } }
      const code = answer.error?.code ?? ''
      const refused = code === 'not-logged-in' || code === 'forbidden'
      const right = allowed[access].includes(role) ? !refused && code !== 'internal' : refused && code === (role === 'visitor' ? 'not-logged-in' : 'forbidden')
      if (!right) wrong.push(`${name} as ${role}: ${answer.ok ? 'ok' : code}`)
    }
    socket.disconnect()
  }
  expect(wrong).toEqual([])
}, 60_000)

/** These heed no cookies: a page opened from a mail proves itself by a signed token, a payment provider by its signature. */
const cookieless: Readonly<Record<string, readonly [number, string]>> = {
  'POST /api/notifications/unsubscribe': [400, 'bad-request'],
  'POST /api/recharge/notices/:provider': [403, 'payments-off'],
}

test('whatever changes something refuses a page of a foreign origin, a socket too', async () => {
  for (const route of Object.keys(routeAccess).filter(changes)) {
    const { method, path } = split(route)
    const answer = await as('admin').call<Body>(method, addressOf(path), { body: routeBodies[route] ?? {}, headers: { origin: 'https://evil.example' } })
    expect([answer.status, answer.body.error?.code], route).toEqual(cookieless[route] ?? [403, 'origin-refused'])
  }
  const socket = io(server.url, { transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders: { origin: 'https://evil.example' } })
  await expect(new Promise((settle) => {
    socket.once('connect', () => settle('connected'))
    socket.once('connect_error', () => settle('refused'))
  })).resolves.toBe('refused')
})

test('no route takes a body without bound', async () => {
  const large = JSON.stringify({ text: 'x'.repeat(300_000) })
  for (const route of Object.keys(routeAccess).filter(changes)) {
    const { method, path } = split(route)
    const answer = await as('visitor').call(method, addressOf(path), { body: large, headers: { 'content-type': 'application/json' } })
    expect(answer.status, route).toBe(413)
    expectSafe(answer, route)
  }
  const picture = Buffer.alloc(12 * 1024 * 1024)
  for (const [method, path] of [['PUT', '/api/channels/the-host/cover'], ['PUT', '/api/me/avatar'], ['POST', '/api/messages/images']] as const)
    expect((await as('host').call(method, path, { body: picture, headers: { 'content-type': 'image/png' } })).status, path).toBe(413)
})

test.each([
  ['GET', '/api/search?q=a', 70],
  ['GET', '/api/search/suggestions?q=a', 70],
  ['GET', '/api/home', 320],
  ['GET', '/api/rankings', 140],
  ['GET', '/api/channels/the-host/poster.jpg', 50],
  ['GET', '/api/oembed?url=x', 140],
  ['POST', '/api/login', 15],
  ['POST', '/whep/the-host', 140],
] as const)('%s %s is bounded for one address', async (method, path, times) => {
  // An address of its own: other tests share the Redis that remembers.
  const hasty = server.visitor()
  const body = path === '/api/login' ? { name: 'the-victim', password: 'not that one' } : undefined
  const statuses: number[] = []
  for (let sent = 0; sent < times && !statuses.includes(429); sent += 20)
    statuses.push(...(await Promise.all(Array.from({ length: 20 }, () => hasty.call(method, path, { headers: { 'x-forwarded-for': '203.0.113.7' }, ...(body ? { body } : {}) })))).map(({ status }) => status))
  expect(statuses).toContain(429)
})
