// After the preview nothing of a paid show is had by any protocol at any server; after payment everything is, at once.
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { PlaybackView } from '../../server/contract/http.ts'
import { eventually } from '../support/eventually.ts'
import { PaidStage } from '../support/paidStage.ts'
import type { PaidShow } from '../support/paidStage.ts'
import type { Visitor } from '../support/Visitor.ts'
import { offer } from '../unit/server/media/sdp/offer.ts'

const PREVIEW_SECONDS = 3
let stage: PaidStage
let show: PaidShow
beforeAll(async () => {
  stage = await PaidStage.open({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') })
  show = await stage.show('gala', { kind: 'show', price: '100', previewSeconds: PREVIEW_SECONDS })
})
afterAll(() => stage.close())

const files = () => [`/hls/gala/index.m3u8`, `/hls/gala/${show.broadcastId}/media.m3u8`, `/hls/gala/${show.broadcastId}/init.mp4`, `/hls/gala/${show.broadcastId}/1.m4s`]
const tokenOf = async (visitor: Visitor, headers: Record<string, string> = {}) => (await visitor.call<PlaybackView>('POST', '/api/channels/gala/playback', { headers })).body.token
const whep = (visitor: Visitor, token = '', headers: Record<string, string> = {}) => visitor.call('POST', `/whep/gala${token && `?token=${token}`}`, { body: offer('chromium-watch'), headers: { 'content-type': 'application/sdp', ...headers } })
const get = async (visitor: Visitor, path: string, headers: Record<string, string> = {}) => (await visitor.call('GET', path, { headers })).status
/** Status of each way to the show at that server. */
const ways = async (visitor: Visitor, token = '', headers: Record<string, string> = {}) => {
  const carried = (path: string) => (token ? `${path}?token=${token}` : path)
  const flv = await fetch(new URL(carried('/flv/gala.flv'), visitor.base), { headers: { ...headers, cookie: visitor.cookie } })
  await flv.body?.cancel()
  return [...(await Promise.all(files().map((path) => get(visitor, carried(path), headers)))), await get(visitor, carried('/snapshots/gala.jpg'), headers), flv.status]
}
const untilOver = (beganAt: number) => new Promise((resolve) => setTimeout(resolve, beganAt + PREVIEW_SECONDS * 1000 + 200 - Date.now()))
const sessionIsGone = async (visitor: Visitor, location: string) =>
  (await visitor.call('PATCH', location, { body: 'nonsense', headers: { 'content-type': 'application/trickle-ice-sdpfrag', 'if-match': '"another"' } })).status === 404

test('a preview ends pages, FLV and WHEP within a second at both servers, and nothing begins another one', async () => {
  const fan = await stage.person('galafan', 500n)
  const pages = [await stage.page(fan, 'gala'), await stage.page(fan, 'gala', { server: stage.two })]
  const first = await pages[0]?.watch()
  const beganAt = Date.now()
  const until = Date.parse(first?.access?.until ?? '')
  expect(first).toMatchObject({ access: { access: 'preview', price: '100' } })
  expect(until - beganAt).toBeGreaterThan(PREVIEW_SECONDS * 1000 - 1000)
  expect((await pages[1]?.watch())?.access?.until).toBe(first?.access?.until)
  const token = await tokenOf(fan)
  const here = stage.at(stage.one, fan)
  const there = stage.at(stage.two, fan)
  expect(await ways(here)).toEqual([200, 200, 200, 200, 200, 200])
  expect(await ways(there, token)).toEqual([200, 200, 200, 200, 200, 200])
  const flv = (await fetch(`${stage.two.url}/flv/gala.flv?token=${token}`)).body?.getReader()
  await flv?.read()
  const played = await whep(here, token)
  expect(played.status, JSON.stringify(played.body)).toBe(201)

  await expect(flv?.read().then(({ done }) => done)).rejects.toThrow()
  await eventually('both pages are told', () => pages.every(({ needed }) => needed.length === 1), 1500)
  await eventually('the WHEP player is let go', () => sessionIsGone(here, played.headers.get('location') ?? ''), 1500)
  expect(Date.now() - until).toBeLessThan(1500)
  expect(pages[0]?.needed[0]).toMatchObject({ access: 'needed', price: '100', terms: { kind: 'show' } })

  for (const visitor of [here, there]) {
    expect(await ways(visitor)).toEqual([402, 402, 402, 402, 402, 402])
    expect(await ways(visitor, token)).toEqual([402, 402, 402, 402, 402, 402])
    expect(await ways(visitor, await tokenOf(visitor))).toEqual([402, 402, 402, 402, 402, 402])
  }
  expect(await whep(here, token)).toMatchObject({ status: 402, body: { error: { code: 'ticket-needed' } } })
  for (const page of [await stage.page(fan, 'gala'), await stage.page(fan, 'gala', { server: stage.two })]) expect(await page.watch()).toMatchObject({ access: { access: 'needed' }, transport: null, consumers: [] })
  // Logged out, the same browser is the same person.
  const alone = stage.at(stage.one, fan)
  await alone.call('POST', '/api/logout')
  expect(await ways(alone)).toEqual([402, 402, 402, 402, 402, 402])

  const again = stage.one.visitor()
  again.cookie = fan.cookie
  await again.logIn('galafan')
  expect((await stage.buy(again, show, '100')).body).toMatchObject({ access: 'held' })
  for (const server of [stage.one, stage.two]) {
    expect(await ways(stage.at(server, again))).toEqual([200, 200, 200, 200, 200, 200])
    expect(await ways(stage.at(server, again), await tokenOf(again))).toEqual([200, 200, 200, 200, 200, 200])
  }
  expect((await whep(again, await tokenOf(again))).status).toBe(201)
  expect((await (await stage.page(again, 'gala', { server: stage.two })).watch()).access).toMatchObject({ access: 'held' })
  // A shared cache may not keep what one person paid for.
  expect((await again.call('GET', files()[3] ?? '')).headers.get('cache-control')).toContain('private')
  expect((await again.call('GET', files()[1] ?? '')).headers.get('cache-control')).toContain('private')
}, 40_000)

test('the token of one who paid is worth nothing to another person elsewhere, nor is one without a ticket to its bearer’s friend', async () => {
  const holder = await stage.person('galaholder', 500n)
  await stage.buy(holder, show, '100')
  const home = { 'x-forwarded-for': '203.0.113.20' }
  const token = await tokenOf(holder, home)
  // A player without cookies at the address it was given to.
  expect(await ways(stage.two.visitor(), token, home)).toEqual([200, 200, 200, 200, 200, 200])
  expect(await ways(stage.two.visitor(), token, { 'x-forwarded-for': '198.51.100.20' })).toEqual([401, 401, 401, 401, 401, 401])
  expect((await whep(stage.one.visitor(), token, { 'x-forwarded-for': '198.51.100.20' })).status).toBe(401)
  // The holder's own browser moved to another network.
  expect(await ways(stage.at(stage.one, holder), token, { 'x-forwarded-for': '198.51.100.21' })).toEqual([200, 200, 200, 200, 200, 200])
  // A token names its person: the cookies of one who paid do not lend it anything.
  const guest = await stage.person('galaguest')
  const began = Date.now()
  await (await stage.page(guest, 'gala')).watch()
  const his = await tokenOf(guest)
  await untilOver(began)
  expect((await holder.call('GET', `/hls/gala/index.m3u8?token=${his}`)).status).toBe(402)
})

test('those without an account have one preview a browser, and an address no more than three', async () => {
  const far = { 'x-forwarded-for': '198.51.100.77' }
  const browsers = []
  for (let count = 0; count < 3; count += 1) {
    const browser = stage.one.visitor()
    await browser.call('GET', '/api/me')
    browsers.push(browser)
    expect(await get(browser, files()[0] ?? '', far)).toBe(200)
  }
  await untilOver(Date.now())
  for (const browser of browsers) expect(await get(browser, files()[0] ?? '', far)).toBe(402)
  const fourth = stage.two.visitor()
  await fourth.call('GET', '/api/me')
  expect(await get(fourth, files()[0] ?? '', far)).toBe(402)
  // Someone with an account at that address has their own.
  const neighbour = await stage.person('galaneighbour')
  expect(await get(neighbour, files()[0] ?? '', far)).toBe(200)
  // A preview lives in MySQL: another server, which never heard of it, knows.
  expect(await get(stage.at(stage.two, browsers[0] as Visitor), files()[3] ?? '', far)).toBe(402)
})

test('asking for a picture or for what one holds begins no preview; without a preview nothing is had before it is paid', async () => {
  const shy = await stage.person('galashy')
  expect(await get(shy, '/snapshots/gala.jpg')).toBe(402)
  expect(await stage.access(shy, show)).toMatchObject({ access: 'preview', until: null })
  const strict = await stage.show('gravity', { kind: 'show', price: '50', previewSeconds: 0 })
  expect(await stage.access(shy, strict)).toMatchObject({ access: 'needed', price: '50' })
  expect(await (await stage.page(shy, 'gravity')).watch()).toMatchObject({ access: { access: 'needed' } })
  for (const path of ['/hls/gravity/index.m3u8', `/hls/gravity/${strict.broadcastId}/1.m4s`, '/flv/gravity.flv', '/snapshots/gravity.jpg']) expect(await get(shy, path)).toBe(402)
  // The way by another channel's name is closed, too.
  expect(await get(shy, `/hls/gala/${strict.broadcastId}/1.m4s`)).toBe(404)
  // A free show is for everyone, and its covers too.
  await stage.show('gift-free', null)
  expect(await get(stage.one.visitor(), '/snapshots/gift-free.jpg')).toBe(200)
})
