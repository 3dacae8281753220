// Profiles: what one says of oneself, bounded and harmless, seen by others at once.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { AccountView } from '../../server/contract/accounts.ts'
import type { ChannelView, MeView } from '../../server/contract/http.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'
import type { Visitor } from '../support/Visitor.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') })
})
afterAll(() => server.stop())

async function person(name: string): Promise<Visitor> {
  const visitor = server.visitor()
  await visitor.signUp(name)
  return visitor
}
const change = (visitor: Visitor, body: object) => visitor.call<AccountView & { error?: { fields?: object } }>('PATCH', '/api/me/profile', { body })
const picture = (background = 'teal') => sharp({ create: { width: 400, height: 300, channels: 3, background } })
const putAvatar = (visitor: Visitor, body: Buffer, type = 'image/jpeg') => visitor.call<AccountView & { error?: { code: string } }>('PUT', '/api/me/avatar', { body, headers: { 'content-type': type } })

test('name, bio and links are kept as they are written, and shown to who asks for oneself', async () => {
  const ada = await person('ada')
  const links = [{ label: 'Notes', url: 'https://ada.example/notes?on=engines#g' }, { label: '', url: 'http://ada.example' }]
  const { status, body } = await change(ada, { displayName: '  Ada 👩‍💻 洛芙莱斯 ', bio: 'First line\nsecond <b>line</b>', links })
  expect(status).toBe(200)
  expect(body).toMatchObject({ displayName: 'Ada 👩‍💻 洛芙莱斯', bio: 'First line\nsecond <b>line</b>', links, email: null, emailVerified: false, mail: false, recoveryCodesLeft: 0 })
  const me = await ada.call<MeView>('GET', '/api/me')
  expect(me.body.user).toMatchObject({ name: 'ada', displayName: 'Ada 👩‍💻 洛芙莱斯', avatarUrl: null })
  expect((await change(ada, { displayName: '' })).body.person.displayName).toBe('ada')
})

test('a channel shows who its owner is', async () => {
  const host = await person('hosting')
  await change(host, { displayName: 'The Host' })
  await host.call('POST', '/api/channels', { body: { name: 'hosting', title: 'A show', category: 'talk' } })
  const { body } = await server.visitor().call<ChannelView>('GET', '/api/channels/hosting')
  expect(body).toMatchObject({ owner: 'hosting', ownerPerson: { name: 'hosting', displayName: 'The Host', avatarUrl: null } })
})

test.each([
  ['displayName', 'x'.repeat(41)],
  ['displayName', 'admin\u202Enimda'],
  ['displayName', 'two\nlines'],
  ['bio', 'x'.repeat(301)],
  ['bio', 'bell \u0007'],
  ['links', [{ label: 'x', url: 'javascript:alert(1)' }]],
  ['links', [{ label: 'x', url: 'data:text/html,<script>alert(1)</script>' }]],
  ['links', [{ label: 'x', url: 'https://user:secret@example.org' }]],
  ['links', [{ label: 'x', url: 'https://' }]],
  ['links', [{ label: 'x'.repeat(31), url: 'https://example.org' }]],
  ['links', Array.from({ length: 6 }, () => ({ label: '', url: 'https://example.org' }))],
])('a wrong %s is refused by name: %j', async (field, value) => {
  const visitor = await person(`wrong-${Math.random().toString(36).slice(2, 10)}`)
  const { status, body } = await change(visitor, { [field]: value })
  expect(status).toBe(400)
  expect(Object.keys(body.error?.fields ?? {}).join()).toContain(field)
})

test('the language is the account’s, on every device', async () => {
  const visitor = await person('linguist')
  expect((await visitor.call('PUT', '/api/me/language', { body: { language: 'zh-CN' } })).status).toBe(204)
  expect((await visitor.call('PUT', '/api/me/language', { body: { language: 'fr' } })).status).toBe(400)
  const elsewhere = server.visitor()
  expect((await elsewhere.logIn('linguist')).body).toMatchObject({ language: 'zh-CN' })
})

test('an avatar is made a square WebP without metadata, served for good, and the former one goes', async () => {
  const ada = await person('pictured')
  const photo = await picture().withExif({ IFD0: { Copyright: 'somewhere private' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 12/1' } }).jpeg().toBuffer()
  const first = (await putAvatar(ada, photo)).body.person.avatarUrl ?? ''
  expect(first).toMatch(/^\/avatars\/\w+\.webp$/)
  const served = await fetch(new URL(first, server.url))
  expect(Object.fromEntries(['content-type', 'x-content-type-options', 'cache-control'].map((name) => [name, served.headers.get(name)]))).toEqual({
    'content-type': 'image/webp',
    'x-content-type-options': 'nosniff',
    'cache-control': 'public, max-age=31536000, immutable',
  })
  expect(served.headers.get('content-security-policy')).toContain("script-src 'self'")
  const metadata = await sharp(Buffer.from(await served.arrayBuffer())).metadata()
  expect(metadata).toMatchObject({ format: 'webp', width: 256, height: 256 })
  expect(metadata.exif).toBeUndefined()
  const second = (await putAvatar(ada, await picture('red').png().toBuffer(), 'image/png')).body.person.avatarUrl ?? ''
  expect(second).not.toBe(first)
  expect((await fetch(new URL(first, server.url))).status).toBe(404)
  expect(await readdir(join(server.mediaDir, 'avatars'))).toEqual([second.slice('/avatars/'.length)])
  expect((await ada.call<AccountView>('DELETE', '/api/me/avatar')).body.person.avatarUrl).toBeNull()
  expect(await readdir(join(server.mediaDir, 'avatars'))).toEqual([])
})

test('what is no still picture of a sane size is refused, and the old avatar stays', async () => {
  const visitor = await person('attacker')
  const kept = (await putAvatar(visitor, await picture().jpeg().toBuffer())).body.person.avatarUrl
  const jpeg = await picture().jpeg().toBuffer()
  const evil: Array<[Buffer, string]> = [
    [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'), 'image/png'],
    [Buffer.from('GIF89a/*<svg/onload=alert(1)>*/=1;'), 'image/jpeg'],
    [await picture().gif().toBuffer(), 'image/webp'],
    [await sharp({ create: { width: 10_000, height: 5_000, channels: 3, background: 'white' } }).png({ compressionLevel: 9 }).toBuffer(), 'image/png'],
    [jpeg.subarray(0, jpeg.length / 2), 'image/jpeg'],
    [Buffer.alloc(0), 'image/png'],
  ]
  for (const [body, type] of evil) expect((await putAvatar(visitor, body, type)).status, type).toBeGreaterThanOrEqual(400)
  expect((await putAvatar(visitor, Buffer.from('<svg/>'), 'image/svg+xml')).status).toBe(415)
  expect((await putAvatar(visitor, Buffer.alloc(6 * 1024 * 1024))).status).toBe(413)
  expect((await visitor.call<AccountView>('GET', '/api/me/account')).body.person.avatarUrl).toBe(kept)
  expect((await server.visitor().call('PUT', '/api/me/avatar', { body: jpeg, headers: { 'content-type': 'image/jpeg' } })).status).toBe(401)
})

test('two avatars at once leave one, and no file without an owner', async () => {
  const visitor = await person('hasty')
  const before = (await readdir(join(server.mediaDir, 'avatars'))).length
  await Promise.all([putAvatar(visitor, await picture('red').png().toBuffer(), 'image/png'), putAvatar(visitor, await picture('blue').png().toBuffer(), 'image/png')])
  expect(await readdir(join(server.mediaDir, 'avatars'))).toHaveLength(before + 1)
})
