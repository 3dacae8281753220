// The wallet over HTTP and sockets: what owners see of theirs, and what operators see and may do.
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { UserId } from '../../server/contract/ids.ts'
import type { Rates } from '../../server/contract/rates.ts'
import type { LedgerBalanceView, LedgerPage, ReconciliationView, StatementPage, WalletView } from '../../server/contract/wallet.ts'
import { newId } from '../../server/core/newId.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { Database } from '../../server/db/openDatabase.ts'
import { Ledger } from '../../server/wallet/Ledger.ts'
import { heldAccount, platformAccount, userAccount } from '../../server/wallet/ledgerAccounts.ts'
import { lockWallet } from '../../server/wallet/walletLock.ts'
import { eventually } from '../support/eventually.ts'
import { openSocket } from '../support/openSocket.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'
import type { Visitor } from '../support/Visitor.ts'

let server: TestServer
let database: Database
let ledger: Ledger
const people = new Map<string, { visitor: Visitor; id: UserId }>()
const as = (name: string) => people.get(name)?.visitor as Visitor
const idOf = (name: string) => people.get(name)?.id as UserId

beforeAll(async () => {
  server = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl'), env: { TRUST_PROXY: '1' } })
  database = openDatabase({ url: server.databaseUrl })
  ledger = new Ledger({ database })
  for (const name of ['ada', 'ben', 'cho', 'operator-one', 'admin-one']) {
    const visitor = server.visitor()
    await visitor.call('POST', '/api/signup', { body: { name, password: 'a good password' }, headers: { 'x-forwarded-for': '198.51.100.20' } })
    const { id } = (await database('users').where({ name }).first('id')) as { id: UserId }
    people.set(name, { visitor, id })
  }
  await database('users').where({ name: 'operator-one' }).update({ role: 'operator' })
  await database('users').where({ name: 'admin-one' }).update({ role: 'admin' })
})
afterAll(async () => {
  await database?.destroy()
  await server?.stop()
})

type Move = { userId: UserId; currency: 'coin' | 'bean'; amount: bigint; type?: 'gift' | 'exchange' | 'correction'; note?: string }
const move = ({ userId, currency, amount, type = 'correction', note = '' }: Move) =>
  ledger.post({ type, scope: 'test', key: newId(), request: {} }, () => ({
    legs: [
      { account: userAccount(userId, currency), amount },
      { account: platformAccount('issue', currency), amount: -amount },
    ],
    reference: 'a-reference',
    note,
  }))
const statement = async (name: string, query: string) => (await as(name).call<StatementPage>('GET', `/api/wallet/statement?${query}`)).body

test('a wallet shows what is in it and what is set aside', async () => {
  expect((await as('ben').call<WalletView>('GET', '/api/wallet')).body).toEqual({ coins: '0', beans: '0', heldCoins: '0', heldBeans: '0', locked: false })
  await move({ userId: idOf('ben'), currency: 'coin', amount: 900n })
  await move({ userId: idOf('ben'), currency: 'bean', amount: 40n })
  await ledger.post({ type: 'packet', scope: 'test', key: newId(), request: {} }, () => ({
    legs: [
      { account: userAccount(idOf('ben'), 'coin'), amount: -100n },
      { account: heldAccount(idOf('ben'), 'coin'), amount: 100n },
    ],
    reference: 'packet',
  }))
  expect((await as('ben').call<WalletView>('GET', '/api/wallet')).body).toEqual({ coins: '800', beans: '40', heldCoins: '100', heldBeans: '0', locked: false })
})

