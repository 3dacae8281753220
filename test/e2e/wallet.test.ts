// The wallet as its owner sees it: what came and went, narrowed, as a file, and live.
import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { UserView } from '../../server/contract/http.ts'
import { launchViewer } from '../support/browsers.ts'
import { fundWallet } from '../support/fundWallet.ts'
import { openPageAs } from '../support/openPageAs.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'
import type { Visitor } from '../support/Visitor.ts'

let server: TestServer
let browser: Browser
let mina: Visitor
let minaId: UserView['id']

const fund = (coins: bigint, beans = 0n) => fundWallet({ databaseUrl: server.databaseUrl, userId: minaId, coins, beans })
const lines = (page: Page) => page.getByTestId('statement-line')
const amounts = (page: Page) => lines(page).evaluateAll((rows) => rows.map((row) => row.getAttribute('data-amount')))

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') }), launchViewer()])
  mina = server.visitor()
  const { body } = await mina.call<UserView>('POST', '/api/signup', { body: { name: 'mina', password: 'a good password' } })
  minaId = body.id
  await fund(12_000n, 2_500n)
  await fund(-345n)
}, 90_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

test('whoever is not logged in is asked to, and comes back', async () => {
  const page = await openPageAs(browser, server.visitor(), `${server.url}/wallet?tab=orders`)
  await page.waitForURL(/\/login\?next=%2Fwallet%3Ftab%3Dorders$/)
  await page.context().close()
})

test('balances and statement add up, filters narrow them, and the file has the same lines', async () => {
  const page = await openPageAs(browser, mina, `${server.url}/wallet`)
  await page.getByTestId('wallet-coins-amount').filter({ hasText: '11,655' }).waitFor()
  await page.getByTestId('wallet-beans-amount').filter({ hasText: '2,500' }).waitFor()
  await page.getByTestId('balance-chip').filter({ hasText: '11,655' }).waitFor()
  await lines(page).nth(1).waitFor()
  expect(await amounts(page)).toEqual(['-345', '12000'])
  await lines(page).first().getByText('Balance 11,655').waitFor()

  await page.getByTestId('statement-direction').selectOption('in')
  await lines(page).filter({ hasText: '-345' }).waitFor({ state: 'detached' })
  expect(await amounts(page)).toEqual(['12000'])
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('statement-csv').click()])
  expect(download.suggestedFilename()).toMatch(/^mina-coins-.*\.csv$/)
  const file = await readFile(await download.path(), 'utf8')
  expect(file.trim().split('\n')).toHaveLength(2)
  expect(file).toContain('12000')

  await page.getByTestId('statement-type').selectOption('gift')
  await page.getByText('Nothing matches these filters.').waitFor()
  await page.reload()
  await page.getByText('Nothing matches these filters.').waitFor()
  await page.getByTestId('statement-clear').click()
  await lines(page).nth(1).waitFor()
  await page.getByTestId('statement-bean').click()
  await lines(page).filter({ hasText: '2,500' }).waitFor()
  expect(await amounts(page)).toEqual(['2500'])
  await page.context().close()
})

test('a longer statement comes as one scrolls', async () => {
  for (let at = 0; at < 40; at += 1) await fund(1n)
  const page = await openPageAs(browser, mina, `${server.url}/wallet`)
  await lines(page).nth(29).waitFor()
  await lines(page).last().scrollIntoViewIfNeeded()
  await lines(page).nth(41).waitFor()
  expect(await lines(page).count()).toBe(42)
  await page.context().close()
})

test('on a phone in Chinese: filters behind a button, nothing wider than the screen', async () => {
  const page = await openPageAs(browser, mina, `${server.url}/wallet`, { language: 'zh-CN', phone: true })
  await page.getByTestId('wallet-coins').getByRole('link', { name: '充值' }).waitFor()
  await lines(page).first().getByText('更正').waitFor()
  expect(await page.getByTestId('statement-type').isVisible()).toBe(false)
  await page.getByTestId('statement-filter').click()
  await page.getByTestId('statement-direction').selectOption('out')
  await page.getByText('1 项筛选').waitFor()
  await lines(page).filter({ hasText: '-345' }).waitFor()
  await page.getByTestId('tab-orders').click()
  await page.getByText('你还没有充值订单。').waitFor()
  await page.getByTestId('tab-guards').click()
  await page.getByText('你还没有守护任何主播').waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  await page.context().close()
})
