// A host's income: real gifts and what else the ledger says came in, by day, show, gift and kind.
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { GiftView } from '../../server/contract/gifts.ts'
import type { IncomeGrouping, IncomeReport } from '../../server/contract/income.ts'
import { newId } from '../../server/core/newId.ts'
import { AccountBook } from '../../server/wallet/AccountBook.ts'
import { Ledger } from '../../server/wallet/Ledger.ts'
import { platformAccount, userAccount } from '../../server/wallet/ledgerAccounts.ts'
import { ask, newKey, openGiftStage } from '../support/giftStage.ts'
import type { GiftHost, GiftPerson, GiftStage } from '../support/giftStage.ts'

const DAY_MS = 86_400_000
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)
const today = dayOf(Date.now())
let stage: GiftStage
let ledger: Ledger
let host: GiftHost
let fan: GiftPerson
let gift: GiftView
beforeAll(async () => {
  stage = await openGiftStage({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') })
  ledger = new Ledger({ database: stage.database })
  host = await stage.host('earner')
  await new AccountBook().open(stage.database, [userAccount(host.id, 'bean')])
  await earnLongAgo()
  fan = await stage.user('fan', 1_000_000n)
  gift = (await stage.one.visitor().call<GiftView[]>('GET', '/api/gifts')).body.find(({ guardsOnly, price }) => !guardsOnly && BigInt(price) >= 10n) as GiftView
  const socket = await fan.socket()
  for (const quantity of [3, 7]) expect(await ask(socket, 'gift:send', { channel: 'earner', gift: gift.id, version: gift.version, quantity, key: newKey() })).toMatchObject({ ok: true })
})
afterAll(() => stage?.close())

const report = (by: IncomeGrouping, from = today, to = today, who = host.visitor) => who.call<IncomeReport>('GET', `/api/channels/earner/income?from=${from}&to=${to}&by=${by}`)
/** As guards and tickets pay their host. */
const earn = (type: 'guard' | 'ticket', beans: bigint) =>
  ledger.post({ type, scope: 'test', key: newId(), request: {} }, () => ({ legs: [{ account: userAccount(host.id, 'bean'), amount: beans }, { account: platformAccount('issue', 'bean'), amount: -beans }], reference: 'test' }))
/** As it would have been posted back then. */
async function earnedBefore(type: string, beans: number, at: Date, reverses: string | null = null): Promise<string> {
  const id = newId<string>()
  const { id: account } = (await stage.database('ledger_accounts').where({ kind: 'user', owner: host.id, currency: 'bean' }).first('id')) as { id: string }
  await stage.database('ledger_transfers').insert({ id, type, reference: 'test', scope: 'test', idempotency_key: newId(), request_hash: 'x'.repeat(43), result: 'null', reverses, at })
  await stage.database('ledger_entries').insert({ transfer_id: id, account_id: account, amount: beans, balance: 0 })
  return id
}
async function earnLongAgo(): Promise<void> {
  const at = (text: string) => new Date(text)
  await earnedBefore('guard', 11, at('2026-03-01T23:59:59.999Z'))
  await earnedBefore('guard', 22, at('2026-03-02T00:00:00.000Z'))
  const ticket = await earnedBefore('ticket', 40, at('2026-03-03T12:00:00Z'))
  await earnedBefore('ticket-refund', -40, at('2026-03-04T12:00:00Z'), ticket)
}

test('gifts are counted by show, by gift and by day, to the bean', async () => {
  const beans = String(await stage.beansOf(host.id))
  expect(BigInt(beans)).toBeGreaterThan(0n)
  const sums = { gift: beans, guard: '0', ticket: '0', beans }
  expect((await report('day')).body).toMatchObject({ totals: { ...sums, count: 2 }, rows: [{ key: today, ...sums, count: 2 }] })
  expect((await report('show')).body.rows).toMatchObject([{ key: host.broadcastId, title: 'earner', ...sums, count: 2 }])
  expect((await report('gift')).body.rows).toMatchObject([{ key: gift.id, name: gift.name, ...sums, count: 10 }])
  expect((await report('type')).body.rows).toMatchObject([{ key: 'gift', ...sums }])
})

test('guards and tickets count too, in the show that ran; what was paid back is taken off that show', async () => {
  const before = BigInt((await report('type')).body.totals.beans)
  await earn('guard', 490n)
  await earn('ticket', 70n)
  expect((await report('type')).body).toMatchObject({ totals: { guard: '490', ticket: '70', beans: String(before + 560n), count: 4 } })
  expect((await report('show')).body.rows).toMatchObject([{ key: host.broadcastId, guard: '490', ticket: '70', beans: String(before + 560n) }])
})

test('days are UTC, every day has a row, and only the days that were asked for count', async () => {
  const { rows, totals } = (await report('day', '2026-03-02', '2026-03-04')).body
  expect(rows.map(({ key, beans, count }) => [key, beans, count])).toEqual([['2026-03-02', '22', 1], ['2026-03-03', '40', 1], ['2026-03-04', '-40', 0]])
  expect(totals).toMatchObject({ guard: '22', ticket: '0', beans: '22' })
  expect((await report('show', '2026-03-01', '2026-03-04')).body.rows).toMatchObject([{ key: '-', guard: '33', ticket: '0', beans: '33' }])
  expect((await report('day', '2026-02-01', '2026-02-03')).body.rows.map(({ beans }) => beans)).toEqual(['0', '0', '0'])
})

test('withdrawals, corrections and other people’s beans are no income', async () => {
  const before = (await report('type')).body.totals
  await ledger.post({ type: 'correction', scope: 'test', key: newId(), request: {} }, () => ({ legs: [{ account: userAccount(host.id, 'bean'), amount: 999n }, { account: platformAccount('issue', 'bean'), amount: -999n }], reference: 'test' }))
  await ledger.post({ type: 'gift', scope: 'test', key: newId(), request: {} }, () => ({ legs: [{ account: userAccount(fan.id, 'bean'), amount: 500n }, { account: platformAccount('issue', 'bean'), amount: -500n }], reference: 'test' }))
  expect((await report('type')).body.totals).toEqual(before)
})

test('only the owner reads it, for at most 366 days', async () => {
  expect((await report('day', today, today, fan.visitor)).status).toBe(403)
  expect((await report('day', today, today, stage.one.visitor())).status).toBe(401)
  expect((await report('day', dayOf(Date.now() - 365 * DAY_MS), today)).body.rows).toHaveLength(366)
  for (const [from, to] of [[dayOf(Date.now() - 366 * DAY_MS), today], [today, dayOf(Date.now() - DAY_MS)], ['2026-02-30', today], ['yesterday', today]] as const) expect((await report('day', from, to)).status).toBe(400)
})

test('the file has the same rows, for a spreadsheet', async () => {
  await stage.database('broadcasts').where({ id: host.broadcastId }).update({ title: '=cmd|calc' })
  const { body, headers } = await host.visitor.call<string>('GET', `/api/channels/earner/income.csv?from=${today}&to=${today}&by=show`)
  expect(headers.get('content-disposition')).toContain(`income-earner-show-${today}-${today}.csv`)
  const { rows } = (await report('show')).body
  const [row] = rows
  expect(body.replace('\uFEFF', '').trimEnd().split('\r\n')).toEqual(['show,title,began,gift,guard,ticket,beans,count', `${row?.key},'=cmd|calc,${row?.at},${row?.gift},${row?.guard},${row?.ticket},${row?.beans},${row?.count}`])
})
