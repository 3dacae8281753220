// The ledger on a real database: what is posted adds up, once, whoever asks how often.
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { UserId } from '../../server/contract/ids.ts'
import { createLogger } from '../../server/core/logger.ts'
import { newId } from '../../server/core/newId.ts'
import type { FootlightServer } from '../../server/realtime/answer.ts'
import type { Ledger } from '../../server/wallet/Ledger.ts'
import { heldAccount, platformAccount, userAccount } from '../../server/wallet/ledgerAccounts.ts'
import type { AccountRef, Leg } from '../../server/wallet/ledgerAccounts.ts'
import { WalletNews } from '../../server/wallet/WalletNews.ts'
import { eventually } from '../support/eventually.ts'
import { openLedger } from '../support/openLedger.ts'
import type { TestLedger } from '../support/openLedger.ts'

let books: TestLedger
let ledger: Ledger
beforeAll(async () => {
  books = await openLedger(inject('databaseUrl'))
  ledger = books.ledger
})
afterAll(() => books?.close())

const pair = (from: AccountRef, to: AccountRef, amount: bigint): Leg[] => [
  { account: from, amount: -amount },
  { account: to, amount },
]
const post = (legs: readonly Leg[], { key = newId<string>(), by = ledger, scope = 'test', request = {} as unknown, reverses }: { key?: string; by?: Ledger; scope?: string; request?: unknown; reverses?: string } = {}) =>
  by.post({ type: 'correction', scope, key, request }, () => ({ legs, reference: 'test', ...(reverses ? { reverses } : {}) }))
const give = (userId: UserId, amount: bigint, key = newId<string>()) => post(pair(platformAccount('issue', 'coin'), userAccount(userId, 'coin'), amount), { key, request: { userId, amount: String(amount) } })
const spending = (userId: UserId, amount: bigint) => pair(userAccount(userId, 'coin'), platformAccount('revenue', 'coin'), amount)

test('a transfer moves what it says, and its repeat moves nothing', async () => {
  const ada = newId<UserId>()
  const first = await give(ada, 500n, 'the-same-key')
  const second = await give(ada, 500n, 'the-same-key')
  expect(second).toMatchObject({ repeated: true, transferId: first.transferId })
  expect(await ledger.balanceOf(userAccount(ada, 'coin'))).toBe(500n)
  await expect(give(ada, 501n, 'the-same-key')).rejects.toMatchObject({ code: 'key-reused' })
})

test('the same key of somebody else is another key', async () => {
  const [ada, ben] = [newId<UserId>(), newId<UserId>()]
  await give(ada, 10n)
  await give(ben, 10n)
  const mine = await post(spending(ada, 1n), { key: 'shared-by-chance-0', scope: `gift:${ada}` })
  const theirs = await post(spending(ben, 1n), { key: 'shared-by-chance-0', scope: `gift:${ben}` })
  expect(theirs).toMatchObject({ repeated: false })
  expect(theirs.transferId).not.toBe(mine.transferId)
})

test('one key asked for twenty times at once on two servers is done once, and all are answered alike', async () => {
  const ben = newId<UserId>()
  await give(ben, 100n)
  const servers = [ledger, books.another()]
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      (servers[at % 2] as Ledger).post({ type: 'gift', scope: `gift:${ben}`, key: 'once-and-only-once', request: { quantity: 1 } }, () => ({
        legs: spending(ben, 60n),
        reference: 'gift',
        record: async ({ transferId }) => ({ gift: transferId }),
      })),
    ),
  )
  expect(new Set(answers.map(({ result }) => result.gift)).size).toBe(1)
  expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1)
  expect(await ledger.balanceOf(userAccount(ben, 'coin'))).toBe(40n)
})

test('fifty who spend one wallet at once on two servers, each asking twice, spend what is in it and no more', async () => {
  const ben = newId<UserId>()
  await give(ben, 100n)
  const servers = [ledger, books.another()]
  const spend = (by: Ledger, at: number) => post(spending(ben, 3n), { by, scope: `gift:${ben}`, key: `spend-${at}`, request: { at } })
  const spent = await Promise.allSettled(Array.from({ length: 50 }, (_, at) => servers.map((by) => spend(by, at))).flat())
  const done = spent.filter((one) => one.status === 'fulfilled')
  expect(done.filter(({ value }) => !value.repeated)).toHaveLength(33)
  expect(new Set(done.map(({ value }) => value.transferId)).size).toBe(33)
  expect(await ledger.balanceOf(userAccount(ben, 'coin'))).toBe(1n)
  for (const one of spent) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'insufficient-funds' })
})