test('the statement adds up line by line, page by page, though beans lie in several rows and one line takes from many', async () => {
  const userId = idOf('ada')
  for (let at = 1; at <= 30; at += 1) await move({ userId, currency: 'bean', amount: BigInt(at), type: 'gift', note: `gift ${at}` })
  await move({ userId, currency: 'bean', amount: -460n, type: 'exchange', note: 'all but five' })
  for (let at = 1; at <= 3; at += 1) await move({ userId, currency: 'bean', amount: 7n, type: 'gift' })
  const lines: StatementPage['lines'][number][] = []
  for (let before: string | null = ''; before !== null; ) {
    const page: StatementPage = await statement('ada', `currency=bean&limit=4${before ? `&before=${before}` : ''}`)
    expect(page.lines.length).toBeLessThanOrEqual(4)
    lines.push(...page.lines)
    before = page.next
  }
  expect(lines).toHaveLength(34)
  expect(new Set(lines.map(({ transferId }) => transferId)).size).toBe(34)
  let balance = 0n
  for (const line of lines.toReversed()) expect(line.balance).toBe(String((balance += BigInt(line.amount))))
  expect(lines.filter(({ type }) => type === 'exchange')).toMatchObject([{ amount: '-460', balance: '5', note: 'all but five' }])
  expect((await statement('ada', 'currency=bean&type=exchange')).lines).toHaveLength(1)
  expect((await statement('ada', 'currency=bean&direction=in&limit=100')).lines).toHaveLength(33)
  expect((await statement('ada', 'currency=bean&direction=out')).lines).toMatchObject([{ amount: '-460', balance: '5' }])
  const [newest, , third] = lines
  expect((await statement('ada', `currency=bean&from=${third?.at}`)).lines.map(({ id }) => id)).toContain(newest?.id)
  expect((await statement('ada', 'currency=bean&to=2020-01-01T00:00:00Z')).lines).toEqual([])
  expect((await statement('ada', 'currency=bean&from=2099-01-01T00:00:00Z')).lines).toEqual([])
  expect((await statement('ada', 'currency=coin')).lines).toEqual([])
})

test('nobody reads a statement of somebody else', async () => {
  expect((await statement('cho', 'currency=bean')).lines).toEqual([])
  expect((await server.visitor().call('GET', '/api/wallet/statement')).status).toBe(401)
})

test('the file has every line, and no note of it is a formula', async () => {
  await move({ userId: idOf('cho'), currency: 'coin', amount: 70n, note: '=HYPERLINK("http://evil")' })
  await move({ userId: idOf('cho'), currency: 'coin', amount: -20n, note: '礼物, "quoted"' })
  const answer = await fetch(`${server.url}/api/wallet/statement.csv?currency=coin`, { headers: { cookie: as('cho').cookie } })
  expect(answer.headers.get('content-type')).toContain('text/csv')
  const bytes = new Uint8Array(await answer.arrayBuffer())
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const [head, out, income, rest] = new TextDecoder().decode(bytes).split('\r\n')
  expect(head).toBe('time,type,currency,amount,balance,note,transfer')
  expect(out).toMatch(/^.+Z,correction,coin,-20,50,"礼物, ""quoted""",\S{16}$/)
  expect(income).toContain('coin,70,70,"\'=HYPERLINK')
  expect(rest).toBe('')
})

test("the owner's pages hear of a change", async () => {
  const socket = await openSocket(as('ben'), { 'x-forwarded-for': '198.51.100.20' })
  const heard: WalletView[] = []
  socket.on('wallet:changed', (view: WalletView) => heard.push(view))
  await database.transaction((transaction) => lockWallet(transaction, idOf('ben')))
  await as('admin-one').call('POST', '/api/admin/wallets/ben/unlock', { body: { reason: 'paid' } })
  await eventually('it is told', () => heard.some(({ locked, coins }) => !locked && coins === '800'))
  socket.disconnect()
})

test('operators search the ledger by user, kind, reference and amount; users do not', async () => {
  const search = async (query: string) => (await as('operator-one').call<LedgerPage>('GET', `/api/admin/ledger/transfers?${query}`)).body
  const ofAda = await search('user=ada&limit=100')
  expect(ofAda.transfers).toHaveLength(34)
  expect(ofAda.transfers[0]?.entries).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'user', owner: 'ada', amount: '7' }), expect.objectContaining({ kind: 'issue', owner: '', amount: '-7' })]))
  const exchange = await search('user=ada&type=exchange&minimum=400&currency=bean')
  expect(exchange.transfers).toMatchObject([{ type: 'exchange', note: 'all but five', entries: [{ kind: 'issue', amount: '460' }, { kind: 'user', amount: '-460' }] }])
  const first = await search('limit=3')
  expect((await search(`limit=3&before=${first.next}`)).transfers[0]?.seq).toBe(String(Number(first.transfers.at(-1)?.seq) - 1))
  expect((await search(`transfer=${exchange.transfers[0]?.id}`)).transfers).toHaveLength(1)
  expect((await search('reference=packet')).transfers).toHaveLength(1)
  expect((await as('ada').call('GET', '/api/admin/ledger/transfers')).status).toBe(403)
  const balances = (await as('operator-one').call<LedgerBalanceView[]>('GET', '/api/admin/ledger/balances')).body
  for (const currency of ['coin', 'bean']) expect(balances.filter((one) => one.currency === currency).reduce((sum, { balance }) => sum + BigInt(balance), 0n)).toBe(0n)
  expect(balances.find(({ kind, currency }) => kind === 'user' && currency === 'bean')).toMatchObject({ owner: '', balance: String(40 + 5 + 21) })
})

