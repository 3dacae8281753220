// A person buys coins by the sandbox, through the pages, on a desktop in English and on a phone in Chinese; an operator pays an order back.
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { hasAttribute, launchViewer } from '../support/browsers.ts'
import { eventually } from '../support/eventually.ts'
import { openPageAs } from '../support/openPageAs.ts'
import { RechargeDesk } from '../support/rechargeDesk.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'

let server: TestServer
let desk: RechargeDesk
let browser: Browser
const shots = process.env['SHOTS']

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') }), launchViewer()])
  desk = await RechargeDesk.open(server)
}, 90_000)
afterAll(async () => {
  await browser?.close()
  await desk?.close()
  await server?.stop()
})

/** For looking at, where a folder is named. */
const shoot = async (page: Page, name: string) => {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png` })
}

test.each([
  { name: 'ada', language: 'en', phone: false, currency: 'USD', price: '999', coins: 7500n, pay: /Pay/ },
  { name: 'bao', language: 'zh-CN', phone: true, currency: 'CNY', price: '6800', coins: 7200n, pay: /支付/ },
] as const)('$name buys coins ($language, phone: $phone), sees them arrive and goes back to where one was', async ({ name, language, phone, currency, price, coins, pay }) => {
  const buyer = await desk.buyer(name)
  const page = await openPageAs(browser, buyer.visitor, `${server.url}/recharge?next=${encodeURIComponent('/rankings')}`, { language, phone })
  await page.getByTestId('test-payments').waitFor()
  const chosen = page.locator(`[data-testid="package"][data-currency="${currency}"][data-price="${price}"]`)
  await chosen.click()
  expect(await chosen.locator('input').isChecked()).toBe(true)
  await shoot(page, `recharge-${language}`)
  expect(await page.getByTestId('pay').textContent()).toMatch(pay)
  await page.getByTestId('pay').click()
  await page.getByTestId('sandbox').waitFor()
  expect(new URL(page.url()).pathname).toMatch(/^\/pay\/sandbox\//)
  await shoot(page, `sandbox-${language}`)
  await page.getByTestId('sandbox-pay').click()
  await hasAttribute(page, '[data-testid="order"]', 'data-state', 'credited')
  await page.waitForTimeout(700)
  await shoot(page, `credited-${language}`)
  expect((await page.getByTestId('order-coins').textContent())?.replace(/\D/g, '')).toBe(String(coins))
  expect(await desk.coins(buyer)).toBe(coins)
  await page.getByTestId('back').click()
  await page.waitForURL(`${server.url}/rankings`)
  await page.context().close()
})

test('an order that waits goes on by itself when it is paid elsewhere, and one that expired says what to do', async () => {
  const buyer = await desk.buyer('carl')
  const { id } = await desk.order(buyer, 'sandbox')
  const page = await openPageAs(browser, buyer.visitor, `${server.url}/recharge/${id}`)
  await hasAttribute(page, '[data-testid="order"]', 'data-state', 'pending')
  await page.getByTestId('go-to-pay').waitFor()
  await shoot(page, 'pending')
  await buyer.visitor.call('POST', `/api/recharge/sandbox/${id}/pay`)
  await hasAttribute(page, '[data-testid="order"]', 'data-state', 'credited', 10_000)
  const late = await desk.order(buyer, 'sandbox')
  await desk.age(late.id, 31)
  await page.goto(`${server.url}/recharge/${late.id}`, { waitUntil: 'commit' })
  await hasAttribute(page, '[data-testid="order"]', 'data-state', 'expired', 15_000)
  await shoot(page, 'expired')
  await page.context().close()
})

test('an operator sees the order with what was told of it, and pays a part of it back', async () => {
  const buyer = await desk.buyer('dora')
  const { id } = await desk.order(buyer, 'sandbox', { price: '3000' })
  await buyer.visitor.call('POST', `/api/recharge/sandbox/${id}/pay`)
  const page = await openPageAs(browser, desk.operator, `${server.url}/admin/orders`)
  await page.getByTestId('orders-admin').getByText('@dora').first().click()
  await hasAttribute(page, '[data-testid="order-detail"]', 'data-state', 'credited')
  await page.locator('[data-testid="payment-event"][data-outcome="applied"]').waitFor()
  await shoot(page, 'admin-order')
  await page.getByTestId('refund').click()
  const dialog = page.getByRole('dialog').filter({ has: page.locator('#reason') })
  await dialog.locator('#amount').fill('10')
  await dialog.locator('#reason').fill('bought by mistake')
  await shoot(page, 'admin-refund')
  await dialog.locator('.ant-btn-dangerous').click()
  await eventually('the part is paid back', async () => (await desk.detail(id)).order.refunded === '1000')
  await page.getByTestId('order-detail').getByText('bought by mistake').waitFor()
  expect(await desk.coins(buyer)).toBe(3100n - 1033n)
  await page.keyboard.press('Escape')
  await page.goto(`${server.url}/admin/orders`)
  await page.getByTestId('orders-admin').getByText('@dora').first().waitFor()
  await shoot(page, 'admin-orders')
  await page.context().close()
})

test('an operator adds a package, and it is on sale at once', async () => {
  const page = await openPageAs(browser, desk.operator, `${server.url}/admin/packages`)
  await page.getByTestId('add-package').click()
  const form = page.getByTestId('package-form')
  await form.locator('#price').fill('18.5')
  await form.locator('#coins').fill('1850')
  await form.locator('#bonus').fill('50')
  await shoot(page, 'admin-package')
  await page.getByRole('dialog').locator('.ant-btn-primary').click()
  await eventually('it is on sale', async () => (await desk.package('CNY', '1850'))?.bonus === '50')
  await form.waitFor({ state: 'detached' })
  await shoot(page, 'admin-packages')
  await page.context().close()
})

test('who lacks coins for a guard recharges in place: pays in another tab, and the dialog says when the coins are there', async () => {
  const host = await desk.buyer('hostess')
  expect((await host.visitor.call('POST', '/api/channels', { body: { name: 'hostess', title: 'An evening', category: 'talk' } })).status).toBe(201)
  const buyer = await desk.buyer('gus')
  const page = await openPageAs(browser, buyer.visitor, `${server.url}/guard/hostess`, { phone: true })
  await page.getByTestId('guard-buy-month').click()
  await page.getByTestId('guard-recharge').click()
  const dialog = page.getByTestId('recharge-dialog')
  await dialog.getByTestId('package').first().waitFor()
  await shoot(page, 'dialog')
  const opened = page.context().waitForEvent('page')
  await dialog.getByTestId('dialog-pay').click()
  const till = await opened
  await till.getByTestId('sandbox-pay').click()
  await hasAttribute(page, '[data-testid="recharge-dialog"] [data-testid="order"]', 'data-state', 'credited')
  await shoot(page, 'dialog-credited')
  await dialog.getByTestId('recharge-done').click()
  await dialog.waitFor({ state: 'detached' })
  expect(await desk.coins(buyer)).toBeGreaterThan(0n)
  await page.context().close()
})
