// A locked account is off the air: what it broadcasts ends at whichever server, and no way of publishing takes its key again.
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { PublishGrant } from '../../server/contract/bridgeApi.ts'
import type { ChannelView, StreamKeyView } from '../../server/contract/http.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { Database } from '../../server/db/openDatabase.ts'
import { eventually } from '../support/eventually.ts'
import { openSocket } from '../support/openSocket.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'
import type { Visitor } from '../support/Visitor.ts'
import { offer } from '../unit/server/media/sdp/offer.ts'

let one: TestServer
let two: TestServer
let database: Database
let operator: Visitor
beforeAll(async () => {
  const services = { databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') }
  one = await startServer(services)
  two = await startServer({ ...services, sharing: one })
  database = openDatabase({ url: one.databaseUrl, poolSize: 2 })
  operator = one.visitor()
  await operator.signUp('opera')
  await database('users').where({ name: 'opera' }).update({ role: 'operator' })
})
afterAll(async () => {
  await database.destroy()
  await two.stop()
  await one.stop()
})

async function host(name: string): Promise<{ visitor: Visitor; streamKey: string }> {
  const visitor = one.visitor()
  await visitor.signUp(name)
  await visitor.call('POST', '/api/channels', { body: { name, title: name, category: 'talk' } })
  return { visitor, streamKey: (await visitor.call<StreamKeyView>('GET', `/api/channels/${name}/stream-key`)).body.streamKey }
}
const push = (server: TestServer, streamKey: string) =>
  server.visitor().call<PublishGrant & { error?: { code: string } }>('POST', '/internal/publish', { body: { bridgeId: 'abridgethatisatest', streamKey, remoteAddress: '192.0.2.1' }, headers: { authorization: `Bearer ${one.secret}` } })
const broadcastOf = async (name: string) => (await one.visitor().call<ChannelView>('GET', `/api/channels/${name}`)).body.broadcast
const stateOf = async (id: string) => (await database('broadcasts').where({ id }).first('state')) as { state: string }
const setDisabled = (name: string, disabled: boolean) => operator.call('PUT', `/api/operator/users/${name}/disabled`, { body: { disabled, reason: 'vile' } })

test('a lock ends the broadcast at the other server too, with a record, and refuses RTMP, WHIP and browser until it is lifted', async () => {
  const { visitor, streamKey } = await host('vera')
  const { body: grant } = await push(two, streamKey)
  const page = await openSocket(visitor)
  expect((await setDisabled('vera', true)).status).toBe(204)
  await eventually('it has ended', async () => (await stateOf(grant.broadcastId)).state === 'ended')
  await eventually('nobody is told that it is live', async () => (await broadcastOf('vera')) === null)
  expect(await database('audit').where({ action: 'broadcast:stop' })).toHaveLength(1)
  for (const server of [one, two]) {
    expect(await push(server, streamKey)).toMatchObject({ status: 403, body: { error: { code: 'account-disabled' } } })
    const whip = await server.visitor().call('POST', '/whip/vera', { body: offer('obs'), headers: { 'content-type': 'application/sdp', authorization: `Bearer ${streamKey}` } })
    expect(whip).toMatchObject({ status: 403, body: { error: { code: 'account-disabled' } } })
  }
  await eventually('the studio was hung up on', () => !page.connected)
  const again = await openSocket(visitor)
  expect(await again.emitWithAck('publish', { channel: 'vera' })).toMatchObject({ ok: false, error: { code: 'not-logged-in' } })
  again.disconnect()
  expect((await setDisabled('vera', false)).status).toBe(204)
  expect((await push(one, streamKey)).status).toBe(200)
})

test('a lock that no server was told of ends the broadcast all the same', async () => {
  const { streamKey } = await host('wilma')
  const { body: grant } = await push(one, streamKey)
  await database('users').where({ name: 'wilma' }).update({ disabled: true })
  await eventually('it has ended', async () => (await stateOf(grant.broadcastId)).state === 'ended', 6000)
})
