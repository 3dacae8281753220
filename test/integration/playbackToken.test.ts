// Playback tokens open one channel to one person for a short time, through everything a playlist lists.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { PublishGrant } from '../../server/contract/bridgeApi.ts'
import type { PlaybackView, StreamKeyView } from '../../server/contract/http.ts'
import type { ChannelId } from '../../server/contract/ids.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import { PlaybackTokens } from '../../server/live/PlaybackTokens.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'

let open: TestServer
let strict: TestServer
let broadcastId = ''
beforeAll(async () => {
  const services = { databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') }
  open = await startServer(services)
  strict = await startServer({ ...services, sharing: open, env: { PLAYBACK_TOKENS: 'required' } })
  broadcastId = await onAir('jana')
  await onAir('karl')
})
afterAll(async () => {
  await strict.stop()
  await open.stop()
})

async function onAir(name: string): Promise<string> {
  const host = open.visitor()
  await host.signUp(name)
  await host.call('POST', '/api/channels', { body: { name, title: name, category: 'talk' } })
  const { streamKey } = (await host.call<StreamKeyView>('GET', `/api/channels/${name}/stream-key`)).body
  const grant = await open.visitor().call<PublishGrant>('POST', '/internal/publish', { body: { bridgeId: 'bridgeofplayback', streamKey, remoteAddress: '192.0.2.1' }, headers: { authorization: `Bearer ${open.secret}` } })
  const folder = join(open.mediaDir, 'live', grant.body.broadcastId)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'index.m3u8'), '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nmedia.m3u8\n')
  await writeFile(join(folder, 'media.m3u8'), '#EXTM3U\n#EXT-X-MAP:URI="init.mp4"\n#EXTINF:2,\n1.m4s\n')
  for (const file of ['init.mp4', '1.m4s']) await writeFile(join(folder, file), 'media')
  await writeFile(join(folder, 'snapshot.jpg'), 'picture')
  return grant.body.broadcastId
}
const tokenFor = async (channel: string) => (await strict.visitor().call<PlaybackView>('POST', `/api/channels/${channel}/playback`)).body
const get = (path: string, server = strict) => server.visitor().call<string>('GET', path)
const oldToken = async (ageMs: number): Promise<string> => {
  const database = openDatabase({ url: open.databaseUrl, poolSize: 1 })
  const { id } = (await database('channels').where({ name: 'jana' }).first('id')) as { id: ChannelId }
  await database.destroy()
  return new PlaybackTokens({ secret: 'the secret of a test installation' }).issue({ channelId: id, subject: { userId: null, visitorId: 'a-visitor', addressHash: 'address' } }, Date.now() - ageMs).token
}

test('a token carries from the address through variant playlist, init part and segments', async () => {
  const { token, hlsUrl, expiresAt } = await tokenFor('jana')
  expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(590_000)
  const master = await get(hlsUrl)
  const variant = /^(?!#).+$/m.exec(master.body)?.[0]
  expect(variant).toBe(`${broadcastId}/media.m3u8?token=${token}`)
  expect(master.headers.get('cache-control')).toContain('private')
  const media = await get(`/hls/jana/${variant}`)
  expect(media.body).toContain(`URI="init.mp4?token=${token}"`)
  expect(media.body).toContain(`1.m4s?token=${token}`)
  for (const file of ['init.mp4', '1.m4s']) expect((await get(`/hls/jana/${broadcastId}/${file}?token=${token}`)).status).toBe(200)
})

test('where tokens are required nothing is played without one, but the cover is shown', async () => {
  for (const path of ['/hls/jana/index.m3u8', `/hls/jana/${broadcastId}/1.m4s`, '/flv/jana.flv']) {
    expect(await get(path)).toMatchObject({ status: 401, body: { error: { code: 'playback-token-wrong' } } })
    expect((await get(path, open)).status).not.toBe(401)
  }
  expect((await get('/snapshots/jana.jpg')).status).toBe(200)
  expect((await open.visitor().call<string>('GET', '/hls/jana/index.m3u8')).body).not.toContain('token')
})

test('a token of another channel, a forged one and one whose time is over are refused', async () => {
  const { token } = await tokenFor('karl')
  const [claims] = token.split('.')
  for (const wrong of [token, `${claims}.AAAA`, 'nonsense', 'a.b.c', '', await oldToken(601_000)]) expect((await get(`/hls/jana/index.m3u8?token=${wrong}`)).status).toBe(401)
})

test('admission to one channel opens no broadcast of another', async () => {
  const { token } = await tokenFor('karl')
  expect((await get(`/hls/karl/${broadcastId}/1.m4s?token=${token}`)).status).toBe(404)
  expect((await get(`/hls/karl/${broadcastId}/1.m4s`, open)).status).toBe(404)
})

test('a token that ends soon is given anew in playlists, and one in use holds on beyond its time', async () => {
  const ending = await oldToken(400_000)
  const master = await get(`/hls/jana/index.m3u8?token=${ending}`)
  const given = /token=(\S+)/.exec(master.body)?.[1]
  expect(given).not.toBe(ending)
  // A second before its end it is used; two seconds later it still holds, while one that was not used does not.
  const [used, unused] = [await oldToken(599_000), await oldToken(598_000)]
  expect((await get(`/hls/jana/${broadcastId}/media.m3u8?token=${used}`)).status).toBe(200)
  await new Promise((resolve) => setTimeout(resolve, 2500))
  expect((await get(`/hls/jana/${broadcastId}/media.m3u8?token=${used}`)).status).toBe(200)
  expect((await get(`/hls/jana/${broadcastId}/media.m3u8?token=${unused}`)).status).toBe(401)
})
