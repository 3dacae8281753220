// What a crawler, an oEmbed reader and a friend are shown of a channel, without any JavaScript.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { OembedView } from '../../server/contract/discovery.ts'
import { newId } from '../../server/core/newId.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'

const EVIL = '</title><script>alert("1")</script> \' & 深夜'
const replayId = newId<string>()
let server: TestServer
beforeAll(async () => {
  server = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') })
  const ada = server.visitor()
  await ada.signUp('ada')
  expect((await ada.call('POST', '/api/channels', { body: { name: 'ada', title: EVIL, category: 'music' } })).status).toBe(201)
  const database = openDatabase({ url: server.databaseUrl, poolSize: 1 })
  const { id: channelId } = (await database('channels').where({ name: 'ada' }).first('id')) as { id: string }
  await database('broadcasts').insert({ id: replayId, channel_id: channelId, title: '昨晚的月光', source: 'rtmp', state: 'ended', started_at: new Date(), live_at: new Date(), ended_at: new Date() })
  await database('replays').insert({ broadcast_id: replayId, state: 'ready', duration_ms: 90_000, bytes: 5, updated_at: new Date() })
  await database.destroy()
  const folder = join(server.mediaDir, 'recordings', replayId)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'poster.jpg'), await sharp({ create: { width: 640, height: 360, channels: 3, background: 'teal' } }).jpeg().toBuffer())
})
afterAll(() => server?.stop())

const page = async (path: string, headers: Record<string, string> = {}) => (await fetch(new URL(path, server.url), { headers })).text()
const metaOf = (html: string, name: string) => new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)">`).exec(html)?.[1]
const picture = async (path: string) => {
  const response = await fetch(new URL(path, server.url))
  return { response, image: Buffer.from(await response.arrayBuffer()) }
}

test('a channel’s page says what it is in its head, and an evil title stays text', async () => {
  const html = await page('/c/ada')
  expect(html).not.toContain('<script>alert')
  expect(html.match(/<title[\s>]/g)).toHaveLength(1)
  expect(metaOf(html, 'og:title')).toBe('&lt;/title&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &#39; &amp; 深夜 · ada')
  expect(metaOf(html, 'og:url')).toBe(`${server.url}/c/ada`)
  expect(metaOf(html, 'og:video')).toBe(`${server.url}/embed/ada`)
  expect(metaOf(html, 'twitter:card')).toBe('summary_large_image')
  const image = await fetch(metaOf(html, 'og:image') ?? '')
  expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
  expect(metaOf(await page('/c/ada', { 'accept-language': 'zh-CN,zh;q=0.9' }), 'og:description')).toContain('音乐')
})

test('a replay’s page says its own title and shows its own picture', async () => {
  const html = await page(`/r/${replayId}`)
  expect(metaOf(html, 'og:title')).toBe('昨晚的月光 · ada')
  expect(metaOf(html, 'og:image')).toBe(`${server.url}/replays/${replayId}/poster.jpg`)
  expect(metaOf(html, 'og:video')).toBe(`${server.url}/embed/ada?replay=${replayId}`)
})

test('other pages, and channels that do not exist, have the plain head', async () => {
  for (const path of ['/', '/c/nobody', '/r/abcdefgh23456789', '/embed/ada']) expect(metaOf(await page(path), 'og:title'), path).toBeUndefined()
})

test('the oEmbed link of a page leads to its player', async () => {
  const link = /<link rel="alternate" type="application\/json\+oembed" href="([^"]*)"/.exec(await page('/c/ada'))?.[1] ?? ''
  const { body, status, headers } = await server.visitor().call<OembedView>('GET', link.replaceAll('&amp;', '&'))
  expect(status).toBe(200)
  expect(headers.get('access-control-allow-origin')).toBe('*')
  expect(body).toMatchObject({ version: '1.0', type: 'video', title: EVIL, author_name: 'ada', author_url: `${server.url}/c/ada`, width: 1280, height: 720 })
  expect(body.html).toContain(`src="${server.url}/embed/ada"`)
  expect(body.html).not.toContain('<script')
})

test('oEmbed answers 404 for foreign addresses and 501 for XML, and stays inside the bounds', async () => {
  const ask = (query: string) => server.visitor().call<OembedView>('GET', `/api/oembed?${query}`)
  const url = encodeURIComponent(`${server.url}/c/ada`)
  expect((await ask(`url=${encodeURIComponent('https://evil.example/c/ada')}`)).status).toBe(404)
  expect((await ask(`url=${encodeURIComponent(`${server.url}/studio`)}`)).status).toBe(404)
  expect((await ask(`url=${encodeURIComponent(`${server.url}/c/nobody`)}`)).status).toBe(404)
  expect((await ask(`url=${url}&format=xml`)).status).toBe(501)
  expect((await ask('')).status).toBe(400)
  expect((await ask(`url=${url}&maxwidth=320&maxheight=1000`)).body).toMatchObject({ width: 320, height: 180 })
})

test('posters are drawn for channels and replays, in both formats, and kept for a moment', async () => {
  for (const [path, format] of [['/api/channels/ada/poster.jpg', 'jpeg'], ['/api/channels/ada/poster.png?lang=zh-CN', 'png'], [`/api/replays/${replayId}/poster.jpg`, 'jpeg']] as const) {
    const { response, image } = await picture(path)
    expect(response.headers.get('cache-control'), path).toBe('public, max-age=60')
    expect(await sharp(image).metadata(), path).toMatchObject({ format, width: 900, height: 1200 })
  }
  const [first, second] = [await picture('/api/channels/ada/poster.jpg'), await picture('/api/channels/ada/poster.jpg')]
  expect(first.image.equals(second.image)).toBe(true)
  expect((await fetch(new URL('/api/channels/nobody/poster.jpg', server.url))).status).toBe(404)
})

test('a replay’s poster shows its picture', async () => {
  const { image } = await picture(`/api/replays/${replayId}/poster.png`)
  const { data } = await sharp(image).extract({ left: 600, top: 120, width: 1, height: 1 }).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  expect([...data].map((value, index) => Math.abs(value - ([0, 128, 128][index] ?? 0)) < 12)).toEqual([true, true, true])
})

test('only the embeddable player may be framed', async () => {
  const policyOf = async (path: string) => (await fetch(new URL(path, server.url))).headers.get('content-security-policy')
  expect(await policyOf('/c/ada')).toContain("frame-ancestors 'none'")
  expect(await policyOf('/embed/ada')).not.toContain("frame-ancestors 'none'")
})
