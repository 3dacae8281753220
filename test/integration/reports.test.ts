import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { AuditPage } from '../../server/contract/moderation.ts'
import type { ReportPage } from '../../server/contract/reports.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { Database } from '../../server/db/openDatabase.ts'
import { chatOf } from '../support/chatOf.ts'
import { eventually } from '../support/eventually.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'
import type { Visitor } from '../support/Visitor.ts'

let server: TestServer
let database: Database
let operator: Visitor
let reporter: Visitor
let witness: Visitor
const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex')

beforeAll(async () => {
  server = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') })
  database = openDatabase({ url: server.databaseUrl, poolSize: 2 })
  ;[operator, reporter, witness] = (await Promise.all(['opera', 'reporter', 'witness'].map((name) => person(name)))) as [Visitor, Visitor, Visitor]
  await database('users').where({ name: 'opera' }).update({ role: 'operator' })
})
afterAll(async () => {
  await database.destroy()
  await server.stop()
})

async function person(name: string): Promise<Visitor> {
  const visitor = server.visitor()
  expect((await visitor.signUp(name)).status).toBe(201)
  return visitor
}
async function channelOf(name: string): Promise<{ owner: Visitor; channelId: string }> {
  const owner = await person(name)
  await owner.call('POST', '/api/channels', { body: { name, title: `The show of ${name}`, category: 'talk' } })
  const row = (await database('channels').where({ name }).first('id')) as { id: string }
  return { owner, channelId: row.id }
}
/** A running broadcast as another server would have left it, with its newest picture. */
async function onAir(name: string, broadcastId: string): Promise<void> {
  const { id: channelId } = (await database('channels').where({ name }).first('id')) as { id: string }
  await database('broadcasts').insert({ id: broadcastId, channel_id: channelId, running_channel_id: channelId, title: 'On air', source: 'rtmp', state: 'live', started_at: new Date(), live_at: new Date() })
  const folder = join(server.mediaDir, 'live', broadcastId)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'snapshot.jpg'), JPEG)
}
const report = (who: Visitor, body: object) => who.call('POST', '/api/reports', { body: { channel: null, reason: 'other', text: '', ...body } })
const queue = async (state = 'open') => (await operator.call<ReportPage>('GET', `/api/operator/reports?state=${state}&limit=50`)).body
const close = (id: string, body: object = {}) => operator.call('POST', `/api/operator/reports/${id}/close`, { body })

test('a message is reported with its text, kept even when it is deleted afterwards; an operator deletes it and the reporters hear of it', async () => {
  await channelOf('chatty')
  const rude = await person('rude')
  const hand = await chatOf(server, rude, 'chatty')
  const { id = '' } = await hand.send('you are all terrible')
  const body = { type: 'message', id, channel: 'chatty', reason: 'harassment', text: 'look at this' }
  expect(await report(reporter, body)).toMatchObject({ status: 202, body: { received: true } })
  expect(await report(witness, body)).toMatchObject({ status: 202 })
  const { reports } = await queue()
  expect(reports[0]).toMatchObject({ type: 'message', reason: 'harassment', text: 'look at this', others: 1, channel: 'chatty', accused: { name: 'rude', disabled: false }, evidence: { text: 'you are all terrible', author: { name: 'rude' } }, actions: ['delete-message', 'disable-user'] })
  expect((await close(reports[0]?.id ?? '', { actions: ['delete-message'], note: 'not here' })).status).toBe(204)
  expect(await database('chat_messages').where({ id }).first('state')).toMatchObject({ state: 'deleted' })
  expect((await queue()).reports.filter(({ type }) => type === 'message')).toEqual([])
  expect((await queue('handled')).reports[0]).toMatchObject({ evidence: { text: 'you are all terrible' }, handled: { by: { name: 'opera' }, outcome: ['delete-message'], note: 'not here' } })
  for (const who of [reporter, witness]) await eventually('the reporter is told', async () => (await who.call<{ notifications: Array<{ kind: string }> }>('GET', '/api/notifications')).body.notifications.some(({ kind }) => kind === 'report-closed'))
  hand.close()
})

test('a repeated report changes what was said and is answered the same; there is one open report of each', async () => {
  await person('annoying')
  const first = await report(reporter, { type: 'user', id: 'annoying', reason: 'spam', text: 'first' })
  const again = await report(reporter, { type: 'user', id: 'annoying', reason: 'hate', text: 'second' })
  expect([again.status, again.body]).toEqual([first.status, first.body])
  const mine = (await queue()).reports.filter(({ accused }) => accused?.name === 'annoying')
  expect(mine).toMatchObject([{ reason: 'hate', text: 'second', others: 0 }])
  expect((await close(mine[0]?.id ?? '')).status).toBe(204)
  expect(await close(mine[0]?.id ?? '')).toMatchObject({ status: 404, body: { error: { code: 'report-not-found' } } })
  await report(reporter, { type: 'user', id: 'annoying', reason: 'spam' })
  expect((await queue()).reports.filter(({ accused }) => accused?.name === 'annoying')).toHaveLength(1)
})

