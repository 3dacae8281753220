// Tickets to a show: what a host asks for, buying once, what is refused, entering at once on every server, and the replay.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { ChannelView, LiveCard } from '../../server/contract/http.ts'
import { newId } from '../../server/core/newId.ts'
import { eventually } from '../support/eventually.ts'
import { PaidStage } from '../support/paidStage.ts'

let stage: PaidStage
beforeAll(async () => {
  stage = await PaidStage.open({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') })
})
afterAll(() => stage.close())

const forShow = (price: string, previewSeconds = 0) => ({ kind: 'show' as const, price, previewSeconds })

test('a price holds for the next show; a running one keeps what it began with, and everyone sees it', async () => {
  const show = await stage.show('aria', forShow('200', 30))
  expect((await show.host.call('PUT', '/api/channels/aria/ticket', { body: { ticket: forShow('900', 0) } })).body).toEqual({ ticket: forShow('900', 0), share: 7000 })
  const view = (await stage.two.visitor().call<ChannelView>('GET', '/api/channels/aria')).body
  expect(view).toMatchObject({ ticket: forShow('900'), broadcast: { ticket: forShow('200', 30) }, liveCoverUrl: null })
  const card = (await stage.one.visitor().call<LiveCard[]>('GET', '/api/live')).body.find(({ channel }) => channel === 'aria')
  expect(card).toMatchObject({ ticket: forShow('200', 30), coverUrl: null })
  for (const ticket of [forShow('0'), forShow('-5'), forShow('1.5'), forShow('10', 601), { ...forShow('10'), kind: 'year' }]) expect((await show.host.call('PUT', '/api/channels/aria/ticket', { body: { ticket } })).status).toBe(400)
  await show.end()
  expect((await stage.goLive('aria', show.host)).broadcastId).not.toBe(show.broadcastId)
  expect((await stage.one.visitor().call<ChannelView>('GET', '/api/channels/aria')).body.broadcast?.ticket).toEqual(forShow('900'))
})

test('a ticket is paid for once from two tabs at two servers, and opens the show on both at once', async () => {
  const show = await stage.show('bass', forShow('200'))
  const fan = await stage.person('bassfan', 1000n)
  const pages = [await stage.page(fan, 'bass'), await stage.page(fan, 'bass', { server: stage.two })]
  for (const page of pages) expect(await page.watch()).toMatchObject({ access: { access: 'needed', price: '200' }, broadcast: { id: show.broadcastId }, transport: null })
  const bought = await Promise.all([stage.buy(fan, show, '200'), stage.buy(stage.at(stage.two, fan), show, '200'), stage.buy(fan, show, '200')])
  expect(bought.map(({ status, body }) => [status, body.access])).toEqual([[200, 'held'], [200, 'held'], [200, 'held']])
  expect([await stage.balance('bassfan'), await stage.balance('bass', 'bean')]).toEqual([800, 140])
  await eventually('both pages are told', () => pages.every(({ changed }) => changed.length === 1), 3000)
  for (const page of pages) expect(await page.watch()).toMatchObject({ access: { access: 'held', until: null } })
  expect(await stage.addsUp()).toBe(true)
})

test('what is not for sale, too dear, one’s own, or priced otherwise is refused and costs nothing', async () => {
  const show = await stage.show('cello', forShow('500'))
  const other = await stage.show('drum', null)
  const poor = await stage.person('poor', 499n)
  expect(await stage.buy(poor, show, '500')).toMatchObject({ status: 402, body: { error: { code: 'insufficient-funds' } } })
  expect(await stage.buy(poor, show, '5')).toMatchObject({ status: 409, body: { error: { code: 'price-changed', fields: { price: '500' } } } })
  expect(await stage.buy(show.host, show, '500')).toMatchObject({ status: 409, body: { error: { code: 'own-channel' } } })
  expect(await stage.buy(poor, other, '1')).toMatchObject({ status: 409, body: { error: { code: 'off-sale' } } })
  // A show is bought at its own channel alone.
  expect(await stage.buy(poor, { name: 'drum', broadcastId: show.broadcastId }, '500')).toMatchObject({ status: 409, body: { error: { code: 'off-sale' } } })
  expect(await stage.buy(stage.one.visitor(), show, '500')).toMatchObject({ status: 401 })
  for (const price of ['0', '-500', '500.0', '1e3', '']) expect((await stage.buy(poor, show, price)).status).toBe(400)
  const rich = await stage.person('rich', 1000n)
  const key = newId()
  expect((await stage.buy(rich, show, '500', key)).status).toBe(200)
  expect((await stage.buy(rich, show, '400', key)).body).toMatchObject({ error: { code: 'key-reused' } })
  await show.host.call('POST', '/api/channels/cello/moderation/ban', { body: { user: 'poor', reason: 'noise' } })
  expect(await stage.buy(poor, show, '500')).toMatchObject({ status: 403, body: { error: { code: 'kept-out' } } })
  expect([await stage.balance('poor'), await stage.balance('rich')]).toEqual([499, 500])
})

test('host, moderators and staff need no ticket', async () => {
  const show = await stage.show('echo', forShow('500'))
  const keeper = await stage.person('echokeeper')
  await show.host.call('PUT', '/api/channels/echo/moderation/moderators/echokeeper', { body: {} })
  const operator = await stage.person('echostaff')
  await stage.database('users').where({ name: 'echostaff' }).update({ role: 'operator' })
  for (const visitor of [show.host, keeper, operator]) expect(await stage.access(visitor, show)).toMatchObject({ access: 'exempt', price: null })
  expect(await (await stage.page(show.host, 'echo', { server: stage.two })).watch()).toMatchObject({ access: { access: 'exempt' } })
  await show.host.call('DELETE', '/api/channels/echo/moderation/moderators/echokeeper')
  await eventually('who was let go needs one', async () => (await stage.access(keeper, show)).access === 'needed', 3000)
})

test('the replay of a paid show, its files and its chat are for who has the ticket; one can be bought for it', async () => {
  const show = await stage.show('flute', forShow('300', 20))
  const fan = await stage.person('flutefan', 1000n)
  const late = await stage.person('flutelate', 1000n)
  await stage.buy(fan, show, '300')
  // As if it had run for an hour: it is not one that is paid back.
  await stage.database('ticket_settlements').insert({ broadcast_id: show.broadcastId, refunded: false, settled_at: new Date() })
  await show.end()
  const folder = join(stage.one.mediaDir, 'recordings', show.broadcastId)
  await mkdir(folder, { recursive: true })
  for (const file of ['index.m3u8', '0.m4s', 'replay.mp4', 'poster.jpg']) await writeFile(join(folder, file), 'media')
  await stage.database('replays').where({ broadcast_id: show.broadcastId }).update({ state: 'ready', duration_ms: 3_600_000, bytes: 5 })
  await stage.database('broadcasts').where({ id: show.broadcastId }).update({ live_at: new Date(Date.now() - 3_600_000) })
  const paths = ['index.m3u8', '0.m4s', 'replay.mp4', 'replay.mp4?download'].map((file) => `/replays/${show.broadcastId}/${file}`).concat(`/api/replays/${show.broadcastId}/chat?from=0&to=1000`)
  for (const path of paths) {
    for (const visitor of [late, stage.one.visitor()]) expect(await visitor.call('GET', path)).toMatchObject({ status: 402, body: { error: { code: 'ticket-needed' } } })
    const mine = await stage.at(stage.two, fan).call('GET', path)
    expect(mine.status).toBe(200)
    if (path.startsWith('/replays')) expect(mine.headers.get('cache-control')).toContain('private')
    expect((await show.host.call('GET', path)).status).toBe(200)
  }
  expect((await late.call('GET', `/replays/${show.broadcastId}/poster.jpg`)).status).toBe(200)
  expect((await stage.buy(late, show, '300')).body).toMatchObject({ access: 'held' })
  expect((await late.call('GET', `/replays/${show.broadcastId}/0.m4s`)).status).toBe(200)
})
