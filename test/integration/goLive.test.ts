// Followers are told of a broadcast once: in time for many, however often it is interrupted, and though servers and Redis come and go.
import { io } from 'socket.io-client'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { PublishGrant, RelayTargets } from '../../server/contract/bridgeApi.ts'
import type { ChannelView, StreamKeyView } from '../../server/contract/http.ts'
import type { NotificationsPage } from '../../server/contract/notify.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { Database } from '../../server/db/openDatabase.ts'
import { eventually } from '../support/eventually.ts'
import { sendTestMedia } from '../support/mediaWorkers.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'
import type { Visitor } from '../support/Visitor.ts'

const bridgeId = 'abridgethatisatest'
const CROWD = 10_000
let server: TestServer
let database: Database
beforeAll(async () => {
  server = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl'), env: { GRACE_SECONDS: '20' } })
  database = openDatabase({ url: server.databaseUrl, poolSize: 4 })
})
afterAll(async () => {
  await database?.destroy()
  await server?.stop()
})

const internal = async <T>(path: string, body: unknown) => (await server.visitor().call<T>('POST', `/internal/${path}`, { body, headers: { authorization: `Bearer ${server.secret}` } })).body
const stateOf = async (name: string) => (await server.visitor().call<ChannelView>('GET', `/api/channels/${name}`)).body.broadcast?.state
const liveNotices = async (visitor: Visitor) => (await visitor.call<NotificationsPage>('GET', '/api/notifications')).body.notifications.filter(({ kind }) => kind === 'live')
const idOf = async (name: string) => ((await database('users').where({ name }).first('id')) as { id: string }).id
const toldOf = async (broadcastId: string) => Number(((await database('notifications').where({ once_key: `live-${broadcastId}` }).count({ told: '*' }).first()) as { told: number }).told)

async function person(name: string): Promise<Visitor> {
  const visitor = server.visitor()
  await visitor.signUp(name)
  return visitor
}
async function host(name: string): Promise<{ visitor: Visitor; streamKey: string }> {
  const visitor = await person(name)
  await visitor.call('POST', '/api/channels', { body: { name, title: `${name} on stage`, category: 'talk' } })
  return { visitor, streamKey: (await visitor.call<StreamKeyView>('GET', `/api/channels/${name}/stream-key`)).body.streamKey }
}
async function goLive(name: string, streamKey: string): Promise<{ grant: PublishGrant; stop: () => void }> {
  const grant = await internal<PublishGrant>('publish', { bridgeId, streamKey, remoteAddress: '192.0.2.1' })
  const media = sendTestMedia(await internal<RelayTargets>(`publish/${grant.publishId}/media`, { video: { width: 320, height: 180, transcodeReason: null }, audio: { channels: 2 } }), '320x180')
  await eventually(`${name} is live`, async () => (await stateOf(name)) === 'live', 30_000)
  return { grant, stop: () => media.process.kill('SIGKILL') }
}
/** A broadcast that went live just now, as far as the database knows. */
async function liveRow(name: string): Promise<string> {
  const channel = (await database('channels').where({ name }).first('id')) as { id: string }
  const id = `b${Math.random().toString(36).slice(2)}xxxxxxxxxxxxxxx`.slice(0, 16)
  await database('broadcasts').insert({ id, channel_id: channel.id, running_channel_id: channel.id, title: 'A full house', source: 'rtmp', state: 'live', started_at: new Date(), live_at: new Date() })
  return id
}

test('a follower is told, with the title, and led to the channel; who turned that off, or does not follow, is not', async () => {
  const { streamKey } = await host('anna')
  const [fan, quiet, stranger] = [await person('bert'), await person('cleo'), await person('dora')]
  for (const visitor of [fan, quiet]) await visitor.call('PUT', '/api/people/anna/follow')
  await quiet.call('PUT', '/api/people/anna/live-notices', { body: { wanted: false } })
  const { grant, stop } = await goLive('anna', streamKey)
  await eventually('the follower is told', async () => (await liveNotices(fan)).length === 1)
  expect(await liveNotices(fan)).toMatchObject([{ text: 'anna on stage', link: '/c/anna', actor: { name: 'anna' }, channel: { name: 'anna' } }])

  stop()
  await internal(`publish/${grant.publishId}/ended`, { finished: false, reason: 'connection reset' })
  await eventually('it is interrupted', async () => (await stateOf('anna')) === 'interrupted')
  const again = await goLive('anna', streamKey)
  expect(again.grant.broadcastId).toBe(grant.broadcastId)
  again.stop()
  await eventually('the announcement is finished', async () => (await database('live_announcements').where({ broadcast_id: grant.broadcastId }).whereNotNull('finished_at')).length === 1)
  for (const [visitor, times] of [[fan, 1], [quiet, 0], [stranger, 0]] as const) expect(await liveNotices(visitor)).toHaveLength(times)
})

test('a further server that starts looks as well and finds nobody left to tell', async () => {
  const rows = await database('live_announcements').count({ all: '*' }).first()
  const alike = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl'), sharing: server })
  await alike.stop()
  expect(await database('live_announcements').count({ all: '*' }).first()).toEqual(rows)
})

test(`${CROWD} followers are told within 10 seconds, by two servers that both look, and each once`, async ({ annotate }) => {
  const { visitor } = await host('emil')
  const emil = await idOf('emil')
  const ids = Array.from({ length: CROWD }, (_none, index) => `crowd${String(index).padStart(11, '0')}`)
  for (let from = 0; from < CROWD; from += 2000) {
    const some = ids.slice(from, from + 2000)
    await database('users').insert(some.map((id) => ({ id, name: id, password_hash: '', created_at: new Date() })))
    await database('follows').insert(some.map((id) => ({ follower_id: id, followed_id: emil, since: new Date() })))
  }
  const fan = await person('finn')
  await fan.call('PUT', '/api/people/emil/follow')
  const socket = io(server.url, { transports: ['websocket'], forceNew: true, extraHeaders: { cookie: fan.cookie } })
  const heard = new Promise<{ link: string }>((resolve) => socket.once('notified', resolve))
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()))

  const broadcastId = await liveRow('emil')
  const others = await Promise.all([1, 2].map(() => startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl'), sharing: server })))
  await eventually('everybody is told', async () => (await database('live_announcements').where({ broadcast_id: broadcastId }).whereNotNull('finished_at')).length === 1, 20_000)
  const { created_at, finished_at } = (await database('live_announcements').where({ broadcast_id: broadcastId }).first()) as { created_at: Date; finished_at: Date }
  const ms = finished_at.getTime() - created_at.getTime()
  await annotate(`${CROWD} followers told in ${ms} ms`)
  expect(ms).toBeLessThan(10_000)
  expect(await toldOf(broadcastId)).toBe(CROWD + 1)
  expect(await heard).toMatchObject({ kind: 'live', link: '/c/emil' })
  socket.disconnect()
  for (const one of others) await one.stop()
  expect((await visitor.call<NotificationsPage>('GET', '/api/notifications')).body.notifications.every(({ kind }) => kind !== 'live')).toBe(true)
})
