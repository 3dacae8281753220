import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { AuditPage, ChannelPersonView, ModeratorView, SanctionPage, SanctionView } from '../../server/contract/moderation.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { Database } from '../../server/db/openDatabase.ts'
import { eventually } from '../support/eventually.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'
import type { Visitor } from '../support/Visitor.ts'

let server: TestServer
let second: TestServer
let database: Database
let host: Visitor
const sockets: Socket[] = []

beforeAll(async () => {
  server = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') })
  second = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl'), sharing: server })
  database = openDatabase({ url: server.databaseUrl, poolSize: 2 })
  host = await person('hostess')
  await host.call('POST', '/api/channels', { body: { name: 'stage', title: 'The stage', category: 'music' } })
})
afterAll(async () => {
  for (const socket of sockets) socket.disconnect()
  await database.destroy()
  await second.stop()
  await server.stop()
})

async function person(name: string, at = server): Promise<Visitor> {
  const visitor = at.visitor()
  expect((await visitor.signUp(name)).status).toBe(201)
  return visitor
}
const act = <T = SanctionView>(who: Visitor, command: string, body: object, channel = 'stage') => who.call<T>('POST', `/api/channels/${channel}/moderation/${command}`, { body })
const appoint = (user: string) => host.call('PUT', `/api/channels/stage/moderation/moderators/${user}`)
const seen = async (who: Visitor, user: string) => (await who.call<ChannelPersonView>('GET', `/api/channels/stage/people/${user}`)).body

test('the host appoints a moderator by name, who may then keep order; the appointment can be taken back', async () => {
  const mia = await person('mia')
  await person('troll')
  expect((await act(mia, 'mute', { user: 'troll', for: 600 })).status).toBe(403)
  expect((await appoint('mia')).status).toBe(204)
  expect((await seen(server.visitor(), 'mia')).role).toBe('moderator')
  const muted = await act(mia, 'mute', { user: 'troll', for: 600, reason: 'shouting' })
  expect(muted).toMatchObject({ status: 200, body: { kind: 'mute', reason: 'shouting', show: false, user: { name: 'troll' }, by: { name: 'mia' } } })
  expect((await host.call('DELETE', '/api/channels/stage/moderation/moderators/mia')).status).toBe(204)
  expect((await act(mia, 'unmute', { user: 'troll' })).status).toBe(403)
  expect((await act(host, 'unmute', { user: 'troll' })).status).toBe(204)
  expect(await act(host, 'unmute', { user: 'troll' })).toMatchObject({ status: 404, body: { error: { code: 'not-found' } } })
})

test('nobody acts on an equal or a higher role, nor on oneself; a moderator is removed before being kept out', async () => {
  await person('mo-one')
  await person('mo-two')
  await appoint('mo-one')
  await appoint('mo-two')
  const one = server.visitor()
  await one.logIn('mo-one')
  for (const user of ['mo-two', 'hostess', 'mo-one']) expect((await act(one, 'mute', { user, for: 60 })).status).toBe(403)
  expect((await act(host, 'mute', { user: 'mo-two', for: 60 })).status).toBe(200)
  expect((await act(host, 'ban', { user: 'mo-two' })).status).toBe(403)
  expect((await one.call('PUT', '/api/channels/stage/moderation/moderators/troll')).status).toBe(403)
  await host.call('DELETE', '/api/channels/stage/moderation/moderators/mo-two')
  expect((await act(host, 'ban', { user: 'mo-two' })).status).toBe(200)
  await person('operator-one')
  await database('users').where({ name: 'operator-one' }).update({ role: 'operator' })
  expect((await act(host, 'ban', { user: 'operator-one' })).status).toBe(403)
})