test('a profile is kept as it was', async () => {
  await person('changing')
  await database('users').where({ name: 'changing' }).update({ bio: 'something vile' })
  await report(reporter, { type: 'user', id: 'changing', reason: 'hate' })
  await database('users').where({ name: 'changing' }).update({ bio: 'all innocent' })
  expect((await queue()).reports[0]).toMatchObject({ evidence: { type: 'user', bio: 'something vile', person: { name: 'changing' } } })
})

test('a broadcast is reported with the picture on air, which operators alone see, and is stopped', async () => {
  await channelOf('shady')
  await onAir('shady', 'shadybroadcast22')
  await eventually('the broadcast is known', async () => (await report(reporter, { type: 'broadcast', id: 'shadybroadcast22', channel: 'shady', reason: 'violence' })).status === 202)
  const found = (await queue()).reports.find(({ type }) => type === 'broadcast')
  expect(found).toMatchObject({ evidence: { title: 'On air' }, accused: { name: 'shady' }, actions: ['stop-broadcast', 'disable-user'] })
  const picture = await operator.call('GET', found?.snapshotUrl ?? '')
  expect(picture.status).toBe(200)
  expect(picture.headers.get('content-type')).toBe('image/jpeg')
  expect(picture.headers.get('cache-control')).toContain('no-store')
  expect((await reporter.call('GET', found?.snapshotUrl ?? '')).status).toBe(403)
  expect((await server.visitor().call('GET', found?.snapshotUrl ?? '')).status).toBe(401)
  expect((await close(found?.id ?? '', { actions: ['stop-broadcast'] })).status).toBe(204)
  await eventually('the broadcast has ended', async () => ((await database('broadcasts').where({ id: 'shadybroadcast22' }).first('state')) as { state: string }).state === 'ended')
  expect((await operator.call<AuditPage>('GET', '/api/moderation/audit?action=broadcast:stop')).body.entries).toHaveLength(1)
})

test('an account is locked out: its sessions end, and only staff of a higher role may do it', async () => {
  const villain = await person('villain')
  await report(reporter, { type: 'user', id: 'villain', reason: 'minor' })
  const found = (await queue()).reports.find(({ accused }) => accused?.name === 'villain')
  expect((await close(found?.id ?? '', { actions: ['disable-user'], note: 'out' })).status).toBe(204)
  expect((await villain.call<{ user: unknown }>('GET', '/api/me')).body.user).toBeNull()
  expect((await villain.logIn('villain')).status).toBe(403)
  const setDisabled = (who: Visitor, name: string, disabled: boolean) => who.call('PUT', `/api/operator/users/${name}/disabled`, { body: { disabled } })
  expect((await setDisabled(reporter, 'villain', false)).status).toBe(403)
  expect((await setDisabled(operator, 'opera', true)).status).toBe(403)
  expect((await setDisabled(operator, 'villain', false)).status).toBe(204)
  expect((await villain.logIn('villain')).status).toBe(200)
  const { body } = await operator.call<AuditPage>('GET', '/api/moderation/audit?user=villain')
  expect(body.entries.map(({ action }) => action)).toEqual(['user:enable', 'report:close', 'user:disable'])
})

test('what cannot be reported is said so, and the desk is closed to others', async () => {
  expect((await report(server.visitor(), { type: 'user', id: 'annoying' })).status).toBe(401)
  expect((await report(reporter, { type: 'user', id: 'reporter' })).status).toBe(400)
  expect((await report(reporter, { type: 'user', id: 'nobody-here' })).body.error?.code).toBe('user-not-found')
  expect((await report(reporter, { type: 'message', id: 'nosuchmessage222', channel: 'chatty' })).body.error?.code).toBe('message-not-found')
  expect((await report(reporter, { type: 'broadcast', id: 'nosuchbroadcast2', channel: 'chatty' })).body.error?.code).toBe('broadcast-not-found')
  expect((await reporter.call('GET', '/api/operator/reports')).status).toBe(403)
  expect((await reporter.call('POST', '/api/operator/reports/x/close', { body: {} })).status).toBe(403)
})

test('reports are limited', async () => {
  const eager = await person('eager')
  const statuses: number[] = []
  for (let at = 0; at < 22; at += 1) statuses.push((await report(eager, { type: 'user', id: 'annoying' })).status)
  expect(statuses.filter((status) => status === 202)).toHaveLength(20)
  expect(statuses.at(-1)).toBe(429)
})
