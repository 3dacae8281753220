// Withdrawals on a real server and database: beans, money and state move together, whoever does what at once.
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import type { UserId } from '../../server/contract/ids.ts'
import type { AuditPage } from '../../server/contract/moderation.ts'
import type { NotificationsPage } from '../../server/contract/notify.ts'
import { ratesSchema } from '../../server/contract/rates.ts'
import type { Rates } from '../../server/contract/rates.ts'
import type { ReconciliationView } from '../../server/contract/wallet.ts'
import type { AdminWithdrawal, AdminWithdrawalDetail, AdminWithdrawalsPage, BulkPaid, PayeesPage, WithdrawalTerms, WithdrawalView, WithdrawalsPage } from '../../server/contract/withdrawal.ts'
import { newId } from '../../server/core/newId.ts'
import type { Outbox } from '../../server/db/Outbox.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { Database } from '../../server/db/openDatabase.ts'
import { Audit } from '../../server/moderation/Audit.ts'
import { Ledger } from '../../server/wallet/Ledger.ts'
import { clearingAccount, heldAccount, platformAccount, userAccount } from '../../server/wallet/ledgerAccounts.ts'
import { lockWallet, unlockWallet } from '../../server/wallet/walletLock.ts'
import { RateBook } from '../../server/wallet/RateBook.ts'
import { Payees } from '../../server/withdrawal/Payees.ts'
import { Withdrawals } from '../../server/withdrawal/Withdrawals.ts'
import { eventually } from '../support/eventually.ts'
import { fundWallet } from '../support/fundWallet.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'
import type { Visitor } from '../support/Visitor.ts'

const payee = { method: 'bank', account: '6222 0210 0111 4321', holder: '王小明' } as const
const rates: Rates = ratesSchema.parse({ beansPerMinorUnit: 10, withdrawalCut: 500, withdrawalMinimum: '1000', withdrawalTwoPeople: '100000', withdrawalMonthlyCap: '5000000' })

let server: TestServer
let database: Database
let ledger: Ledger
let [ada, bob]: Visitor[] = []
let serial = 0
beforeAll(async () => {
  server = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') })
  database = openDatabase({ url: server.databaseUrl, poolSize: 8 })
  ledger = new Ledger({ database })
  await database('rates').insert({ rates: JSON.stringify(rates), at: new Date() })
  ;[ada, bob] = [await operator('operator-ada'), await operator('operator-bob')]
})
afterAll(async () => {
  await database?.destroy()
  await server?.stop()
})

type Host = { readonly visitor: Visitor; readonly id: UserId; readonly name: string }
let host: Host
beforeEach(async () => {
  host = await newHost()
})

async function operator(name: string): Promise<Visitor> {
  const visitor = server.visitor()
  await visitor.signUp(name)
  await database('users').where({ name }).update({ role: 'operator' })
  return visitor
}
/** With a verified payee and this many beans. */
async function newHost(beans = 1_000_000n): Promise<Host> {
  const name = `host-${(serial += 1)}`
  const visitor = server.visitor()
  await visitor.signUp(name)
  const { id } = (await database('users').where({ name }).first('id')) as { id: UserId }
  await visitor.call('PUT', '/api/payee', { body: payee })
  await ada?.call('PUT', `/api/admin/payees/${name}/verified`, { body: { verified: true, reason: 'seen the passport' } })
  await fundWallet({ databaseUrl: server.databaseUrl, userId: id, beans })
  return { visitor, id, name }
}
const ask = (beans: string, key: string = newId(), who = host, money?: string) => who.visitor.call<WithdrawalView>('POST', '/api/withdrawals', { body: { beans, key, ...(money === undefined ? {} : { money }) } })
const asked = async (beans: string, who = host) => (await ask(beans, newId(), who)).body.id
const act = (who: Visitor | undefined, id: string, what: string, body = {}) => (who as Visitor).call<AdminWithdrawal>('POST', `/api/admin/withdrawals/${id}/${what}`, { body })
const pay = (who: Visitor | undefined, id: string, reference = 'BANK-1') => act(who, id, 'pay', { reference })
const reject = (who: Visitor | undefined, id: string, reason = 'the name differs') => act(who, id, 'reject', { reason })
const balances = async ({ id } = host) => ({ beans: await ledger.balanceOf(userAccount(id, 'bean')), held: await ledger.balanceOf(heldAccount(id, 'bean')) })
const own = async (who = host) => (await who.visitor.call<WithdrawalsPage>('GET', '/api/withdrawals')).body.withdrawals
const codeOf = ({ body }: { body: unknown }) => (body as { error?: { code?: string } }).error?.code

