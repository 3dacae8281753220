// A show that the platform ended, or that never was one, is paid back: each ticket and minute once, whoever dies meanwhile; the host's own ending is not.
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { NotificationsPage } from '../../server/contract/notify.ts'
import type { AccessView } from '../../server/contract/tickets.ts'
import { eventually } from '../support/eventually.ts'
import { PaidStage } from '../support/paidStage.ts'
import type { PaidShow } from '../support/paidStage.ts'
import type { Visitor } from '../support/Visitor.ts'

let stage: PaidStage
let operator: Visitor
beforeAll(async () => {
  stage = await PaidStage.open({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') })
  operator = await stage.person('chief')
  await stage.database('users').where({ name: 'chief' }).update({ role: 'operator' })
})
afterAll(() => stage.close())

const forShow = (price: string) => ({ kind: 'show' as const, price, previewSeconds: 0 })
const settled = async ({ broadcastId }: PaidShow) => (await stage.database('ticket_settlements').where({ broadcast_id: broadcastId }).first('refunded')) as { refunded: number } | undefined
const refundsOf = ({ broadcastId }: PaidShow) => stage.database('ledger_transfers').where({ type: 'ticket-refund', reference: broadcastId }).select('reverses') as Promise<Array<{ reverses: string }>>

test('the operator stops a show: every ticket comes back once, the host’s beans as far as there are any, and buyers are told', async () => {
  const show = await stage.show('quinn', forShow('100'))
  const fans = [await stage.person('quinn1', 100n), await stage.person('quinn2', 100n), await stage.person('quinn3', 100n)]
  for (const fan of fans) expect((await stage.buy(fan, show, '100')).status).toBe(200)
  expect(await stage.balance('quinn', 'bean')).toBe(210)
  // The host has spent most of them already.
  await stage.database('ledger_accounts').where({ kind: 'user', owner: await stage.idOf('quinn'), currency: 'bean' }).update({ balance: 0 })
  await stage.database('ledger_accounts').where({ kind: 'user', owner: await stage.idOf('quinn'), currency: 'bean' }).orderBy('id').limit(1).update({ balance: 100 })
  const page = await stage.page(fans[0] as Visitor, 'quinn', { server: stage.two })
  await page.watch()
  expect((await stage.internal('channels/quinn/stop', {}, stage.two)).status).toBe(204)
  await eventually('it is settled', async () => (await settled(show))?.refunded === 1)
  for (const name of ['quinn1', 'quinn2', 'quinn3']) expect(await stage.balance(name)).toBe(100)
  expect(await stage.balance('quinn', 'bean')).toBe(0)
  const losses = (await stage.database('ledger_accounts').where({ kind: 'loss', currency: 'bean' }).sum({ sum: 'balance' }).first()) as { sum: string }
  expect(Number(losses.sum)).toBe(-110)
  expect(new Set((await refundsOf(show)).map(({ reverses }) => reverses)).size).toBe(3)
  for (const fan of fans) {
    expect(await stage.access(fan, show)).toMatchObject({ access: 'needed', price: null, refunded: true })
    await eventually('the buyer is told', async () => (await fan.call<NotificationsPage>('GET', '/api/notifications')).body.notifications.filter(({ kind }) => kind === 'ticket-refund').length === 1)
  }
  await eventually('the page is told', () => page.changed.length > 0, 3000)
  expect(await stage.buy(fans[0] as Visitor, show, '100')).toMatchObject({ status: 409, body: { error: { code: 'off-sale' } } })
})

test('a locked account ends its show, and minutes that were paid come back too', async () => {
  const show = await stage.show('rosa', { kind: 'minute', price: '10', previewSeconds: 0 })
  const fan = await stage.person('rosafan', 100n)
  await fan.call<AccessView>('PUT', '/api/channels/rosa/ticket/minutes', { body: { broadcastId: show.broadcastId, price: '10', going: true } })
  await (await stage.page(fan, 'rosa')).watch()
  expect(await stage.balance('rosafan')).toBe(90)
  expect((await operator.call('PUT', '/api/operator/users/rosa/disabled', { body: { disabled: true, reason: 'fraud' } })).status).toBe(204)
  await eventually('the minute is paid back', async () => (await stage.balance('rosafan')) === 100)
  expect(await refundsOf(show)).toHaveLength(1)
})

test('the host’s own ending keeps the tickets, unless there was no minute of a show', async () => {
  const short = await stage.show('sina', forShow('100'))
  const fan = await stage.person('sinafan', 200n)
  await stage.buy(fan, short, '100')
  await short.end()
  await eventually('a show of some seconds is paid back', async () => (await stage.balance('sinafan')) === 200)
  const long = await stage.goLive('sina', short.host)
  await stage.buy(fan, long, '100')
  // Ended by its host after an hour, at a server that died before it settled anything.
  await stage.database('broadcasts')
    .where({ id: long.broadcastId })
    .update({ state: 'ended', running_channel_id: null, live_at: new Date(Date.now() - 3_600_000), ended_at: new Date(), end_reason: 'deleteStream' })
  await eventually('the sweep settles it', async () => (await settled(long))?.refunded === 0)
  expect(await stage.balance('sinafan')).toBe(100)
})

test('a settlement that was cut off in the middle is finished, and nobody is paid back twice', async () => {
  const show = await stage.show('tara', forShow('100'))
  const fans = [await stage.person('tara1', 100n), await stage.person('tara2', 100n)]
  for (const fan of fans) await stage.buy(fan, show, '100')
  await stage.internal('channels/tara/stop', {})
  await eventually('it is settled', async () => (await settled(show))?.refunded === 1)
  // As a crash leaves it: one is paid back by the ledger, but nothing of it was noted as done.
  await stage.database('ticket_settlements').where({ broadcast_id: show.broadcastId }).delete()
  await eventually('it is settled again', async () => (await settled(show))?.refunded === 1, 30_000)
  expect([await stage.balance('tara1'), await stage.balance('tara2')]).toEqual([100, 100])
  expect(await refundsOf(show)).toHaveLength(2)
  expect((await fans[0]?.call<NotificationsPage>('GET', '/api/notifications'))?.body.notifications.filter(({ kind }) => kind === 'ticket-refund')).toHaveLength(1)
}, 60_000)