test('a hundred who give to one host at once all get through, and the host has everything, spread over rows', async () => {
  const host = newId<UserId>()
  const senders = Array.from({ length: 100 }, () => newId<UserId>())
  const servers = [ledger, books.another()]
  for (let from = 0; from < senders.length; from += 20) await Promise.all(senders.slice(from, from + 20).map((sender) => give(sender, 10n)))
  const began = Date.now()
  const given = await Promise.allSettled(
    senders.flatMap((sender, at) =>
      [0, 1].map((turn) => post([...spending(sender, 5n), ...pair(platformAccount('issue', 'bean'), userAccount(host, 'bean'), 2n)], { by: servers[(at + turn) % 2] as Ledger, scope: `gift:${sender}`, key: `turn-${turn}` })),
    ),
  )
  expect(given.filter(({ status }) => status === 'rejected')).toEqual([])
  // Far below the 50 s after which the database gives up a wait for a lock.
  expect(Date.now() - began).toBeLessThan(20_000)
  expect(await ledger.balanceOf(userAccount(host, 'bean'))).toBe(400n)
  const rows = (await books.database('ledger_accounts').where({ owner: host, currency: 'bean' }).select('balance')) as Array<{ balance: string }>
  expect(rows).toHaveLength(8)
  expect(rows.filter(({ balance }) => BigInt(balance) > 0n).length).toBeGreaterThanOrEqual(6)
  // What lies in eight rows is spent as one balance.
  await post(pair(userAccount(host, 'bean'), heldAccount(host, 'bean'), 399n))
  expect(await ledger.balanceOf(userAccount(host, 'bean'))).toBe(1n)
})

test('who waits for one wallet holds up no other: the rows that all meet in are locked last, and only those that are needed', async () => {
  const [ada, ben] = [newId<UserId>(), newId<UserId>()]
  await give(ada, 100n)
  await give(ben, 100n)
  const [{ id }] = (await books.database('ledger_accounts').where({ owner: ada, currency: 'coin' }).select('id')) as [{ id: string }]
  let waiting: Array<Promise<unknown>> = []
  await books.database.transaction(async (transaction) => {
    await transaction('ledger_accounts').where({ id }).forUpdate().first()
    // More than the platform has rows, on connections of their own.
    const crowd = books.another()
    waiting = Array.from({ length: 9 }, () => post(spending(ada, 1n), { by: crowd }))
    const began = Date.now()
    await Promise.all(Array.from({ length: 40 }, () => post(spending(ben, 1n))))
    expect(Date.now() - began).toBeLessThan(10_000)
  })
  await Promise.all(waiting)
  expect(await ledger.balanceOf(userAccount(ben, 'coin'))).toBe(60n)
  expect(await ledger.balanceOf(userAccount(ada, 'coin'))).toBe(91n)
})

test('rows are found by their key, not by looking at all accounts', async () => {
  const [plan] = (await books.database.raw("EXPLAIN SELECT id, balance, locked FROM ledger_accounts FORCE INDEX (PRIMARY) WHERE id IN ('1', '2', '3') ORDER BY id FOR UPDATE")) as [Array<{ type: string; key: string; rows: string | number }>, unknown]
  expect(plan).toMatchObject([{ type: 'range', key: 'PRIMARY' }])
})

test('a transfer is taken back once, exactly', async () => {
  const [ada, host] = [newId<UserId>(), newId<UserId>()]
  await give(ada, 50n)
  const { transferId } = await post([...spending(ada, 30n), ...pair(platformAccount('issue', 'bean'), userAccount(host, 'bean'), 15n)])
  const back = await ledger.reversalOf(transferId)
  const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => post(back, { reverses: transferId })))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  // Those who come later find the beans gone, or the transfer taken back.
  for (const one of outcomes) if (one.status === 'rejected') expect(['state-changed', 'insufficient-funds']).toContain((one.reason as { code: string }).code)
  expect([await ledger.balanceOf(userAccount(ada, 'coin')), await ledger.balanceOf(userAccount(host, 'bean'))]).toEqual([50n, 0n])
  await give(host, 1n)
  await expect(post(spending(host, 1n), { reverses: transferId })).rejects.toMatchObject({ code: 'state-changed' })
  await expect(ledger.reversalOf('no-such-transfer')).rejects.toMatchObject({ code: 'transfer-not-found' })
})