test('a request holds the beans and keeps rate, cut and money as they were', async () => {
  const { status, body } = await ask('12345')
  expect(status).toBe(201)
  // floor(12345 / 10) = 1234; 5 % of it is 61.7, rounded up.
  expect(body).toMatchObject({ state: 'requested', beans: '12345', gross: '1234', cut: '62', money: '1172', currency: 'CNY', beansPerMinorUnit: 10, cutBasisPoints: 500, payee: { method: 'bank', account: '•••• 4321', holder: '王••' } })
  expect(await balances()).toEqual({ beans: 987_655n, held: 12_345n })
  const { body: terms } = await host.visitor.call<WithdrawalTerms>('GET', '/api/withdrawals/terms')
  expect(terms).toMatchObject({ beans: '987655', heldBeans: '12345', leftThisMonth: '4987655', openToday: true, payee: { verified: true } })
  expect(JSON.stringify([body, terms])).not.toContain('0210')
})

test('one person approves a small one, it is paid under a number, and the books show it', async () => {
  const before = { owed: await ledger.balanceOf(clearingAccount('payout', 'CNY')), sales: await ledger.balanceOf(platformAccount('sales', 'CNY')) }
  const id = await asked('20000')
  expect((await act(ada, id, 'approve')).body).toMatchObject({ state: 'approved', approvers: [{ name: 'operator-ada' }] })
  expect((await pay(bob, id, 'BANK-77')).body).toMatchObject({ state: 'paid', paymentReference: 'BANK-77', paidBy: { name: 'operator-bob' } })
  expect(await balances()).toEqual({ beans: 980_000n, held: 0n })
  expect(await ledger.balanceOf(clearingAccount('payout', 'CNY'))).toBe(before.owed - 1900n)
  expect(await ledger.balanceOf(platformAccount('sales', 'CNY'))).toBe(before.sales + 1900n)
  expect((await own())[0]).toMatchObject({ state: 'paid', paymentReference: 'BANK-77', steps: [{ state: 'requested', actor: null }, { state: 'approved', actor: null }, { state: 'paid', actor: null }] })
})

test('a large one needs two different people', async () => {
  const { body } = await ask('1000000')
  expect(body.money).toBe('95000')
  const large = await newHost(3_000_000n)
  const id = await asked('2000000', large)
  expect((await act(ada, id, 'approve')).body).toMatchObject({ state: 'half-approved', needsTwo: true })
  expect(codeOf(await act(ada, id, 'approve'))).toBe('second-person-needed')
  expect(codeOf(await pay(ada, id))).toBe('state-changed')
  expect((await act(bob, id, 'approve')).body).toMatchObject({ state: 'approved', approvers: [{ name: 'operator-ada' }, { name: 'operator-bob' }] })
})

test('a rejection gives the beans back with its reason, also after an approval', async () => {
  const id = await asked('5000')
  await act(ada, id, 'approve')
  expect((await reject(bob, id, 'the bank sent it back')).body).toMatchObject({ state: 'rejected', reason: 'the bank sent it back' })
  expect(await balances()).toEqual({ beans: 1_000_000n, held: 0n })
  expect((await own())[0]).toMatchObject({ state: 'rejected', reason: 'the bank sent it back' })
  expect(codeOf(await pay(ada, id))).toBe('state-changed')
})

test('its owner cancels it while it is requested, nobody else and not later', async () => {
  const [first, second] = [await asked('5000'), await asked('6000')]
  const other = await newHost()
  expect(codeOf(await other.visitor.call('POST', `/api/withdrawals/${first}/cancel`))).toBe('withdrawal-not-found')
  expect((await host.visitor.call<WithdrawalView>('POST', `/api/withdrawals/${first}/cancel`)).body.state).toBe('cancelled')
  await act(ada, second, 'approve')
  expect(codeOf(await host.visitor.call('POST', `/api/withdrawals/${second}/cancel`))).toBe('state-changed')
  expect(await balances()).toEqual({ beans: 994_000n, held: 6000n })
})

test('nobody handles a withdrawal or verifies a name of their own', async () => {
  await database('users').where({ id: host.id }).update({ role: 'operator' })
  const id = await asked('5000')
  for (const answer of [await act(host.visitor, id, 'approve'), await reject(host.visitor, id)]) expect(codeOf(answer)).toBe('forbidden')
  await act(ada, id, 'approve')
  expect(codeOf(await pay(host.visitor, id))).toBe('forbidden')
  expect(codeOf(await host.visitor.call('PUT', `/api/admin/payees/${host.name}/verified`, { body: { verified: true, reason: 'me' } }))).toBe('forbidden')
})

