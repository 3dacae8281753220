// Who is kept out of a channel receives nothing of it any more: at any server, by any protocol, from one second to the next.
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest'
import type { Socket } from 'socket.io-client'
import type { PublishGrant } from '../../server/contract/bridgeApi.ts'
import type { PlaybackView, StreamKeyView } from '../../server/contract/http.ts'
import { eventually } from '../support/eventually.ts'
import { openSocket } from '../support/openSocket.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'
import type { Visitor } from '../support/Visitor.ts'
import { offer } from '../unit/server/media/sdp/offer.ts'

let one: TestServer
let two: TestServer
const opened: Socket[] = []
/** As much of a bridge as an endless FLV body takes. */
const bridge = createServer((_request, response) => void response.writeHead(200).write('FLV'))
beforeAll(async () => {
  const services = { databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl'), env: { TRUST_PROXY: '1' } }
  one = await startServer(services)
  two = await startServer({ ...services, sharing: one })
  await new Promise<void>((resolve) => bridge.listen(0, '127.0.0.1', resolve))
})
afterEach(() => opened.splice(0).forEach((socket) => socket.disconnect()))
afterAll(async () => {
  bridge.closeAllConnections()
  bridge.close()
  await two.stop()
  await one.stop()
})

const internal = <T>(path: string, body: unknown) => one.visitor().call<T>('POST', `/internal/${path}`, { body, headers: { authorization: `Bearer ${one.secret}` } })

/** A live channel with HLS in the file store, carried by the first server. */
async function onAir(name: string): Promise<{ host: Visitor; broadcastId: string; publishId: string }> {
  const host = one.visitor()
  await host.signUp(name)
  await host.call('POST', '/api/channels', { body: { name, title: name, category: 'talk' } })
  const { streamKey } = (await host.call<StreamKeyView>('GET', `/api/channels/${name}/stream-key`)).body
  const { broadcastId, publishId } = (await internal<PublishGrant>('publish', { bridgeId: 'bridgeofkeptout', streamKey, remoteAddress: '192.0.2.1' })).body
  const alive = () => internal('bridges/bridgeofkeptout/alive', { url: `http://127.0.0.1:${(bridge.address() as AddressInfo).port}`, publishes: [], packagings: [], flv: [{ broadcastId, viewers: 0 }] })
  await alive()
  const folder = join(one.mediaDir, 'live', broadcastId)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'index.m3u8'), '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nmedia.m3u8\n')
  await writeFile(join(folder, 'media.m3u8'), '#EXTM3U\n#EXT-X-MAP:URI="init.mp4"\n#EXTINF:2,\n1.m4s\n')
  await writeFile(join(folder, '1.m4s'), 'media')
  return { host, broadcastId, publishId }
}
/** From an address of its own, as the proxy tells. */
class Elsewhere {
  readonly headers: Record<string, string>
  constructor(address: string) {
    this.headers = { 'x-forwarded-for': address }
  }
}
async function person(name: string, { headers }: Elsewhere): Promise<Visitor> {
  const visitor = one.visitor()
  // As a browser does that opens a page: it gets the cookie it is known by.
  await visitor.call('GET', '/api/me')
  await visitor.call('POST', '/api/signup', { body: { name, password: 'a good password' }, headers })
  return visitor
}
function at(server: TestServer, { cookie }: Visitor): Visitor {
  const there = server.visitor()
  there.cookie = cookie
  return there
}
async function watching(server: TestServer, visitor: Visitor, channel: string, headers: Record<string, string>) {
  const socket = await openSocket(at(server, visitor), headers)
  opened.push(socket)
  const facts: unknown[] = []
  socket.on('kept-out', (fact: unknown) => facts.push(fact))
  const reply = await socket.emitWithAck('watch', { channel, mode: 'hls' })
  return { socket, facts, reply }
}

test('a kicked person’s pages on every server, FLV and HLS end within a second; others see nothing of it', async () => {
  const { host } = await onAir('gaby')
  const home = new Elsewhere('203.0.113.7')
  const troll = await person('troll', home)
  const fan = await person('fan', home)
  const pages = [await watching(one, troll, 'gaby', home.headers), await watching(two, troll, 'gaby', home.headers)]
  const other = await watching(two, fan, 'gaby', home.headers)
  expect(pages.map(({ reply }) => (reply as { ok: boolean }).ok)).toEqual([true, true])
  const { token, hlsUrl, flvUrl } = (await troll.call<PlaybackView>('POST', '/api/channels/gaby/playback', { headers: home.headers })).body
  const flv = await fetch(flvUrl)
  const body = flv.body?.getReader()
  await body?.read()
  expect((await fetch(hlsUrl)).status).toBe(200)

  const kickedAt = Date.now()
  expect((await host.call('POST', '/api/channels/gaby/moderation/kick', { body: { user: 'troll', seconds: 600, reason: 'rude' } })).status).toBe(200)
  await eventually('both pages are told', () => pages.every(({ facts }) => facts.length === 1), 2000)
  await expect(body?.read().then(({ done }) => done)).rejects.toThrow()
  expect(Date.now() - kickedAt).toBeLessThan(2000)
  expect(pages[0]?.facts[0]).toMatchObject({ channel: 'gaby', reason: 'rude', until: expect.stringMatching(/^20/) as string })
  for (const url of [hlsUrl, flvUrl, `${two.url}/hls/gaby/index.m3u8?token=${token}`]) expect((await fetch(url)).status).toBe(403)
  expect(other.facts).toEqual([])
  expect((await fan.call('POST', '/api/channels/gaby/playback', { headers: home.headers })).status).toBe(200)
  // Nobody who was cut off still sits in the room, once the HLS player they had is forgotten.
  await eventually('only the other one is counted', async () => ((await other.socket.emitWithAck('people:list', { channel: 'gaby' })) as { data: { total: number } }).data.total === 1, 16_000)
}, 40_000)