test('what fails in its records moves nothing, and may be asked again', async () => {
  const ada = newId<UserId>()
  await give(ada, 10n)
  const buy = (fails: boolean) =>
    ledger.post({ type: 'gift', scope: `gift:${ada}`, key: 'fails-at-first-0', request: {} }, () => ({
      legs: spending(ada, 10n),
      reference: 'gift',
      record: () => (fails ? Promise.reject(new Error('no room for the record')) : Promise.resolve('recorded')),
    }))
  await expect(buy(true)).rejects.toThrow('no room for the record')
  expect(await ledger.balanceOf(userAccount(ada, 'coin'))).toBe(10n)
  expect(await buy(false)).toMatchObject({ result: 'recorded', repeated: false })
})

test.each([
  ['nothing', 0n, RangeError],
  ['less than nothing to a user', -5n, Error],
  ['more than any amount', 10n ** 12n + 1n, RangeError],
])('%s is not moved', async (_what, amount, kind) => {
  const ada = newId<UserId>()
  await expect(post(pair(platformAccount('issue', 'coin'), userAccount(ada, 'coin'), amount))).rejects.toBeInstanceOf(kind)
  expect(await ledger.balanceOf(userAccount(ada, 'coin'))).toBe(0n)
})

test('the database itself refuses what the code never does: changing a transfer, deleting an entry, overdrawing a user', async () => {
  const ada = newId<UserId>()
  const { transferId } = await give(ada, 10n)
  const { database } = books
  await expect(database('ledger_transfers').where({ id: transferId }).update({ note: 'better' })).rejects.toThrow('append only')
  await expect(database('ledger_entries').where({ transfer_id: transferId }).update({ amount: 5 })).rejects.toThrow('append only')
  await expect(database('ledger_entries').where({ transfer_id: transferId }).delete()).rejects.toThrow('append only')
  await expect(database('ledger_transfers').where({ id: transferId }).delete()).rejects.toThrow('append only')
  await expect(database('ledger_accounts').where({ owner: ada }).update({ balance: -1 })).rejects.toThrow('not_overdrawn')
})

test('open pages hear of many changes in a few tellings, the last of them true', async () => {
  const host = newId<UserId>()
  const told: Array<{ room: string; beans: string; at: number }> = []
  const sockets = { to: (room: string) => ({ emit: (_name: string, { beans }: { beans: string }) => told.push({ room, beans, at: Date.now() }) }) } as unknown as FootlightServer
  const other = books.another()
  const news = new WalletNews({ ledger: other, database: books.database, sockets, log: createLogger({ name: 'test', level: 'silent' }) })
  for (let at = 0; at < 60; at += 1) await post(pair(platformAccount('issue', 'bean'), userAccount(host, 'bean'), 1n), { by: other })
  await eventually('the last change is told', () => told.at(-1)?.beans === '60')
  expect(told.every(({ room }) => room === `user:${host}`)).toBe(true)
  for (const [at, { at: time }] of told.entries()) if (at > 0) expect(time - (told[at - 1]?.at ?? 0)).toBeGreaterThanOrEqual(295)
  news.close()
})

test('after all of this the books agree', async () => {
  const view = await books.reconcile()
  expect(view.differences).toEqual([])
  expect(BigInt(view.transfers)).toBeGreaterThan(300n)
})

test('reconciliation finds what somebody slipped past the ledger', async () => {
  const { database } = books
  const ada = newId<UserId>()
  const { transferId } = await give(ada, 10n)
  const [{ id }] = (await database('ledger_accounts').where({ owner: ada }).select('id')) as [{ id: string }]
  await database('ledger_entries').insert({ transfer_id: transferId, account_id: id, amount: 7, balance: 17 })
  const { differences } = await books.reconcile()
  expect(differences.map(({ check, expected, found }) => [check, expected, found])).toEqual(
    expect.arrayContaining([
      ['entries-sum-to-zero', '0', '7'],
      ['balances-equal-entries', '17', '10'],
    ]),
  )
})
