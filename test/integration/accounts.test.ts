import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openDatabase } from '../../server/db/openDatabase.ts'
import { openRedis } from '../../server/core/openRedis.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl'), env: { LOGIN_ATTEMPTS: '3' } })
})
afterAll(() => server.stop())

test('signing up logs in with an HttpOnly, SameSite cookie', async () => {
  const visitor = server.visitor()
  const { status, headers, body } = await visitor.signUp('ada')
  expect(status).toBe(201)
  const ada = { id: expect.any(String) as string, name: 'ada', displayName: 'ada', avatarUrl: null, role: 'user', language: null }
  expect(body).toEqual(ada)
  expect(headers.get('set-cookie')).toMatch(/HttpOnly.*SameSite=Lax/)
  expect((await visitor.call<{ user: unknown }>('GET', '/api/me')).body.user).toEqual(ada)
})

test('entering and leaving keep the cookie a browser is known by, though it came in the same answer', async () => {
  const names = (headers: Headers) => headers.getSetCookie().map((cookie) => cookie.split('=')[0]).toSorted()
  const visitor = server.visitor()
  const both = names((await visitor.signUp('visited')).headers)
  expect(both).toHaveLength(2)
  for (const path of ['/api/login', '/api/logout']) {
    const { headers } = await server.visitor().call('POST', path, { body: { name: 'visited', password: 'a good password' } })
    expect(names(headers)).toEqual(both)
  }
})

test('a taken name, a bad name and a short password each get a clear error', async () => {
  const visitor = server.visitor()
  expect(await visitor.signUp('ada')).toMatchObject({ status: 409, body: { error: { code: 'name-taken' } } })
  expect(await visitor.signUp('No Such Name!')).toMatchObject({ status: 400, body: { error: { fields: { name: expect.stringContaining('small letters') } } } })
  expect(await visitor.signUp('grace', 'short')).toMatchObject({ status: 400, body: { error: { fields: { password: expect.stringContaining('8 characters') } } } })
})

test('logging out ends the session, also for a copy of its cookie', async () => {
  const visitor = server.visitor()
  await visitor.signUp('brian')
  const copy = server.visitor()
  copy.cookie = visitor.cookie
  expect((await visitor.call('POST', '/api/logout')).status).toBe(204)
  expect((await copy.call<{ user: unknown }>('GET', '/api/me')).body.user).toBeNull()
})

test('a wrong password and an unknown account are answered alike', async () => {
  await server.visitor().signUp('carol')
  const wrong = await server.visitor().logIn('carol', 'not her password')
  const unknown = await server.visitor().logIn('nobody-here', 'not her password')
  expect(wrong.status).toBe(401)
  expect(unknown.status).toBe(401)
  expect(unknown.body).toEqual(wrong.body)
})

test('after so many wrong passwords even the right one waits', async () => {
  await server.visitor().signUp('dennis')
  for (let attempt = 0; attempt < 3; attempt += 1) expect((await server.visitor().logIn('dennis', 'guess')).status).toBe(401)
  const { status, headers, body } = await server.visitor().logIn('dennis')
  expect(status).toBe(429)
  expect(body.error?.code).toBe('too-many-requests')
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
})

test('a foreign page cannot change anything with a visitor’s cookie', async () => {
  const visitor = server.visitor()
  await visitor.signUp('edsger')
  const { status, body } = await visitor.call('POST', '/api/logout', { headers: { origin: 'https://evil.example' } })
  expect(status).toBe(403)
  expect(body.error?.code).toBe('origin-refused')
})

test('no password or session token is stored in the clear', async () => {
  const visitor = server.visitor()
  await visitor.signUp('frances', 'a very secret password')
  const database = openDatabase({ url: server.databaseUrl })
  const rows = JSON.stringify(await database('users').where({ name: 'frances' }))
  await database.destroy()
  expect(rows).toContain('$argon2id$')
  expect(rows).not.toContain('a very secret password')
  const token = /footlight_session=([^;]+)/.exec(visitor.cookie)?.[1] ?? ''
  expect(token).toMatch(/^[\w-]{43}$/)
  const redis = openRedis({ url: inject('redisUrl'), onError: () => undefined })
  const keys = await redis.keys('login*')
  const values = await Promise.all(keys.filter((key) => key.startsWith('login:')).map((key) => redis.hgetall(key)))
  await redis.quit()
  expect(keys.length).toBeGreaterThan(0)
  expect(keys.join() + JSON.stringify(values)).not.toContain(token)
})

test('a name that the database would take for another is another’s try, not a way round its limit', async () => {
  await server.visitor().signUp('gerda')
  expect((await server.visitor().logIn('gérda')).body.error?.code).toBe('wrong-password')
})

test('bad JSON and a huge body get a clear error', async () => {
  const visitor = server.visitor()
  const json = { 'content-type': 'application/json' }
  expect(await visitor.call('POST', '/api/login', { body: '{', headers: json })).toMatchObject({ status: 400, body: { error: { code: 'bad-request' } } })
  expect(await visitor.call('POST', '/api/login', { body: `"${'x'.repeat(400_000)}"`, headers: json })).toMatchObject({ status: 413, body: { error: { code: 'too-large' } } })
  expect(await visitor.call('GET', '/api/nothing')).toMatchObject({ status: 404, body: { error: { code: 'not-found' } } })
})