test('who is not logged in or not known gets a clear refusal', async () => {
  expect((await act(server.visitor(), 'ban', { user: 'troll' })).status).toBe(401)
  expect(await act(host, 'ban', { user: 'no-such-user' })).toMatchObject({ status: 404, body: { error: { code: 'user-not-found' } } })
  expect(await act(host, 'ban', { user: 'troll' }, 'no-such-channel')).toMatchObject({ status: 404, body: { error: { code: 'channel-not-found' } } })
  expect(await act(host, 'mute', { user: 'troll', for: 'show' })).toMatchObject({ status: 404, body: { error: { code: 'channel-offline' } } })
  expect((await act(host, 'mute', { user: 'troll', for: 1 })).status).toBe(400)
  expect((await act(host, 'kick', { user: 'troll', reason: 'x'.repeat(201) })).status).toBe(400)
})

test('twenty moderators and no more, even when forty are appointed at once', async () => {
  const owner = await person('many-host')
  await owner.call('POST', '/api/channels', { body: { name: 'many', title: 'Many', category: 'talk' } })
  const names = Array.from({ length: 40 }, (_, at) => `helper-${at}`)
  const now = new Date()
  await database('users').insert(names.map((name, at) => ({ id: `many${String(at).padStart(12, '0')}`, name, password_hash: 'x', role: 'user', created_at: now })))
  const other = second.visitor()
  await other.logIn('many-host')
  const answers = await Promise.all(names.map((name, at) => (at % 2 ? owner : other).call('PUT', `/api/channels/many/moderation/moderators/${name}`)))
  expect(answers.filter(({ status }) => status === 204)).toHaveLength(20)
  expect(answers.filter(({ body }) => body?.error?.code === 'too-many-moderators')).toHaveLength(20)
  expect((await owner.call<ModeratorView[]>('GET', '/api/channels/many/moderation/moderators')).body).toHaveLength(20)
})

test('a kick is known on the other server at once, holds for the browser and its address, and a lift ends it', async () => {
  const rowdy = await person('rowdy', second)
  await rowdy.call('GET', '/api/me')
  const socket = io(second.url, { transports: ['websocket'], extraHeaders: { cookie: rowdy.cookie } })
  sockets.push(socket)
  await new Promise<void>((settle) => socket.on('connect', settle))
  await seen(host, 'rowdy')
  const kicked = await act(host, 'kick', { user: 'rowdy', reason: 'rude' })
  expect(Date.parse(kicked.body.until ?? '') - Date.now()).toBeGreaterThan(590_000)
  const traces = await database('sanction_traces').where({ sanction_id: kicked.body.id })
  expect(traces.map(({ kind }) => kind as string).sort()).toEqual(['address', 'visitor'])
  const onSecond = second.visitor()
  await onSecond.logIn('hostess')
  expect((await seen(onSecond, 'rowdy')).sanctions).toMatchObject([{ kind: 'kick', reason: 'rude' }])
  expect((await act(host, 'lift', { user: 'rowdy' })).status).toBe(204)
  await eventually('the other server knows of the lift', async () => (await seen(onSecond, 'rowdy')).sanctions.length === 0)
})

test('two kicks at once leave one that holds', async () => {
  await person('doubled')
  const other = second.visitor()
  await other.logIn('hostess')
  const answers = await Promise.all([act(host, 'kick', { user: 'doubled' }), act(other, 'ban', { user: 'doubled' }), act(host, 'kick', { user: 'doubled' }), act(other, 'kick', { user: 'doubled' })])
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  expect((await seen(host, 'doubled')).sanctions).toHaveLength(1)
})

test('a sanction whose time is over holds no more, without anybody lifting it', async () => {
  await person('patient')
  const { body } = await act(host, 'mute', { user: 'patient', for: 600 })
  await database('sanctions').where({ id: body.id }).update({ until: new Date(Date.now() - 1) })
  expect((await seen(host, 'patient')).sanctions).toEqual([])
  expect((await act(host, 'unmute', { user: 'patient' })).status).toBe(404)
})

