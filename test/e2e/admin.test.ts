// The back office: closed to viewers, its sections by role, the ledger's search, and a reconciliation that finds the books in order.
import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { UserView } from '../../server/contract/http.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import { hasAttribute, launchViewer } from '../support/browsers.ts'
import { fundWallet } from '../support/fundWallet.ts'
import { openPageAs } from '../support/openPageAs.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'
import type { Visitor } from '../support/Visitor.ts'

let server: TestServer
let browser: Browser
let viewer: Visitor
let operator: Visitor
let admin: Visitor

const signUp = async (name: string, role: 'user' | 'operator' | 'admin' = 'user'): Promise<{ visitor: Visitor; user: UserView }> => {
  const visitor = server.visitor()
  const { body: user } = await visitor.call<UserView>('POST', '/api/signup', { body: { name, password: 'a good password' } })
  const database = openDatabase({ url: server.databaseUrl, poolSize: 1 })
  await database('users').where({ id: user.id }).update({ role })
  await database.destroy()
  return { visitor, user }
}

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') }), launchViewer()])
  const mina = await signUp('mina')
  viewer = mina.visitor
  operator = (await signUp('olga', 'operator')).visitor
  admin = (await signUp('adam', 'admin')).visitor
  await fundWallet({ databaseUrl: server.databaseUrl, userId: mina.user.id, coins: 4_321n })
}, 90_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

test('a viewer is told that this is not for them, a stranger is asked to log in', async () => {
  const page = await openPageAs(browser, viewer, `${server.url}/admin/ledger`)
  await page.getByTestId('admin-refused').waitFor()
  expect(await page.getByTestId('admin').count()).toBe(0)
  const stranger = await openPageAs(browser, server.visitor(), `${server.url}/admin/ledger`)
  await stranger.waitForURL(/\/login\?next=%2Fadmin%2Fledger$/)
  await Promise.all([page.context().close(), stranger.context().close()])
})

test('sections by role: rates are for admins alone', async () => {
  const page = await openPageAs(browser, operator, `${server.url}/admin`)
  await page.waitForURL(/\/admin\/orders$/)
  for (const key of ['orders', 'packages', 'gifts', 'goods', 'withdrawals', 'ledger', 'reconciliation']) await page.getByTestId(`admin-${key}`).first().waitFor()
  expect(await page.getByTestId('admin-rates').count()).toBe(0)
  await page.goto(`${server.url}/admin/rates`)
  await page.getByText('This section is not open to you').waitFor()
  const other = await openPageAs(browser, admin, `${server.url}/admin`)
  await other.getByTestId('admin-rates').first().waitFor()
  await Promise.all([page.context().close(), other.context().close()])
})

test('the ledger is searched by a person, and a transfer opens to its entries', async () => {
  const page = await openPageAs(browser, operator, `${server.url}/admin/ledger`)
  await page.getByTestId('ledger-user').fill('mina')
  await page.getByTestId('ledger-search').click()
  const row = page.getByTestId('ledger-transfers').locator('.ant-table-row').filter({ hasText: '4,321' })
  await row.waitFor()
  await row.click()
  const entries = page.getByTestId('ledger-entries')
  await entries.getByText('+4,321').waitFor()
  await entries.getByText('-4,321').waitFor()
  await page.goto(`${server.url}/admin/ledger?tab=balances`)
  await page.getByTestId('ledger-balances').getByText('-4,321').waitFor()
  await page.goto(`${server.url}/admin/ledger?tab=wallets&name=mina`)
  await page.getByTestId('wallet-card').getByText('4,321').waitFor()
  await page.context().close()
})

test('an admin unlocks a locked wallet, an operator may only look', async () => {
  const database = openDatabase({ url: server.databaseUrl, poolSize: 1 })
  await database('ledger_accounts').where({ kind: 'user' }).update({ locked: true })
  await database.destroy()
  const looking = await openPageAs(browser, operator, `${server.url}/admin/ledger?tab=wallets&name=mina`)
  await looking.getByText('Only admins may unlock it.').waitFor()
  const page = await openPageAs(browser, admin, `${server.url}/admin/ledger?tab=wallets&name=mina`)
  await page.getByTestId('unlock-reason').fill('The payment was made good')
  await page.getByTestId('wallet-unlock').click()
  await page.getByText('The wallet is unlocked.').waitFor()
  await page.getByTestId('wallet-unlock').waitFor({ state: 'detached' })
  await Promise.all([looking.context().close(), page.context().close()])
})

test('a reconciliation on demand finds that all agree, and warns when the books were touched', async () => {
  const page = await openPageAs(browser, operator, `${server.url}/admin/reconciliation`)
  await page.getByTestId('reconcile-run').click()
  await page.getByTestId('reconcile-agrees').getByText('All agree').waitFor()
  const database = openDatabase({ url: server.databaseUrl, poolSize: 1 })
  await database('ledger_accounts').where({ kind: 'user' }).increment('balance', 7)
  await database.destroy()
  await page.getByTestId('reconcile-run').click()
  await page.getByTestId('reconcile-wrong').waitFor()
  await hasAttribute(page, '[data-testid="admin-reconciliation"]', 'data-alarmed', 'true')
  await page.context().close()
})

test('on a phone in Chinese the sections are in a drawer, and nothing is wider than the screen', async () => {
  const page = await openPageAs(browser, operator, `${server.url}/admin/reconciliation`, { language: 'zh-CN', phone: true })
  await page.getByTestId('admin-menu').click()
  await page.locator('.ant-drawer').getByTestId('admin-ledger').click()
  await page.getByTestId('ledger-transfers').locator('.ant-table-row').first().waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  await page.context().close()
})
