// What the live room keeps when things go wrong around it: takeovers, hasty visitors, a database that is away, and its own end.
import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { PublishGrant, RelayTargets } from '../../server/contract/bridgeApi.ts'
import type { ChannelView, StreamKeyView } from '../../server/contract/http.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import { eventually } from '../support/eventually.ts'
import { sendTestMedia } from '../support/mediaWorkers.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'
import type { Visitor } from '../support/Visitor.ts'

const bridgeId = 'abridgethatisatest'
const relayMedia = { video: { width: 320, height: 180, transcodeReason: null }, audio: { channels: 2 } }
let server: TestServer
beforeAll(async () => {
  server = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl'), env: { GRACE_SECONDS: '2' } })
})
afterAll(() => server.stop())

const internal = <T>(path: string, body: unknown) => server.visitor().call<T>('POST', `/internal/${path}`, { body, headers: { authorization: `Bearer ${server.secret}` } })
const publish = (streamKey: string, resumes?: string) => internal<PublishGrant & { error?: { code: string } }>('publish', { bridgeId, streamKey, remoteAddress: '192.0.2.1', resumes })
const broadcastOf = async (name: string) => (await server.visitor().call<ChannelView>('GET', `/api/channels/${name}`)).body.broadcast

async function host(name: string): Promise<{ visitor: Visitor; streamKey: string }> {
  const visitor = server.visitor()
  await visitor.signUp(name)
  await visitor.call('POST', '/api/channels', { body: { name, title: name, category: 'talk' } })
  return { visitor, streamKey: (await visitor.call<StreamKeyView>('GET', `/api/channels/${name}/stream-key`)).body.streamKey }
}
const connect = (visitor?: Visitor): Socket => io(server.url, { transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders: visitor ? { cookie: visitor.cookie } : {} })
const ask = (socket: Socket, name: string, data: object) => socket.timeout(5000).emitWithAck(name, data) as Promise<{ ok: boolean; error?: { code: string } }>

test('a connection that was replaced cannot win the broadcast back', async () => {
  const { streamKey } = await host('anna')
  const { body: older } = await publish(streamKey)
  await publish(streamKey)
  expect(await publish(streamKey, older.broadcastId)).toMatchObject({ status: 404, body: { error: { code: 'broadcast-not-found' } } })
})

test('visitors who leave in the middle of joining leave no seat behind', async () => {
  const { streamKey } = await host('bert')
  await publish(streamKey)
  await Promise.all(
    Array.from({ length: 30 }, async (_none, index) => {
      const socket = connect()
      await new Promise((resolve) => socket.once('connect', () => resolve(undefined)))
      socket.emit('watch', { channel: 'bert', mode: 'hls' })
      await new Promise((resolve) => setTimeout(resolve, index % 6))
      socket.disconnect()
    }),
  )
  await eventually('nobody is counted', async () => {
    const metrics = await (await fetch(`${server.url}/metrics`)).text()
    return /footlight_viewers\{mode="hls"\} 0/.test(metrics) && (await broadcastOf('bert'))?.viewers === 0
  })
})

test('media that flows while the database is away makes the broadcast live when it is back', async () => {
  const { streamKey } = await host('cleo')
  const { body: grant } = await publish(streamKey)
  const { body: targets } = await internal<RelayTargets>(`publish/${grant.publishId}/media`, relayMedia)
  const database = openDatabase({ url: server.databaseUrl, poolSize: 1 })
  await database.raw('RENAME TABLE broadcasts TO broadcasts_away')
  const media = sendTestMedia(targets)
  await new Promise((resolve) => setTimeout(resolve, 1500))
  await database.raw('RENAME TABLE broadcasts_away TO broadcasts')
  await eventually('it is live', async () => (await broadcastOf('cleo'))?.state === 'live')
  media.process.kill('SIGKILL')
  await database.destroy()
})