test('what the rules refuse holds nothing', async () => {
  const answers = [await ask('999'), await ask('5000001'), await ask('1000001'), await ask('5000', newId(), host, '1')]
  expect(answers.map(codeOf)).toEqual(['below-minimum', 'month-used-up', 'insufficient-funds', 'price-changed'])
  for (const beans of ['0', '-5', '1.5', '1e5', ' 5000', 5000, '99999999999999999999']) expect(codeOf(await host.visitor.call('POST', '/api/withdrawals', { body: { beans, key: newId() } }))).toBe('bad-request')
  expect(await balances()).toEqual({ beans: 1_000_000n, held: 0n })
  expect(await own()).toEqual([])
})

test('without a payee, without a verified name, or after the name has changed nothing is asked for', async () => {
  const visitor = server.visitor()
  await visitor.signUp('newcomer')
  const newcomer = { visitor, id: ((await database('users').where({ name: 'newcomer' }).first('id')) as { id: UserId }).id, name: 'newcomer' }
  await fundWallet({ databaseUrl: server.databaseUrl, userId: newcomer.id, beans: 9000n })
  expect(codeOf(await ask('5000', newId(), newcomer))).toBe('payee-missing')
  expect(codeOf(await (ada as Visitor).call('PUT', '/api/admin/payees/newcomer/verified', { body: { verified: true, reason: 'too early' } }))).toBe('payee-missing')
  await visitor.call('PUT', '/api/payee', { body: payee })
  expect(codeOf(await ask('5000', newId(), newcomer))).toBe('name-unverified')
  const waiting = async () => (await (ada as Visitor).call<PayeesPage>('GET', '/api/admin/payees')).body.payees.filter(({ user }) => user.name === 'newcomer')
  expect(await waiting()).toMatchObject([{ payee, beans: '9000' }])
  // Whose name was exchanged while an operator looked at the former one.
  expect(codeOf(await (ada as Visitor).call('PUT', '/api/admin/payees/newcomer/verified', { body: { verified: true, reason: 'seen', holder: 'Somebody Else' } }))).toBe('state-changed')
  expect(await waiting()).toHaveLength(1)
  await (ada as Visitor).call('PUT', '/api/admin/payees/newcomer/verified', { body: { verified: true, reason: 'seen', holder: payee.holder } })
  expect(await waiting()).toEqual([])
  expect((await host.visitor.call('PUT', '/api/payee', { body: { ...payee, account: '6222 9999 8888 7777' } })).body).toMatchObject({ verified: true, account: '•••• 7777' })
  expect((await host.visitor.call('PUT', '/api/payee', { body: { ...payee, holder: 'Somebody Else' } })).body).toMatchObject({ verified: false })
  expect(codeOf(await ask('5000'))).toBe('name-unverified')
})

test('the same key is held once and answered alike, for another sum refused; another person may use it too', async () => {
  const key = newId<string>()
  const answers = await Promise.all(Array.from({ length: 6 }, () => ask('5000', key)))
  expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1)
  expect(codeOf(await ask('5001', key))).toBe('key-reused')
  const other = await newHost()
  expect((await ask('5000', key, other)).status).toBe(201)
  expect(await balances()).toEqual({ beans: 995_000n, held: 5000n })
})

test('requests at once never hold more than there is', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => ask('300000')))
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(3)
  expect(answers.filter((answer) => codeOf(answer) === 'insufficient-funds')).toHaveLength(7)
  expect(await balances()).toEqual({ beans: 100_000n, held: 900_000n })
})

test('requests at once never exceed the cap of the month; what was given back counts no more', async () => {
  const rich = await newHost(50_000_000n)
  const answers = await Promise.all(Array.from({ length: 8 }, () => ask('2000000', newId(), rich)))
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(2)
  expect(new Set(answers.filter(({ status }) => status !== 201).map(codeOf))).toEqual(new Set(['month-used-up']))
  const [first] = await own(rich)
  await rich.visitor.call('POST', `/api/withdrawals/${first?.id}/cancel`)
  expect((await ask('3000000', newId(), rich)).status).toBe(201)
  expect(codeOf(await ask('1000', newId(), rich))).toBe('month-used-up')
})

