// Passwords and sessions over two servers of one platform: what ends, ends everywhere at once.
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { SessionView } from '../../server/contract/accounts.ts'
import { openRedis } from '../../server/core/openRedis.ts'
import { hungUp, openSocket } from '../support/openSocket.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'
import type { Visitor } from '../support/Visitor.ts'

let server: TestServer
let second: TestServer
beforeAll(async () => {
  server = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl'), env: { LOGIN_ATTEMPTS: '4' } })
  second = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl'), sharing: server })
})
afterAll(async () => {
  await second?.stop()
  await server?.stop()
})

const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0'
const isIn = async (visitor: Visitor) => (await visitor.call<{ user: { name: string } | null }>('GET', '/api/me')).body.user !== null
const sessionsOf = async (visitor: Visitor) => (await visitor.call<SessionView[]>('GET', '/api/me/sessions')).body

/** The same person at two browsers, each on a server of its own. */
async function twice(name: string): Promise<{ here: Visitor; there: Visitor }> {
  const here = server.visitor()
  await here.signUp(name)
  const there = second.visitor()
  expect((await there.call('POST', '/api/login', { body: { name, password: 'a good password' }, headers: { 'user-agent': windows } })).status).toBe(200)
  return { here, there }
}

test('one’s sessions are listed with their device and time; the asking one is marked', async () => {
  const { here, there } = await twice('ada')
  const seen = await sessionsOf(here)
  expect(seen).toHaveLength(2)
  expect(seen.find(({ current }) => !current)).toMatchObject({ browser: 'Edge', system: 'Windows' })
  expect((await sessionsOf(there)).find(({ current }) => current)).toMatchObject({ browser: 'Edge' })
  for (const { openedAt, seenAt } of seen) expect(Math.abs(Date.now() - Date.parse(openedAt)) + Math.abs(Date.now() - Date.parse(seenAt))).toBeLessThan(20_000)
  expect(JSON.stringify(seen)).not.toContain(/footlight_session=([^;]+)/.exec(there.cookie)?.[1])
  expect((await server.visitor().call('GET', '/api/me/sessions')).status).toBe(401)
})

test('ending one session logs that browser out and hangs up its socket on the other server', async () => {
  const { here, there } = await twice('brian')
  const socket = await openSocket(there)
  const mine = await openSocket(here)
  const end = hungUp(socket)
  const id = (await sessionsOf(here)).find(({ current }) => !current)?.id
  expect((await here.call('DELETE', `/api/me/sessions/${id}`)).status).toBe(204)
  await end
  expect([await isIn(here), await isIn(there), mine.connected]).toEqual([true, false, true])
  expect((await here.call('DELETE', `/api/me/sessions/${id}`)).status).toBe(404)
  mine.close()
})

test('nobody ends another’s session', async () => {
  const { here } = await twice('carol')
  const mallory = server.visitor()
  await mallory.signUp('mallory')
  const id = (await sessionsOf(here))[0]?.id
  expect((await mallory.call('DELETE', `/api/me/sessions/${id}`)).status).toBe(404)
  expect(await isIn(here)).toBe(true)
})

test('all others end at once, and this one stays', async () => {
  const { here, there } = await twice('dennis')
  const end = hungUp(await openSocket(there))
  expect((await here.call('DELETE', '/api/me/sessions')).status).toBe(204)
  await end
  expect([await isIn(here), await isIn(there)]).toEqual([true, false])
  expect(await sessionsOf(here)).toHaveLength(1)
})

test('a new password needs the old one, ends all other sessions and their sockets, and keeps this one', async () => {
  const { here, there } = await twice('edsger')
  const change = (current: string, password: string) => here.call('PUT', '/api/me/password', { body: { current, password } })
  expect(await change('not it', 'another password')).toMatchObject({ status: 401, body: { error: { code: 'wrong-password' } } })
  expect((await change('a good password', 'short')).body.error?.fields).toHaveProperty('password')
  expect(await isIn(there)).toBe(true)
  const mine = await openSocket(here)
  const end = hungUp(await openSocket(there))
  expect((await change('a good password', 'another password')).status).toBe(204)
  await end
  expect([await isIn(here), await isIn(there), mine.connected]).toEqual([true, false, true])
  mine.close()
  expect((await server.visitor().logIn('edsger')).status).toBe(401)
  expect((await server.visitor().logIn('edsger', 'another password')).status).toBe(200)
})

test('an ended session stays ended though Redis comes back with what it held before', async () => {
  const { here, there } = await twice('frances')
  const redis = openRedis({ url: inject('redisUrl'), onError: () => undefined })
  const held = await Promise.all((await redis.keys('login:*')).map(async (key) => ({ key, fields: await redis.hgetall(key) })))
  await here.call('DELETE', '/api/me/sessions')
  for (const { key, fields } of held) await redis.hset(key, fields)
  await redis.quit()
  expect(await isIn(there)).toBe(false)
})

test('the old password cannot be guessed through a stolen session', async () => {
  const { here } = await twice('grace')
  for (let guess = 0; guess < 4; guess += 1) await here.call('PUT', '/api/me/password', { body: { current: `guess ${guess}`, password: 'another password' } })
  expect((await here.call('PUT', '/api/me/password', { body: { current: 'a good password', password: 'another password' } })).status).toBe(429)
})

test('logging out hangs up that browser’s sockets', async () => {
  const { here, there } = await twice('heidi')
  const mine = await openSocket(here)
  const other = await openSocket(there)
  const end = hungUp(mine)
  await here.call('POST', '/api/logout')
  await end
  expect(other.connected).toBe(true)
  other.close()
})