test('a kicked person does not come back by another tab, logged out, from the same address, or by WHEP', async () => {
  const { host } = await onAir('hugo')
  const home = new Elsewhere('203.0.113.8')
  const troll = await person('troll2', home)
  await watching(one, troll, 'hugo', home.headers)
  await host.call('POST', '/api/channels/hugo/moderation/kick', { body: { user: 'troll2', seconds: 600, reason: 'spam links' } })
  const refused = { ok: false, error: { code: 'kept-out', retryAfter: expect.any(Number) as number } }
  expect((await watching(two, troll, 'hugo', home.headers)).reply).toMatchObject(refused)
  // Moved to another network, but with the same browser, and logged out.
  await troll.call('POST', '/api/logout')
  expect((await watching(two, troll, 'hugo', new Elsewhere('198.51.100.1').headers)).reply).toMatchObject(refused)
  expect((await watching(one, one.visitor(), 'hugo', home.headers)).reply).toMatchObject(refused)
  for (const path of ['/hls/hugo/index.m3u8', '/flv/hugo.flv', '/snapshots/hugo.jpg']) expect((await one.visitor().call('GET', path, { headers: home.headers })).body).toMatchObject({ error: { code: 'kept-out' } })
  const offer = 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n'
  const whep = await one.visitor().call('POST', '/whep/hugo', { body: offer, headers: { ...home.headers, 'content-type': 'application/sdp' } })
  expect([400, 403]).toContain(whep.status)
  // A neighbour who is logged in is no stranger; one who is not is refused, but not told what somebody else did.
  const neighbour = await person('neighbour2', home)
  expect((await neighbour.call('GET', '/hls/hugo/index.m3u8', { headers: home.headers })).status).toBe(200)
  expect(JSON.stringify((await one.visitor().call('GET', '/hls/hugo/index.m3u8', { headers: home.headers })).body)).not.toContain('spam links')
  // Someone else, from elsewhere, is welcome.
  expect((await watching(two, two.visitor(), 'hugo', new Elsewhere('198.51.100.9').headers)).reply).toMatchObject({ ok: true })
})

test('a kicked person’s WHEP player is let go and refused when it asks again, while the player of another goes on', async () => {
  const { host, publishId } = await onAir('wanda')
  await internal(`publish/${publishId}/media`, { video: { width: 640, height: 360, transcodeReason: null }, audio: { channels: 2 } })
  const home = new Elsewhere('203.0.113.11')
  const troll = await person('troll4', home)
  const fan = await person('fan4', home)
  const tokenOf = async (visitor: Visitor) => (await visitor.call<PlaybackView>('POST', '/api/channels/wanda/playback', { headers: home.headers })).body.token
  const [hisToken, herToken] = [await tokenOf(troll), await tokenOf(fan)]
  const play = (visitor: Visitor, token: string) =>
    visitor.call('POST', `/whep/wanda?token=${token}`, { body: offer('chromium-watch'), headers: { ...home.headers, 'content-type': 'application/sdp' } })
  const [his, hers] = [await play(troll, hisToken), await play(fan, herToken)]
  expect([his.status, hers.status], JSON.stringify(his.body)).toEqual([201, 201])
  // Nothing is trickled by it, but a session that is gone says so.
  const ask = async (visitor: Visitor, { headers }: { headers: Headers }) => {
    const location = headers.get('location') ?? ''
    return (await visitor.call('PATCH', location, { body: 'nonsense', headers: { ...home.headers, 'content-type': 'application/trickle-ice-sdpfrag', 'if-match': '"another"' } })).status
  }
  expect(await ask(troll, his)).not.toBe(404)
  await host.call('POST', '/api/channels/wanda/moderation/kick', { body: { user: 'troll4', seconds: 600, reason: '' } })
  await eventually('his session is gone', async () => (await ask(troll, his)) === 404, 3000)
  expect(await ask(fan, hers)).not.toBe(404)
  // He had no page open: his address is known from the player alone.
  const anonymous = () => one.visitor().call('POST', '/whep/wanda', { body: offer('chromium-watch'), headers: { ...home.headers, 'content-type': 'application/sdp' } })
  await eventually('he is refused without his account', async () => (await anonymous()).body.error?.code === 'kept-out')
  const refused = { status: 403, body: { error: { code: 'kept-out' } } }
  expect(await play(troll, hisToken)).toMatchObject(refused)
  expect(await troll.call('POST', '/api/channels/wanda/playback', { headers: home.headers })).toMatchObject(refused)
})

test('the channel’s owner is never cut off, even by a sanction on the browser they share', async () => {
  const { host } = await onAir('ines')
  const home = new Elsewhere('203.0.113.9')
  const owner = await watching(one, host, 'ines', home.headers)
  const troll = await person('troll3', home)
  await watching(one, troll, 'ines', home.headers)
  await host.call('POST', '/api/channels/ines/moderation/ban', { body: { user: 'troll3', reason: '' } })
  expect((await watching(one, troll, 'ines', home.headers)).reply).toMatchObject({ ok: false })
  expect(owner.facts).toEqual([])
  expect((await owner.socket.emitWithAck('watch', { channel: 'ines', mode: 'hls' })) as unknown).toMatchObject({ ok: true })
})
