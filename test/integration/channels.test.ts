import sharp from 'sharp'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { ChannelView, StreamKeyView } from '../../server/contract/http.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') })
})
afterAll(() => server.stop())

async function host(name: string) {
  const visitor = server.visitor()
  await visitor.signUp(name)
  const opened = await visitor.call<ChannelView>('POST', '/api/channels', { body: { name, title: `The show of ${name}`, category: 'music' } })
  expect(opened.status).toBe(201)
  return visitor
}
const picture = () => sharp({ create: { width: 320, height: 200, channels: 3, background: 'teal' } })

test('a signed-in user opens one channel; anyone can see it', async () => {
  const ada = await host('ada')
  const seen = await server.visitor().call<ChannelView>('GET', '/api/channels/ada')
  expect(seen.body).toMatchObject({ name: 'ada', title: 'The show of ada', category: 'music', owner: 'ada', broadcast: null, record: true, replays: [] })
  const second = await ada.call('POST', '/api/channels', { body: { name: 'ada-two', title: 'Another', category: 'music' } })
  expect(second).toMatchObject({ status: 409, body: { error: { code: 'channel-exists' } } })
})

test('nobody opens a channel without logging in, nor under a taken name', async () => {
  const body = { name: 'bob', title: 'Bob', category: 'talk' }
  expect((await server.visitor().call('POST', '/api/channels', { body })).status).toBe(401)
  await host('taken')
  const other = server.visitor()
  await other.signUp('other')
  expect(await other.call('POST', '/api/channels', { body: { ...body, name: 'taken' } })).toMatchObject({ status: 409, body: { error: { code: 'name-taken' } } })
})

test('the stream key is shown to its owner alone, and can be replaced', async () => {
  const carol = await host('carol')
  const stranger = await host('stranger')
  expect((await stranger.call('GET', '/api/channels/carol/stream-key')).status).toBe(403)
  expect((await server.visitor().call('GET', '/api/channels/carol/stream-key')).status).toBe(401)
  const first = await carol.call<StreamKeyView>('GET', '/api/channels/carol/stream-key')
  expect(first.headers.get('cache-control')).toBe('no-store')
  expect(first.body.streamKey).toMatch(/^live_.{32}$/)
  expect(first.body.rtmpUrl).toBe('rtmp://127.0.0.1:1935/live')
  const second = await carol.call<StreamKeyView>('POST', '/api/channels/carol/stream-key')
  expect(second.body.streamKey).not.toBe(first.body.streamKey)
  expect((await carol.call<StreamKeyView>('GET', '/api/channels/carol/stream-key')).body.streamKey).toBe(second.body.streamKey)
  for (const seen of [await carol.call('GET', '/api/channels/carol'), await carol.call('GET', '/api/me')]) expect(JSON.stringify(seen.body)).not.toContain('live_')
})

test('a leaked channel table does not give the stream key away', async () => {
  const dan = await host('dan')
  const { body } = await dan.call<StreamKeyView>('GET', '/api/channels/dan/stream-key')
  const database = openDatabase({ url: server.databaseUrl })
  const [row] = await database('channels').where({ name: 'dan' })
  await database.destroy()
  for (const value of Object.values(row as object)) expect(Buffer.isBuffer(value) ? value.toString('latin1') : String(value)).not.toContain(body.streamKey.slice(5))
})

test('the owner changes title, category and recording; others may not', async () => {
  const eve = await host('eve')
  const changed = await eve.call<ChannelView>('PATCH', '/api/channels/eve', { body: { title: ' New title ', record: false } })
  expect(changed.body).toMatchObject({ title: 'New title', category: 'music', record: false })
  expect((await eve.call('PATCH', '/api/channels/eve', { body: { title: '' } })).status).toBe(400)
  expect((await (await host('mallory')).call('PATCH', '/api/channels/eve', { body: { title: 'mine' } })).status).toBe(403)
})

test('a cover is re-encoded without its metadata and served as it was stored', async () => {
  const fay = await host('fay')
  const body = await picture().withExif({ IFD0: { Copyright: 'somewhere private' } }).jpeg().toBuffer()
  const { status, body: view } = await fay.call<ChannelView>('PUT', '/api/channels/fay/cover', { body, headers: { 'content-type': 'image/jpeg' } })
  expect(status).toBe(200)
  const response = await fetch(new URL(view.coverUrl ?? '', server.url))
  const stored = Buffer.from(await response.arrayBuffer())
  expect(response.headers.get('content-type')).toBe('image/webp')
  const metadata = await sharp(stored).metadata()
  expect(metadata).toMatchObject({ format: 'webp', width: 1280, height: 720 })
  expect(metadata.exif).toBeUndefined()
})

test('what is not a picture is refused by its content, not its name', async () => {
  const gus = await host('gus')
  const put = (body: Buffer, type: string) => gus.call('PUT', '/api/channels/gus/cover', { body, headers: { 'content-type': type } })
  expect((await put(Buffer.from('<svg onload="alert(1)"/>'), 'image/png')).body.error?.code).toBe('bad-image')
  expect((await put(await picture().gif().toBuffer(), 'image/jpeg')).body.error?.code).toBe('bad-image')
  expect((await put(Buffer.from('GIF89a'), 'image/gif')).status).toBe(415)
  expect((await put(Buffer.alloc(6 * 1024 * 1024), 'image/png')).status).toBe(413)
})

test('an unknown channel is a 404 with a code', async () => {
  expect(await server.visitor().call('GET', '/api/channels/nobody')).toMatchObject({ status: 404, body: { error: { code: 'channel-not-found' } } })
})