test('what the host laid no moderator shortens or lifts; what moderators laid they change among themselves', async () => {
  const [low, lower] = [await person('low-hand'), await person('lower-hand')]
  await person('stubborn')
  await appoint('low-hand')
  await appoint('lower-hand')
  await act(low, 'kick', { user: 'stubborn', seconds: 600 })
  expect((await act(lower, 'kick', { user: 'stubborn', seconds: 10 })).status).toBe(200)
  await act(host, 'ban', { user: 'stubborn' })
  await act(host, 'mute', { user: 'stubborn', for: 'ever' })
  expect((await act(low, 'kick', { user: 'stubborn', seconds: 10 })).status).toBe(403)
  expect((await act(low, 'lift', { user: 'stubborn' })).status).toBe(403)
  expect((await act(low, 'mute', { user: 'stubborn', for: 10 })).status).toBe(403)
  expect((await act(low, 'unmute', { user: 'stubborn' })).status).toBe(403)
  expect((await seen(host, 'stubborn')).sanctions.map(({ kind, until }) => [kind, until])).toEqual([['mute', null], ['ban', null]])
  expect((await act(host, 'lift', { user: 'stubborn' })).status).toBe(204)
  for (const name of ['low-hand', 'lower-hand']) await host.call('DELETE', `/api/channels/stage/moderation/moderators/${name}`)
})

test('becoming a moderator ends a mute and a ban', async () => {
  await person('forgiven')
  await act(host, 'mute', { user: 'forgiven', for: 'ever' })
  await act(host, 'ban', { user: 'forgiven' })
  expect((await seen(host, 'forgiven')).sanctions).toHaveLength(2)
  await appoint('forgiven')
  expect((await seen(host, 'forgiven')).sanctions).toEqual([])
})

test('the lists are for keepers alone and are paged without gaps or repeats', async () => {
  const owner = await person('page-host')
  await owner.call('POST', '/api/channels', { body: { name: 'pages', title: 'Pages', category: 'talk' } })
  const names = Array.from({ length: 7 }, (_, at) => `paged-${at}`)
  for (const name of names) {
    await person(name)
    await act(owner, 'mute', { user: name, for: 'ever', reason: `because ${name}` }, 'pages')
  }
  expect((await server.visitor().call('GET', '/api/channels/pages/moderation/sanctions')).status).toBe(401)
  expect((await host.call('GET', '/api/channels/pages/moderation/audit')).status).toBe(403)
  expect((await owner.call('GET', '/api/moderation/audit')).status).toBe(403)
  const sanctioned: string[] = []
  for (let before = ''; ; ) {
    const { body } = await owner.call<SanctionPage>('GET', `/api/channels/pages/moderation/sanctions?limit=3${before}`)
    sanctioned.push(...body.sanctions.map(({ user }) => user?.name ?? ''))
    if (body.next === null) break
    before = `&before=${body.next}`
  }
  expect(sanctioned).toEqual(names.toReversed())
  const audited: AuditPage['entries'][number][] = []
  for (let before = ''; ; ) {
    const { body } = await owner.call<AuditPage>('GET', `/api/channels/pages/moderation/audit?limit=2${before}`)
    audited.push(...body.entries)
    if (body.next === null) break
    before = `&before=${body.next}`
  }
  expect(audited.map(({ target }) => target?.name)).toEqual(names.toReversed())
  expect(audited[0]).toMatchObject({ action: 'mute', actor: { name: 'page-host' }, channel: 'pages', reason: 'because paged-6', detail: { until: null } })
  const filtered = await owner.call<AuditPage>('GET', '/api/channels/pages/moderation/audit?user=paged-2&action=mute')
  expect(filtered.body.entries).toHaveLength(1)
})

test('operators read the record of the whole platform', async () => {
  const operator = await person('overseer')
  await database('users').where({ name: 'overseer' }).update({ role: 'operator' })
  const { body } = await operator.call<AuditPage>('GET', '/api/moderation/audit?action=moderator:add&channel=many&limit=100')
  expect(body.entries).toHaveLength(20)
})
