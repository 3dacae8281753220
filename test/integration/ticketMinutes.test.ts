// Paying by the minute: only after a yes, a minute in advance, once for all tabs and servers, and never for what is not received.
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { AccessView } from '../../server/contract/tickets.ts'
import { eventually } from '../support/eventually.ts'
import { PaidStage } from '../support/paidStage.ts'
import type { Failed, PaidShow } from '../support/paidStage.ts'
import type { Visitor } from '../support/Visitor.ts'

let stage: PaidStage
beforeAll(async () => {
  stage = await PaidStage.open({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') }, { GRACE_SECONDS: '60' })
})
afterAll(() => stage.close())

const byMinute = (price: string, previewSeconds = 0) => ({ kind: 'minute' as const, price, previewSeconds })
const agree = (visitor: Visitor, { name, broadcastId }: PaidShow, price: string, more: Record<string, unknown> = {}) =>
  visitor.call<AccessView & Failed>('PUT', `/api/channels/${name}/ticket/minutes`, { body: { broadcastId, price, going: true, ...more } })
const charged = (show: PaidShow) => stage.database('ticket_minutes').where({ broadcast_id: show.broadcastId }).pluck('minute') as unknown as Promise<number[]>
/** The minute paid for ends now, as if it had been watched. */
const endMinute = async ({ broadcastId }: PaidShow) => {
  await stage.database('ticket_consents').where({ broadcast_id: broadcastId }).update({ paid_until: new Date() })
  // What servers remember of it is at most two seconds old.
  await new Promise((resolve) => setTimeout(resolve, 2100))
}

test('nothing is charged without a yes; then each minute once for two tabs at two servers, and the host has the share', async () => {
  const show = await stage.show('minna', byMinute('10'))
  const fan = await stage.person('minnafan', 100n)
  const pages = [await stage.page(fan, 'minna'), await stage.page(fan, 'minna', { server: stage.two })]
  for (const page of pages) expect(await page.watch()).toMatchObject({ access: { access: 'needed', minutes: null, price: null } })
  expect(await stage.buy(fan, show, '10')).toMatchObject({ status: 409, body: { error: { code: 'off-sale' } } })
  expect(await charged(show)).toEqual([])
  expect(await agree(fan, show, '9')).toMatchObject({ status: 409, body: { error: { code: 'price-changed' } } })
  expect(await agree(show.host, show, '10')).toMatchObject({ status: 409, body: { error: { code: 'own-channel' } } })
  expect((await agree(fan, show, '10')).body).toMatchObject({ minutes: { going: true, minutes: 0, spent: '0' } })
  expect(await charged(show)).toEqual([])
  const entered = await Promise.all(pages.map((page) => page.watch()))
  for (const { access } of entered) expect(access).toMatchObject({ access: 'minutes', minutes: { minutes: 1, spent: '10' } })
  expect([await charged(show), await stage.balance('minnafan'), await stage.balance('minna', 'bean')]).toEqual([[0], 90, 7])
  // Reloading, other tabs and players of the same person cost nothing more in this minute.
  for (const server of [stage.one, stage.two]) expect((await stage.at(server, fan).call('GET', '/hls/minna/index.m3u8')).status).toBe(200)
  expect(await (await stage.page(fan, 'minna')).watch()).toMatchObject({ access: { access: 'minutes' } })
  await endMinute(show)
  // The pages stay open: whichever server notices first pays for the next one.
  await eventually('the second minute is paid', async () => (await charged(show)).length === 2, 8000)
  expect([(await charged(show)).toSorted(), await stage.balance('minnafan'), pages.flatMap(({ needed }) => needed)]).toEqual([[0, 1], 80, []])
  expect(await stage.addsUp()).toBe(true)
})

test('who leaves is charged no more; who stops is let go when the paid minute ends', async () => {
  const show = await stage.show('nora', byMinute('10'))
  const leaver = await stage.person('noraleaver', 100n)
  await agree(leaver, show, '10')
  const page = await stage.page(leaver, 'nora')
  await page.watch()
  page.socket.disconnect()
  await endMinute(show)
  await new Promise((resolve) => setTimeout(resolve, 1500))
  expect([await charged(show), await stage.balance('noraleaver')]).toEqual([[0], 90])
  const stopper = await stage.person('norastopper', 100n)
  await agree(stopper, show, '10')
  const open = await stage.page(stopper, 'nora', { server: stage.two })
  await open.watch()
  expect((await agree(stopper, show, '10', { going: false })).body).toMatchObject({ access: 'minutes', minutes: { going: false, stopped: 'viewer' } })
  expect(open.needed).toEqual([])
  await endMinute(show)
  await eventually('the page is told', () => open.needed.length === 1, 8000)
  expect(open.needed[0]).toMatchObject({ access: 'needed', minutes: { going: false, minutes: 1, spent: '10' } })
  expect(await stage.balance('norastopper')).toBe(90)
  expect((await stage.at(stage.one, stopper).call('GET', '/hls/nora/index.m3u8')).status).toBe(402)
})

test('it stops for want of coins and at the viewer’s own cap, says which, and charges nothing that is not there', async () => {
  const show = await stage.show('olga', byMinute('10'))
  const poor = await stage.person('olgapoor', 9n)
  await agree(poor, show, '10')
  expect(await (await stage.page(poor, 'olga')).watch()).toMatchObject({ access: { access: 'needed', minutes: { going: false, stopped: 'balance', minutes: 0 } } })
  expect(await stage.balance('olgapoor')).toBe(9)
  const careful = await stage.person('olgacareful', 100n)
  await agree(careful, show, '10', { cap: '15' })
  const page = await stage.page(careful, 'olga')
  expect(await page.watch()).toMatchObject({ access: { access: 'minutes', minutes: { cap: '15' } } })
  await endMinute(show)
  await eventually('the cap is told', () => page.needed.length === 1, 8000)
  expect(page.needed[0]).toMatchObject({ minutes: { stopped: 'cap', spent: '10' } })
  expect(await stage.balance('olgacareful')).toBe(90)
  // More is one word away, and what was spent counts.
  await agree(careful, show, '10', { cap: '20' })
  expect(await page.watch()).toMatchObject({ access: { access: 'minutes', minutes: { spent: '20' } } })
})

test('nothing is charged while the show is interrupted, and it goes on by itself when the host is back', async () => {
  const show = await stage.show('paula', byMinute('10'))
  const fan = await stage.person('paulafan', 100n)
  await agree(fan, show, '10')
  const page = await stage.page(fan, 'paula')
  await page.watch()
  await show.interrupt()
  await endMinute(show)
  await new Promise((resolve) => setTimeout(resolve, 2000))
  expect([await charged(show), page.needed]).toEqual([[0], []])
  await stage.goLive('paula', show.host)
  await eventually('the next minute is paid', async () => (await charged(show)).length === 2, 8000)
  expect(page.needed).toEqual([])
})
