// The live room over its internal doors: who may publish, and what a broadcast goes through. A bridge's part is played by the test.
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { BridgeAliveReply, PublishGrant, RelayTargets } from '../../server/contract/bridgeApi.ts'
import type { ChannelView, StreamKeyView } from '../../server/contract/http.ts'
import { eventually } from '../support/eventually.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'
import type { Visitor } from '../support/Visitor.ts'

const bridgeId = 'abridgethatisatest'
let server: TestServer
beforeAll(async () => {
  server = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl'), env: { GRACE_SECONDS: '2' } })
})
afterAll(() => server.stop())

async function internal<T = { error?: { code: string } }>(path: string, body: unknown, secret = server.secret) {
  return server.visitor().call<T>('POST', `/internal/${path}`, { body, headers: { authorization: `Bearer ${secret}` } })
}

async function host(name: string): Promise<{ visitor: Visitor; streamKey: string }> {
  const visitor = server.visitor()
  await visitor.signUp(name)
  await visitor.call('POST', '/api/channels', { body: { name, title: name, category: 'talk' } })
  return { visitor, streamKey: (await visitor.call<StreamKeyView>('GET', `/api/channels/${name}/stream-key`)).body.streamKey }
}
const publish = (streamKey: string, resumes?: string) => internal<PublishGrant>('publish', { bridgeId, streamKey, remoteAddress: '192.0.2.1', resumes })
const broadcastOf = async (name: string) => (await server.visitor().call<ChannelView>('GET', `/api/channels/${name}`)).body.broadcast

test('the internal doors open only to the shared secret', async () => {
  expect(await internal('publish', {}, 'a guess')).toMatchObject({ status: 401, body: { error: { code: 'internal-secret-wrong' } } })
  expect(await server.visitor().call('POST', '/internal/publish', { body: {} })).toMatchObject({ status: 401 })
})

test('a wrong stream key is refused before any media', async () => {
  expect(await internal('publish', { bridgeId, streamKey: 'live_wrong', remoteAddress: '192.0.2.1' })).toMatchObject({ status: 401, body: { error: { code: 'wrong-stream-key' } } })
})

test('a granted publish starts a broadcast and gets ports for its media', async () => {
  const { streamKey } = await host('anna')
  const { body: grant } = await publish(streamKey)
  expect(grant).toMatchObject({ channel: 'anna', record: true })
  expect(await broadcastOf('anna')).toMatchObject({ id: grant.broadcastId, state: 'starting', source: 'rtmp' })
  const media = await internal<RelayTargets>(`publish/${grant.publishId}/media`, { video: { width: 640, height: 360, transcodeReason: null }, audio: { channels: 2 } })
  expect(media.body.video?.rtpPort).toBeGreaterThan(0)
  expect(media.body.audio?.payloadType).toBeGreaterThan(95)
})

test('a second connection continues the same broadcast; the first is no longer known', async () => {
  const { streamKey } = await host('bert')
  const { body: first } = await publish(streamKey)
  const { body: second } = await publish(streamKey)
  expect(second.broadcastId).toBe(first.broadcastId)
  const alive = await internal<BridgeAliveReply>(`bridges/${bridgeId}/alive`, {
    url: 'http://127.0.0.1:9',
    publishes: [first, second].map(({ publishId }) => ({ publishId, videoKbps: 0, audioKbps: 0 })),
    packagings: [],
    flv: [],
  })
  expect(alive.body.unknownPublishes).toEqual([first.publishId])
})

test('a lost connection interrupts, and after the grace time the broadcast has ended', async () => {
  const { streamKey } = await host('cleo')
  const { body: grant } = await publish(streamKey)
  await internal(`publish/${grant.publishId}/ended`, { finished: false, reason: 'connection reset' })
  expect((await broadcastOf('cleo'))?.state).toBe('interrupted')
  await eventually('it has ended', async () => (await broadcastOf('cleo')) === null)
  expect((await publish(streamKey, grant.broadcastId)).body).toMatchObject({ error: { code: 'broadcast-not-found' } })
})

test('a goodbye ends the broadcast at once, and the next publish is another one', async () => {
  const { streamKey } = await host('dora')
  const { body: grant } = await publish(streamKey)
  await internal(`publish/${grant.publishId}/ended`, { finished: true, reason: 'deleteStream' })
  expect(await broadcastOf('dora')).toBeNull()
  const { body: next } = await publish(streamKey)
  expect(next.broadcastId).not.toBe(grant.broadcastId)
})

test('replacing the stream key ends what came in by the old one', async () => {
  const { visitor, streamKey } = await host('emil')
  await publish(streamKey)
  await visitor.call('POST', '/api/channels/emil/stream-key')
  expect((await broadcastOf('emil'))?.state).toBe('interrupted')
  expect((await publish(streamKey)).status).toBe(401)
})

test('a bridge may take its broadcast up again after a restart, but not win it back from a newer connection', async () => {
  const { streamKey } = await host('finn')
  const { body: grant } = await publish(streamKey)
  expect((await publish(streamKey, grant.broadcastId)).body).toMatchObject({ error: { code: 'broadcast-not-found' } })
  await internal(`publish/${grant.publishId}/ended`, { finished: false, reason: 'connection reset' })
  expect((await publish(streamKey, grant.broadcastId)).body).toMatchObject({ broadcastId: grant.broadcastId })
})

test('playback of an offline channel is a clear 404, and no path leads out of the file store', async () => {
  await host('gail')
  for (const path of ['/hls/gail/index.m3u8', '/flv/gail.flv', '/snapshots/gail.jpg']) expect(await server.visitor().call('GET', path)).toMatchObject({ status: 404, body: { error: { code: 'channel-offline' } } })
  for (const path of ['/hls/gail/aaaaaaaaaaaaaaaa/%2e%2e/%2e%2e/secrets.json', '/hls/gail/aaaaaaaaaaaaaaaa/..%2f..%2fsecrets.json', '/replays/aaaaaaaaaaaaaaaa/x.txt']) expect((await server.visitor().call('GET', path)).status).toBe(404)
})