test('a grace time that runs out while the database is away ends the broadcast when it is back', async () => {
  const { streamKey } = await host('dora')
  const { body: grant } = await publish(streamKey)
  await internal(`publish/${grant.publishId}/ended`, { finished: false, reason: 'connection reset' })
  const database = openDatabase({ url: server.databaseUrl, poolSize: 1 })
  await database.raw('RENAME TABLE broadcasts TO broadcasts_away')
  await new Promise((resolve) => setTimeout(resolve, 2500))
  await database.raw('RENAME TABLE broadcasts_away TO broadcasts')
  await eventually('it has ended', async () => (await broadcastOf('dora')) === null)
  await database.destroy()
})

test('logging out disconnects the sockets of that log-in, and its session publishes no more', async () => {
  const { visitor } = await host('emil')
  const socket = connect(visitor)
  expect(await ask(socket, 'studio:watch', { channel: 'emil' })).toMatchObject({ ok: true })
  const gone = new Promise((resolve) => socket.once('disconnect', resolve))
  const cookie = visitor.cookie
  await visitor.call('POST', '/api/logout')
  await gone
  visitor.cookie = cookie
  const again = connect(visitor)
  expect(await ask(again, 'publish', { channel: 'emil' })).toMatchObject({ ok: false, error: { code: 'not-logged-in' } })
  again.disconnect()
})

test('a socket gets a clear error for nonsense, for what it may not do, and for what it has not begun', async () => {
  const { visitor } = await host('finn')
  await host('gail')
  const socket = connect(visitor)
  expect(await ask(socket, 'watch', { channel: 7 })).toMatchObject({ ok: false, error: { code: 'bad-request' } })
  expect(await ask(socket, 'watch', { channel: 'nobody-here', mode: 'hls' })).toMatchObject({ ok: false, error: { code: 'channel-not-found' } })
  expect(await ask(socket, 'publish', { channel: 'gail' })).toMatchObject({ ok: false, error: { code: 'forbidden' } })
  expect(await ask(socket, 'studio:watch', { channel: 'gail' })).toMatchObject({ ok: false, error: { code: 'forbidden' } })
  expect(await ask(socket, 'publish:end', {})).toMatchObject({ ok: true })
  expect(await ask(socket, 'watch:resume', { consumerIds: ['x'] })).toMatchObject({ ok: false, error: { code: 'session-not-found' } })
  socket.disconnect()
})

test('a foreign page opens no socket with a visitor’s cookie', async () => {
  const socket = io(server.url, { transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders: { origin: 'https://evil.example' } })
  const refused = await new Promise((resolve) => {
    socket.once('connect_error', () => resolve(true))
    socket.once('connect', () => resolve(false))
  })
  socket.disconnect()
  expect(refused).toBe(true)
})

test('WHIP judges the media type itself, also when it is JSON', async () => {
  const { status, headers } = await server.visitor().call('POST', '/whip/anna', { body: '{', headers: { 'content-type': 'application/json', authorization: 'Bearer x' } })
  expect([401, 415]).toContain(status)
  expect(headers.get('access-control-allow-origin')).toBe('*')
})

test('an address that asks for WHEP sessions without end is told to wait', async () => {
  const ask = () => server.visitor().call('POST', '/whep/anna', { body: 'v=0', headers: { 'content-type': 'application/sdp' } })
  const answers = await Promise.all(Array.from({ length: 130 }, ask))
  expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(10)
  expect(answers.find(({ status }) => status === 429)?.body.error?.code).toBe('too-many-requests')
})

test('a server that leaves tells its sockets, takes no more joins, says so to load balancers, and is gone in good time', async () => {
  const leaving = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') })
  const socket = io(leaving.url, { transports: ['websocket'], forceNew: true, reconnection: false })
  await new Promise((resolve) => socket.once('connect', () => resolve(undefined)))
  const told = new Promise((resolve) => socket.once('server:draining', () => resolve(true)))
  const started = Date.now()
  const stopped = leaving.stop()
  expect(await told).toBe(true)
  expect(await ask(socket, 'watch', { channel: 'anyone', mode: 'hls' })).toMatchObject({ ok: false, error: { code: 'draining' } })
  const ready = await fetch(`${leaving.url}/readyz`)
  expect(ready.status).toBe(503)
  expect(await ready.json()).toMatchObject({ draining: true })
  await stopped
  expect(Date.now() - started).toBeLessThan(15_000)
})
