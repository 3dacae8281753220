// A host turns beans into money through the pages: payee, request, two people's approval, payment; and a refusal with its reason.
import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { UserId } from '../../server/contract/ids.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { Database } from '../../server/db/openDatabase.ts'
import { hasAttribute, launchViewer } from '../support/browsers.ts'
import { fundWallet } from '../support/fundWallet.ts'
import { openPageAs } from '../support/openPageAs.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'
import type { Visitor } from '../support/Visitor.ts'
import { approve, decide, givePayee, openDesk, verifyName } from '../support/withdrawalPages.ts'

let server: TestServer
let browser: Browser
let database: Database
let host: Visitor
let [first, second]: Visitor[] = []

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') }), launchViewer()])
  database = openDatabase({ url: server.databaseUrl, poolSize: 2 })
  await database('rates').insert({ rates: JSON.stringify({ beansPerMinorUnit: 10, withdrawalCut: 500, withdrawalTwoPeople: '10000' }), at: new Date() })
  const person = async (name: string): Promise<Visitor> => {
    const visitor = server.visitor()
    expect((await visitor.signUp(name)).status).toBe(201)
    return visitor
  }
  ;[host, first, second] = [await person('hanna'), await person('opera'), await person('second')]
  await database('users').whereIn('name', ['opera', 'second']).update({ role: 'operator' })
  await host.call('POST', '/api/channels', { body: { name: 'hannas-show', title: 'The show of Hanna', category: 'talk' } })
  const { id } = (await database('users').where({ name: 'hanna' }).first('id')) as { id: UserId }
  await fundWallet({ databaseUrl: server.databaseUrl, userId: id, beans: 500_000n })
}, 90_000)
afterAll(async () => {
  await browser?.close()
  await database?.destroy()
  await server?.stop()
})

test('a host asks for money on a phone, two operators approve it, it is paid, and the host sees it', async () => {
  const page = await openPageAs(browser, host, `${server.url}/studio?tab=income`, { phone: true })
  await hasAttribute(page, '[data-testid="income-beans"]', 'data-amount', '500000')
  await givePayee(page, { account: '6222 0210 0111 4321', holder: 'Hanna Example' })
  expect(await page.getByTestId('payee').textContent()).toContain('•••• 4321')
  expect(await page.getByTestId('withdraw-ask').isDisabled()).toBe(true)
  await verifyName(browser, first as Visitor, 'hanna')
  await page.reload({ waitUntil: 'commit' })
  await hasAttribute(page, '[data-testid="payee"]', 'data-verified', 'true')

  await page.getByTestId('withdraw-beans').fill('9999')
  await page.getByText('At least 10,000 beans.').first().waitFor()
  await page.getByTestId('withdraw-beans').fill('200001')
  // floor(200001 / 10) = 20000; 5 % of it is 1000.
  await page.getByTestId('withdraw-money').filter({ hasText: '190.00' }).waitFor()
  await page.getByTestId('withdraw-ask').click()
  await page.locator('[data-testid="withdrawal"][data-state="requested"][data-money="19000"]').waitFor()
  await hasAttribute(page, '[data-testid="income-held"]', 'data-amount', '200001')

  const one = await approve(browser, first as Visitor, { state: 'requested', becomes: 'half-approved' })
  expect(await one.getByTestId('withdrawal-approve').count()).toBe(0)
  await one.context().close()
  const other = await approve(browser, second as Visitor, { state: 'half-approved', becomes: 'approved' })
  await decide(other, 'pay', 'BANK-2026-1')
  await other.context().close()

  await page.reload({ waitUntil: 'commit' })
  await page.locator('[data-testid="withdrawal"][data-state="paid"]').filter({ hasText: 'BANK-2026-1' }).waitFor()
  await hasAttribute(page, '[data-testid="income-beans"]', 'data-amount', '299999')
  await hasAttribute(page, '[data-testid="income-held"]', 'data-amount', '0')
  await page.context().close()
}, 90_000)

test('a refusal gives the beans back and says why; many are paid at once from a list', async () => {
  const ids: string[] = []
  for (const beans of ['20000', '30000', '40000']) ids.push((await host.call<{ id: string }>('POST', '/api/withdrawals', { body: { beans, key: `withdrawal-of-${beans}` } })).body.id)
  const [refused = '', ...good] = ids
  const page = await openDesk(browser, first as Visitor, `?open=${refused}`)
  await decide(page, 'reject', 'the account is closed')
  for (const id of good) await (second as Visitor).call('POST', `/api/admin/withdrawals/${id}/approve`)
  await page.goto(`${server.url}/admin/withdrawals?state=approved`, { waitUntil: 'commit' })
  await page.getByTestId('withdrawal-open').nth(1).waitFor()
  await page.getByTestId('pay-many').click()
  await page.getByTestId('pay-common').fill('FILE-7')
  await page.getByTestId('pay-all').click()
  await page.getByTestId('pay-outcomes').waitFor()
  await page.context().close()

  const studio = await openPageAs(browser, host, `${server.url}/studio?tab=income`, { language: 'zh-CN' })
  await studio.locator('[data-testid="withdrawal"][data-state="rejected"]').filter({ hasText: 'the account is closed' }).waitFor()
  await studio.locator('[data-testid="withdrawal"][data-state="paid"]').filter({ hasText: 'FILE-7' }).nth(1).waitFor()
  await hasAttribute(studio, '[data-testid="income-held"]', 'data-amount', '0')
  await studio.context().close()
}, 90_000)