test('of decisions made at once exactly one holds', async () => {
  for (let round = 0; round < 5; round += 1) {
    const id = await asked('10000')
    const answers = await Promise.all([act(ada, id, 'approve'), reject(bob, id), host.visitor.call<WithdrawalView>('POST', `/api/withdrawals/${id}/cancel`)])
    const won = answers.filter(({ status }) => status === 200)
    // An approval that came first can still be followed by the rejection.
    expect(won.length === 1 || (won.length === 2 && answers[0]?.status === 200 && answers[1]?.status === 200)).toBe(true)
    for (const answer of answers) if (answer.status !== 200) expect(codeOf(answer)).toBe('state-changed')
    const ends = (await database('ledger_transfers').where({ reference: id }).whereNot({ type: 'withdrawal-hold' })) as unknown[]
    expect(ends.length).toBeLessThanOrEqual(1)
    if (ends.length === 0) await reject(bob, id)
  }
  expect(await balances()).toEqual({ beans: 1_000_000n, held: 0n })
})

test('paid and rejected at once, or paid twice at once, moves the money once', async () => {
  const ids = [await asked('10000'), await asked('10000')]
  for (const id of ids) await act(ada, id, 'approve')
  const [first = '', second = ''] = ids
  const mixed = await Promise.all([pay(ada, first, 'A'), reject(bob, first)])
  expect(mixed.map(({ status }) => status).sort()).toEqual([200, 409])
  const twice = await Promise.all([pay(ada, second, 'A'), pay(bob, second, 'B'), pay(ada, second, 'A')])
  expect(new Set(twice.filter(({ status }) => status === 200).map(({ body }) => body.paymentReference)).size).toBe(1)
  expect(await database('ledger_transfers').where({ reference: second, type: 'withdrawal-paid' })).toHaveLength(1)
  expect((await balances()).held).toBe(0n)
})

test('a server that dies in the middle of a step leaves nothing half done', async () => {
  const audit = new Audit({ database })
  const payees = new Payees({ database, audit, secret: 'the secret of a test installation' })
  const dying = { write: () => Promise.reject(new Error('killed')) } as unknown as Outbox
  const broken = new Withdrawals({ database, ledger, rates: new RateBook({ database }), outbox: dying, audit, payees })
  const { id: adaId } = (await database('users').where({ name: 'operator-ada' }).first('id')) as { id: UserId }
  await expect(broken.request(host.id, { beans: '5000', key: newId() })).rejects.toThrow('killed')
  const id = await asked('5000')
  for (const step of [() => broken.approve(adaId, id), () => broken.reject(adaId, id, 'no'), () => broken.cancel(host.id, id)]) await expect(step()).rejects.toThrow('killed')
  await act(ada, id, 'approve')
  await expect(broken.pay(adaId, id, 'X')).rejects.toThrow('killed')
  expect(await own()).toMatchObject([{ id, state: 'approved', steps: [{ state: 'requested' }, { state: 'approved' }] }])
  expect(await balances()).toEqual({ beans: 995_000n, held: 5000n })
  expect((await pay(bob, id)).body.state).toBe('paid')
})

test('every step is on record and the host hears of it once', async () => {
  const id = await asked('5000')
  await act(ada, id, 'approve')
  await pay(bob, id, 'BANK-9')
  const { body } = await (ada as Visitor).call<AuditPage>('GET', `/api/moderation/audit?user=${host.name}&limit=20`)
  expect(body.entries.map(({ action, actor }) => `${actor?.name} ${action}`)).toEqual(['operator-bob withdrawal:pay', 'operator-ada withdrawal:approve', 'operator-ada payee:verify'])
  expect(JSON.stringify(body)).not.toContain('0210')
  const heard = async () => (await host.visitor.call<NotificationsPage>('GET', '/api/notifications')).body.notifications.map(({ kind, text }) => `${kind} ${text}`)
  await eventually('the host hears that it was paid', async () => (await heard()).length >= 2)
  expect((await heard()).sort()).toEqual(['withdrawal-approved 4.75 CNY', 'withdrawal-paid 4.75 CNY'])
})

