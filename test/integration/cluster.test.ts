// Several servers on one Redis and MySQL are one platform: what one carries all show, and what dies with one another takes up.
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest'
import type { Socket } from 'socket.io-client'
import type { BridgeAliveReply, PublishGrant } from '../../server/contract/bridgeApi.ts'
import type { BroadcastView } from '../../server/contract/broadcast.ts'
import type { Reply } from '../../server/contract/errors.ts'
import type { ChannelView, StreamKeyView } from '../../server/contract/http.ts'
import type { RequestData, RequestName, ReplyData } from '../../server/contract/sockets.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import { eventually } from '../support/eventually.ts'
import { openSocket } from '../support/openSocket.ts'
import { spawnServer } from '../support/spawnServer.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'
import type { Visitor } from '../support/Visitor.ts'

const env = { GRACE_SECONDS: '20' }
let one: TestServer
let two: TestServer
const opened: Socket[] = []
beforeAll(async () => {
  const services = { databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl'), env }
  one = await startServer(services)
  two = await startServer({ ...services, sharing: one })
})
afterEach(() => opened.splice(0).forEach((socket) => socket.disconnect()))
afterAll(async () => {
  await two.stop()
  await one.stop()
})

type Server = Pick<TestServer, 'visitor'>
const internal = <T = { error?: { code: string } }>(server: Server, path: string, body: unknown) =>
  server.visitor().call<T>('POST', `/internal/${path}`, { body, headers: { authorization: `Bearer ${one.secret}` } })

async function host(name: string): Promise<{ visitor: Visitor; streamKey: string }> {
  const visitor = one.visitor()
  await visitor.signUp(name)
  await visitor.call('POST', '/api/channels', { body: { name, title: name, category: 'talk' } })
  return { visitor, streamKey: (await visitor.call<StreamKeyView>('GET', `/api/channels/${name}/stream-key`)).body.streamKey }
}
/** The same browser at another server. */
function at(server: TestServer, visitor: Visitor): Visitor {
  const there = server.visitor()
  there.cookie = visitor.cookie
  return there
}
const publish = (server: Server, streamKey: string, bridgeId: string, resumes?: string) => internal<PublishGrant>(server, 'publish', { bridgeId, streamKey, remoteAddress: '192.0.2.1', resumes })
const broadcastAt = async (server: Server, name: string) => (await server.visitor().call<ChannelView>('GET', `/api/channels/${name}`)).body.broadcast
const unknownAt = async (server: Server, bridgeId: string, publishIds: string[]) =>
  (await internal<BridgeAliveReply>(server, `bridges/${bridgeId}/alive`, { url: `http://127.0.0.1:9/${bridgeId}`, publishes: publishIds.map((publishId) => ({ publishId, videoKbps: 0, audioKbps: 0 })), packagings: [], flv: [] })).body.unknownPublishes

async function socketOf(visitor: Visitor): Promise<Socket> {
  const socket = await openSocket(visitor)
  opened.push(socket)
  return socket
}
const ask = <N extends RequestName>(socket: Socket, name: N, data: RequestData<N>) => socket.emitWithAck(name, data) as Promise<Reply<ReplyData[N]>>

test('what one server carries, the other shows; its visitors there are told once of each change, and play HLS', async () => {
  const { streamKey } = await host('alma')
  const { body: grant } = await publish(one, streamKey, 'bridge-of-one')
  await eventually('the other server shows it', async () => (await broadcastAt(two, 'alma'))?.id === grant.broadcastId, 3000)
  const socket = await socketOf(two.visitor())
  const told: BroadcastView[] = []
  socket.on('broadcast:changed', ({ broadcast }: { broadcast: BroadcastView }) => told.push(broadcast))
  expect(await ask(socket, 'watch', { channel: 'alma', mode: 'webrtc' })).toMatchObject({ ok: true, data: { elsewhere: true, transport: null, broadcast: { id: grant.broadcastId } } })
  const here = await socketOf(one.visitor())
  expect(await ask(here, 'watch', { channel: 'alma', mode: 'webrtc' })).toMatchObject({ ok: true, data: { elsewhere: false } })
  await internal(one, `publish/${grant.publishId}/ended`, { finished: true, reason: 'deleteStream' })
  await eventually('its end is told', () => told.some(({ state }) => state === 'ended'))
  expect(told.filter(({ state }) => state === 'ended')).toHaveLength(1)
  await eventually('it is over on the other server too', async () => (await broadcastAt(two, 'alma')) === null, 3000)
})

test('viewers of all servers are counted together, everyone once, and told to each once a change', async () => {
  const { streamKey, visitor } = await host('bela')
  await publish(one, streamKey, 'bridge-of-one')
  const sockets = await Promise.all([socketOf(visitor), socketOf(at(two, visitor)), socketOf(two.visitor())])
  const counts: number[] = []
  sockets[0]?.on('viewers:counted', ({ viewers }: { viewers: number }) => counts.push(viewers))
  for (const socket of sockets) await ask(socket, 'watch', { channel: 'bela', mode: 'hls' })
  await eventually('two people are counted', () => counts.at(-1) === 2, 4000)
  expect(new Set(counts).size).toBe(counts.length)
  await eventually('the directory tells it to the server that does not carry it', async () => (await broadcastAt(two, 'bela'))?.viewers === 2, 4000)
  expect(await ask(sockets[2] as Socket, 'people:list', { channel: 'bela' })).toMatchObject({ ok: true, data: { total: 1, people: [{ name: 'bela', role: 'host' }] } })
  sockets[2]?.disconnect()
  await eventually('the one who left is no longer counted', () => counts.at(-1) === 1, 4000)
})

test('a host who comes back by another server takes the broadcast along, and the old server lets go of it', async () => {
  const { streamKey } = await host('cora')
  const { body: first } = await publish(one, streamKey, 'bridge-of-one')
  const { body: second } = await publish(two, streamKey, 'bridge-of-two')
  expect(second.broadcastId).toBe(first.broadcastId)
  await eventually('the old server has let go', async () => (await unknownAt(one, 'bridge-of-one', [first.publishId])).length === 1, 3000)
  expect(await unknownAt(two, 'bridge-of-two', [second.publishId])).toEqual([])
  // A connection that was replaced does not win the broadcast back.
  expect((await publish(one, streamKey, 'bridge-of-one', first.broadcastId)).body).toMatchObject({ error: { code: 'broadcast-not-found' } })
  const stopped = await internal(one, 'channels/cora/stop', {})
  expect(stopped.status).toBe(204)
  await eventually('the other server has let go', async () => (await unknownAt(two, 'bridge-of-two', [second.publishId])).length === 1, 3000)
})

test('two servers that take a channel up at the same moment run one broadcast, on one of them', async () => {
  const { streamKey } = await host('dina')
  const grants = await Promise.all([1, 2, 3, 4].map((n) => publish(n % 2 ? one : two, streamKey, `bridge-number-${n}`)))
  expect(new Set(grants.map(({ body }) => body.broadcastId)).size).toBe(1)
  const ids = grants.map(({ body }) => body.publishId)
  const carrying = async () => [ids.length - (await unknownAt(one, 'bridge-of-one', ids)).length, ids.length - (await unknownAt(two, 'bridge-of-two', ids)).length]
  await eventually('one connection is left', async () => (await carrying()).toSorted().join() === '0,1', 5000)
})

test('replacing the stream key at one server ends what came in at another', async () => {
  const { streamKey, visitor } = await host('edda')
  await publish(one, streamKey, 'bridge-of-one')
  await at(two, visitor).call('POST', '/api/channels/edda/stream-key')
  await eventually('it is interrupted', async () => (await broadcastAt(one, 'edda'))?.state === 'interrupted', 3000)
})

test('the broadcast of a server that was killed is taken up, interrupted, by exactly one other', async () => {
  const third = await spawnServer({ redisUrl: inject('redisUrl'), sharing: one, env })
  const database = openDatabase({ url: one.databaseUrl, poolSize: 1 })
  try {
    const { streamKey } = await host('fina')
    const { body: grant } = await publish(third, streamKey, 'bridge-of-three')
    const row = () => database('broadcasts').where({ id: grant.broadcastId }).first('server_id', 'state') as Promise<{ server_id: string; state: string }>
    const { server_id: former } = await row()
    await third.kill()
    await eventually('it is taken up', async () => (await row()).server_id !== former, 20_000)
    expect(await row()).toMatchObject({ state: 'interrupted' })
    const heir = (await row()).server_id
    // Its host comes back by the other server within the grace time: the show goes on.
    const resumed = await publish(two, streamKey, 'bridge-of-two', grant.broadcastId)
    expect(resumed.body.broadcastId).toBe(grant.broadcastId)
    expect(await database('servers').where({ id: heir }).first('id')).toBeDefined()
  } finally {
    await third.kill()
    await database.destroy()
  }
}, 60_000)
