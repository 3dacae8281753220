// Announced shows: who may announce, what everyone sees, and what those who set a reminder are told.
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { NotificationsPage } from '../../server/contract/notify.ts'
import type { ShowView } from '../../server/contract/schedule.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { Database } from '../../server/db/openDatabase.ts'
import { eventually } from '../support/eventually.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'
import type { Visitor } from '../support/Visitor.ts'

let server: TestServer
let database: Database
let host: Visitor
let fan: Visitor
beforeAll(async () => {
  server = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') })
  database = openDatabase({ url: server.databaseUrl, poolSize: 2 })
  ;[host, fan] = [server.visitor(), server.visitor()]
  await host.signUp('anna')
  await host.call('POST', '/api/channels', { body: { name: 'stage', title: 'The stage', category: 'talk' } })
  await fan.signUp('bert')
})
afterAll(async () => {
  await database?.destroy()
  await server?.stop()
})

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
const announce = (title: string, startsAt: string, visitor = host) => visitor.call<ShowView>('POST', '/api/channels/stage/shows', { body: { title, startsAt } })
const shows = async (visitor: Visitor) => (await visitor.call<ShowView[]>('GET', '/api/channels/stage/shows')).body
const kindsOf = async (visitor: Visitor) => (await visitor.call<NotificationsPage>('GET', '/api/notifications')).body.notifications.map(({ kind, text }) => `${kind}: ${text}`)

test('the host announces shows; everyone sees the next one first, nobody else announces', async () => {
  expect((await announce('Second night', inMinutes(3000))).status).toBe(201)
  expect((await announce('First night', inMinutes(1500))).status).toBe(201)
  expect((await shows(server.visitor())).map(({ title }) => title)).toEqual(['First night', 'Second night'])
  expect(await announce('Not mine', inMinutes(60), fan)).toMatchObject({ status: 403 })
  expect(await announce('Yesterday', inMinutes(-60))).toMatchObject({ status: 400 })
})

test('a reminder is counted, shown to whoever set it, and taken back', async () => {
  const [show] = await shows(fan)
  expect((await fan.call<ShowView>('PUT', `/api/shows/${show?.id}/reminder`)).body).toMatchObject({ remindMe: true, reminders: 1 })
  expect((await fan.call<ShowView>('PUT', `/api/shows/${show?.id}/reminder`)).body).toMatchObject({ reminders: 1 })
  expect((await shows(host))[0]).toMatchObject({ remindMe: false, reminders: 1 })
  expect((await fan.call<ShowView>('DELETE', `/api/shows/${show?.id}/reminder`)).body).toMatchObject({ remindMe: false, reminders: 0 })
  expect(await server.visitor().call('PUT', `/api/shows/${show?.id}/reminder`)).toMatchObject({ status: 401 })
})

test('who set a reminder hears of a new time and of the end of it', async () => {
  const { body: show } = await announce('Moving show', inMinutes(4000))
  await fan.call('PUT', `/api/shows/${show.id}/reminder`)
  expect((await host.call<ShowView>('PATCH', `/api/shows/${show.id}`, { body: { startsAt: inMinutes(5000) } })).status).toBe(200)
  expect(await fan.call('PATCH', `/api/shows/${show.id}`, { body: { title: 'Mine now' } })).toMatchObject({ status: 403 })
  expect((await host.call('DELETE', `/api/shows/${show.id}`)).status).toBe(204)
  expect(await host.call('DELETE', `/api/shows/${show.id}`)).toMatchObject({ status: 404, body: { error: { code: 'show-not-found' } } })
  expect(await kindsOf(fan)).toEqual(['show-cancelled: Moving show', 'show-changed: Moving show'])
  expect((await shows(fan)).some(({ id }) => id === show.id)).toBe(false)
})

test('the reminder comes ten minutes before the show, once, at the second it is due', async () => {
  const { body: show } = await announce('Tonight', new Date(Date.now() + 10 * 60_000 + 2500).toISOString())
  await fan.call('PUT', `/api/shows/${show.id}/reminder`)
  expect(await kindsOf(fan)).not.toContain('reminder: Tonight')
  await eventually('the reminder comes', async () => (await kindsOf(fan)).includes('reminder: Tonight'), 15_000)
  expect((await kindsOf(fan)).filter((kind) => kind === 'reminder: Tonight')).toHaveLength(1)
})

test('a reminder that Redis forgot is found by the next server that starts looking', async () => {
  const { body: show } = await announce('Forgotten', inMinutes(30))
  await fan.call('PUT', `/api/shows/${show.id}/reminder`)
  await database('show_reminders').where({ show_id: show.id }).update({ due_at: new Date() })
  const other = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl'), sharing: server })
  await eventually('the reminder comes', async () => (await kindsOf(fan)).includes('reminder: Forgotten'))
  await other.stop()
})

test('at most twenty shows are announced at once, also when they are announced at once', async () => {
  const answers = await Promise.all(Array.from({ length: 30 }, (_none, index) => announce(`Many ${index}`, inMinutes(6000 + index))))
  expect(answers.some(({ status }) => status === 409)).toBe(true)
  expect((await shows(host)).length).toBeLessThanOrEqual(21)
  expect(await announce('One more', inMinutes(9000))).toMatchObject({ status: 409, body: { error: { code: 'limit-reached' } } })
})