test('a wallet that is locked spends nothing until an admin unlocks it, which is on the record', async () => {
  await database.transaction((transaction) => lockWallet(transaction, idOf('cho')))
  expect((await as('operator-one').call<WalletView>('GET', '/api/admin/wallets/cho')).body.locked).toBe(true)
  await expect(move({ userId: idOf('cho'), currency: 'coin', amount: -1n })).rejects.toMatchObject({ code: 'wallet-locked' })
  // The account for beans had never been opened.
  await move({ userId: idOf('cho'), currency: 'bean', amount: 9n })
  await expect(move({ userId: idOf('cho'), currency: 'bean', amount: -1n })).rejects.toMatchObject({ code: 'wallet-locked' })
  expect((await as('operator-one').call('POST', '/api/admin/wallets/cho/unlock', { body: {} })).status).toBe(403)
  expect((await as('admin-one').call<WalletView>('POST', '/api/admin/wallets/cho/unlock', { body: { reason: 'settled' } })).body.locked).toBe(false)
  await move({ userId: idOf('cho'), currency: 'bean', amount: -1n })
  expect(await database('audit').where({ action: 'wallet:unlock', target_id: idOf('cho') }).first()).toMatchObject({ actor_id: idOf('admin-one'), reason: 'settled' })
})

test('an admin changes rates, which is on the record; two changes at once are both kept', async () => {
  expect((await as('operator-one').call('PATCH', '/api/admin/rates', { body: { giftShare: 1 } })).status).toBe(403)
  expect((await as('admin-one').call('PATCH', '/api/admin/rates', { body: { giftShare: 10_001 } })).status).toBe(400)
  // At a share of 70 % one would get 1.4 coins back for each one spent.
  expect((await as('admin-one').call('PATCH', '/api/admin/rates', { body: { exchangeCoins: 2 } })).status).toBe(400)
  await Promise.all([
    as('admin-one').call('PATCH', '/api/admin/rates', { body: { giftShare: 6000 } }),
    as('admin-one').call('PATCH', '/api/admin/rates', { body: { withdrawalMinimum: '500' } }),
    as('admin-one').call('PATCH', '/api/admin/rates', { body: { withdrawalDays: [1, 15] } }),
  ])
  expect((await as('operator-one').call<Rates>('GET', '/api/admin/rates')).body).toMatchObject({ giftShare: 6000, withdrawalMinimum: '500', withdrawalDays: [1, 15], guardShare: 5000 })
  const records = (await database('audit').where({ action: 'rates:set' }).select('detail')) as Array<{ detail: string }>
  expect(records.map(({ detail }) => JSON.parse(detail) as unknown)).toContainEqual({ giftShare: [5000, 6000] })
})

test('reconciling on demand finds nothing while the books agree, and says what differs when somebody meddled', async () => {
  const run = async () => (await as('operator-one').call<ReconciliationView>('POST', '/api/admin/reconciliations', { body: {} })).body
  expect(await run()).toMatchObject({ trigger: 'operator', differences: [] })
  await database('ledger_accounts').where({ kind: 'user', owner: idOf('ada'), currency: 'bean', lane: 0 }).increment('balance', 3)
  const found = await run()
  expect(found.differences.map(({ check }) => check)).toEqual(['balances-equal-entries'])
  expect(found.differences[0]?.subject).toContain(idOf('ada'))
  await database('ledger_accounts').where({ kind: 'user', owner: idOf('ada'), currency: 'bean', lane: 0 }).decrement('balance', 3)
  const list = (await as('operator-one').call<ReconciliationView[]>('GET', '/api/admin/reconciliations')).body
  expect(list.map(({ id }) => id)).toContain(found.id)
  expect(list[0]).toMatchObject({ id: found.id, differences: found.differences })
})