test('staff see the queue, the payee in full and what came before; the payout file is safe to open', async () => {
  await host.visitor.call('PUT', '/api/payee', { body: { ...payee, holder: '=HYPERLINK("evil"), "王"' } })
  await (ada as Visitor).call('PUT', `/api/admin/payees/${host.name}/verified`, { body: { verified: true, reason: 'seen' } })
  const [earlier, id] = [await asked('7000'), await asked('8000')]
  await reject(ada, earlier)
  await act(ada, id, 'approve')
  const { body: queue } = await (bob as Visitor).call<AdminWithdrawalsPage>('GET', `/api/admin/withdrawals?state=approved&user=${host.name}`)
  expect(queue.withdrawals).toMatchObject([{ id, user: { name: host.name }, nameVerified: true }])
  expect(queue.counts.approved).toBeGreaterThan(0)
  const { body: detail } = await (bob as Visitor).call<AdminWithdrawalDetail>('GET', `/api/admin/withdrawals/${id}`)
  expect(detail).toMatchObject({ payee: { account: payee.account }, verification: { verified: true, by: { name: 'operator-ada' } }, heldBeans: '8000', earlier: [{ id: earlier, state: 'rejected' }] })
  const { body: csv, headers } = await (bob as Visitor).call<string>('GET', '/api/admin/withdrawals/payout.csv?state=approved')
  expect(headers.get('content-type')).toContain('text/csv')
  const bytes = Buffer.from(await (await fetch(`${server.url}/api/admin/withdrawals/payout.csv`, { headers: { cookie: (bob as Visitor).cookie } })).arrayBuffer())
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const line = csv.split('\r\n').find((text) => text.startsWith(id))
  expect(line).toContain(`${id},"'=HYPERLINK(""evil""), ""王""",bank,6222 0210 0111 4321,7.60,CNY,`)
  expect(line).toMatch(/operator-ada$/)
})

test('many are marked as paid at once, each for itself', async () => {
  const [one, two, three] = [await asked('5000'), await asked('5000'), await asked('5000')] as [string, string, string]
  for (const id of [one, three]) await act(ada, id, 'approve')
  const payments = [one, two, three, 'nothere'].map((id) => ({ id, reference: 'FILE-1' }))
  const { body } = await (bob as Visitor).call<BulkPaid>('POST', '/api/admin/withdrawals/paid', { body: { payments } })
  expect(body.outcomes.map(({ error }) => error)).toEqual([null, 'state-changed', null, 'withdrawal-not-found'])
  expect(await balances()).toEqual({ beans: 985_000n, held: 5000n })
})

test('the account is sealed in the database, and forgotten with its person', async () => {
  const [done, running] = [await asked('5000'), await asked('5000')]
  await act(ada, done, 'approve')
  await pay(ada, done)
  const dump = JSON.stringify([await database('payees').where({ user_id: host.id }), await database('withdrawals').where({ user_id: host.id })])
  expect(dump).not.toContain('0210')
  expect(Buffer.from(((await database('payees').where({ user_id: host.id }).first('sealed')) as { sealed: Buffer }).sealed).includes('4321')).toBe(false)
  expect((await host.visitor.call('POST', '/api/me/delete', { body: { password: 'a good password' } })).status).toBeLessThan(300)
  await eventually('the payee is erased', async () => (await database('payees').where({ user_id: host.id })).length === 0)
  const sealed = async (id: string) => ((await database('withdrawals').where({ id }).first('payee_sealed')) as { payee_sealed: Buffer | null }).payee_sealed
  expect(await sealed(done)).toBeNull()
  expect(await sealed(running)).not.toBeNull()
  await act(ada, running, 'approve')
  expect((await pay(ada, running)).status).toBe(200)
  expect(await sealed(running)).toBeNull()
})

test('after all of this the books agree, and a withdrawal that they do not know is found', async () => {
  const reconcile = async () => (await (ada as Visitor).call<ReconciliationView>('POST', '/api/admin/reconciliations')).body
  expect((await reconcile()).differences).toEqual([])
  const id = await asked('5000')
  await database('withdrawals').where({ id }).update({ state: 'rejected' })
  expect((await reconcile()).differences).toEqual([{ check: 'withdrawals-match-ledger', subject: host.id, currency: 'bean', expected: '0', found: '5000' }])
  await database('withdrawals').where({ id }).update({ state: 'requested' })
  await act(ada, id, 'approve')
  await pay(ada, id)
  await database('withdrawals').where({ id }).update({ money: 474 })
  expect((await reconcile()).differences).toMatchObject([{ check: 'withdrawals-match-ledger', subject: 'payout', currency: 'CNY' }])
  await database('withdrawals').where({ id }).update({ money: 475 })
})

test('nothing leaves a locked wallet: not what was asked for before either', async () => {
  const id = await asked('50000')
  await act(ada, id, 'approve')
  await database.transaction((transaction) => lockWallet(transaction, host.id))
  expect(await pay(ada, id)).toMatchObject({ status: 403, body: { error: { code: 'wallet-locked' } } })
  await database.transaction((transaction) => unlockWallet(transaction, host.id))
  expect((await pay(ada, id)).status).toBe(200)
})
