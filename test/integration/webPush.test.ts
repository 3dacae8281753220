// Web Push: what a push service is sent, what it may answer, and where this server refuses to be sent.
import { createECDH, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { PushKeyView } from '../../server/contract/notify.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { Database } from '../../server/db/openDatabase.ts'
import { eventually } from '../support/eventually.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'
import type { Visitor } from '../support/Visitor.ts'

type Push = { path: string; headers: IncomingHttpHeaders; bytes: number }
let server: TestServer
let database: Database
let pushService: Server
let origin: string
const pushes: Push[] = []
beforeAll(async () => {
  server = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') })
  database = openDatabase({ url: server.databaseUrl, poolSize: 2 })
  pushService = createServer((request, response) => {
    let bytes = 0
    request.on('data', (chunk: Buffer) => (bytes += chunk.length))
    request.on('end', () => {
      pushes.push({ path: request.url ?? '', headers: request.headers, bytes })
      response.writeHead(request.url?.startsWith('/gone') ? 410 : request.url?.startsWith('/moved') ? 307 : 201, { location: '/elsewhere' }).end()
    })
  })
  await new Promise<void>((resolve) => pushService.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(pushService.address() as AddressInfo).port}`
})
afterAll(async () => {
  pushService?.close()
  await database?.destroy()
  await server?.stop()
})

async function person(name: string): Promise<Visitor> {
  const visitor = server.visitor()
  await visitor.signUp(name)
  return visitor
}
/** What a browser gives for its subscription. */
function subscription(path: string) {
  const browser = createECDH('prime256v1')
  browser.generateKeys()
  return { endpoint: `${origin}${path}`, keys: { p256dh: browser.getPublicKey().toString('base64url'), auth: randomBytes(16).toString('base64url') } }
}
const pushed = (path: string) => pushes.filter((push) => push.path === path)

test('a subscribed browser gets an encrypted message signed by this platform, once an event', async () => {
  const [anna, bert] = [await person('anna'), await person('bert')]
  expect((await bert.call('PUT', '/api/push/subscription', { body: subscription('/bert') })).status).toBe(204)
  await anna.call('PUT', '/api/people/bert/follow')
  await eventually('the push service is called', () => pushed('/bert').length === 1)
  const { headers, bytes } = pushed('/bert')[0] as Push
  expect(Number(headers['ttl'])).toBeGreaterThan(0)
  expect(headers['content-encoding']).toBe('aes128gcm')
  expect(headers['topic']).toMatch(/^[\w-]{1,32}$/)
  const { publicKey } = (await bert.call<PushKeyView>('GET', '/api/push/key')).body
  expect(headers['authorization']).toMatch(/^vapid t=[\w.-]+, ?k=/)
  expect(headers['authorization']).toContain(publicKey)
  expect(bytes).toBeGreaterThan(50)
})

test('a browser that is gone is forgotten, and a redirect is not followed', async () => {
  const [cleo, dora] = [await person('cleo'), await person('dora')]
  await cleo.call('PUT', '/api/push/subscription', { body: subscription('/gone') })
  await cleo.call('PUT', '/api/push/subscription', { body: subscription('/moved') })
  await dora.call('PUT', '/api/people/cleo/follow')
  await eventually('both were tried', () => pushed('/gone').length === 1 && pushed('/moved').length === 1)
  await eventually('the gone one is forgotten', async () => ((await database('push_subscriptions').select('endpoint')) as Array<{ endpoint: string }>).every(({ endpoint }) => !endpoint.endsWith('/gone')))
  expect(pushed('/elsewhere')).toEqual([])
})

test('what was unsubscribed, or turned off, is not pushed', async () => {
  const [emil, finn, gail] = [await person('emil'), await person('finn'), await person('gail')]
  const gone = subscription('/emil')
  await emil.call('PUT', '/api/push/subscription', { body: gone })
  expect((await emil.call('DELETE', '/api/push/subscription', { body: { endpoint: gone.endpoint } })).status).toBe(204)
  await finn.call('PUT', '/api/push/subscription', { body: subscription('/finn') })
  await finn.call('PUT', '/api/notifications/choices', { body: { kind: 'followed', way: 'push', wanted: false } })
  const heard = subscription('/gail')
  await gail.call('PUT', '/api/push/subscription', { body: heard })
  const hugo = await person('hugo')
  for (const name of ['emil', 'finn', 'gail']) await hugo.call('PUT', `/api/people/${name}/follow`)
  await eventually('the third is pushed', () => pushed('/gail').length === 1)
  expect([...pushed('/emil'), ...pushed('/finn')]).toEqual([])
})

test('all servers sign with the same keys, which no table shows', async () => {
  const ines = await person('ines')
  const other = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl'), sharing: server })
  const there = other.visitor()
  await there.logIn('ines')
  expect((await there.call<PushKeyView>('GET', '/api/push/key')).body).toEqual((await ines.call<PushKeyView>('GET', '/api/push/key')).body)
  await other.stop()
  const { value } = (await database('sealed_settings').where({ name: 'vapid-keys' }).first('value')) as { value: Buffer }
  expect(value.toString('latin1')).not.toContain('privateKey')
})

test('a subscription with broken keys or without a log-in is refused', async () => {
  const jona = await person('jona')
  expect(await jona.call('PUT', '/api/push/subscription', { body: { ...subscription('/x'), keys: { p256dh: 'short', auth: 'short' } } })).toMatchObject({ status: 400 })
  expect(await jona.call('PUT', '/api/push/subscription', { body: { ...subscription('/x'), endpoint: `https://push.example.org/${'x'.repeat(1000)}` } })).toMatchObject({ status: 400 })
  expect(await server.visitor().call('PUT', '/api/push/subscription', { body: subscription('/x') })).toMatchObject({ status: 401 })
})
