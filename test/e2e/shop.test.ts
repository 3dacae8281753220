// The shop in a browser: an operator fills the shelf, a buyer gets a code at once and has a parcel sent, and beans become coins.
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { UserId } from '../../server/contract/ids.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { Database } from '../../server/db/openDatabase.ts'
import { launchViewer } from '../support/browsers.ts'
import { eventually } from '../support/eventually.ts'
import { fundWallet } from '../support/fundWallet.ts'
import { openPageAs } from '../support/openPageAs.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'
import type { Visitor } from '../support/Visitor.ts'

let server: TestServer
let browser: Browser
let database: Database
let staff: Visitor
let buyer: Visitor
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') }), launchViewer()])
  database = openDatabase({ url: server.databaseUrl, poolSize: 1 })
  ;[staff, buyer] = [server.visitor(), server.visitor()]
  await staff.signUp('keeper')
  await database('users').where({ name: 'keeper' }).update({ role: 'operator' })
  await eventually('the role is known', async () => (await staff.call('GET', '/api/admin/goods')).status === 200)
  await buyer.signUp('marco')
  const { id } = (await database('users').where({ name: 'marco' }).first('id')) as { id: UserId }
  await fundWallet({ databaseUrl: server.databaseUrl, userId: id, coins: 1000n, beans: 500n })
}, 90_000)
afterAll(async () => {
  await browser?.close()
  await database?.destroy()
  await server?.stop()
})

const open = (visitor: Visitor, path: string, phone = false): Promise<Page> => openPageAs(browser, visitor, `${server.url}${path}`, { phone })

test('an operator puts goods on the shelf, and codes behind them', async () => {
  const page = await open(staff, '/admin/goods')
  await page.getByTestId('goods-add').click()
  const drawer = page.locator('.ant-drawer')
  await drawer.locator('#name_en').fill('Tea mug')
  await drawer.locator('#name_zhCN').fill('茶杯')
  await drawer.locator('#price').fill('300')
  await drawer.locator('#stock').fill('3')
  await drawer.locator('#onSale').click()
  await page.getByTestId('goods-save').click()
  await page.getByRole('row').filter({ hasText: 'Tea mug' }).waitFor()
  const code = { kind: 'code', name: { en: 'Game key', zhCN: '游戏激活码' }, text: { en: '', zhCN: '' }, price: '120', stock: null, perPerson: 1, granted: '', onSale: true, place: 2 }
  expect((await staff.call('POST', '/api/admin/goods', { body: code })).status).toBe(201)
  await page.reload({ waitUntil: 'commit' })
  await page.getByTestId('goods-codes').click()
  await page.getByTestId('goods-codes-text').fill('KEY-AAA-111\nKEY-BBB-222')
  await page.getByTestId('goods-codes-add').click()
  await page.getByRole('status').filter({ hasText: '2 added' }).waitFor()
  await page.context().close()
})

test('a buyer reads the code at once, and finds it again among the orders', async () => {
  const page = await open(buyer, '/shop')
  await page.getByTestId('goods').filter({ hasText: 'Game key' }).click()
  await page.getByTestId('goods-pay').click()
  await page.getByTestId('goods-bought').waitFor()
  expect(await page.getByTestId('goods-delivered').textContent()).toBe('KEY-AAA-111')
  await page.getByTestId('goods-to-orders').click()
  await page.locator('[data-testid="goods-order"][data-state="done"]').filter({ hasText: 'KEY-AAA-111' }).waitFor()
  await page.locator('[data-testid="shop-coins"][data-coins="880"]').waitFor()
  await page.context().close()
})

test('a parcel is ordered on a phone, packed and sent in the back office, and the buyer is told', async () => {
  const page = await open(buyer, '/shop', true)
  await page.getByTestId('goods').filter({ hasText: 'Tea mug' }).click()
  await page.getByTestId('goods-next').click()
  const address = { name: 'Marco', phone: '+39 041 555 0100', country: 'Italy', region: 'Veneto', city: 'Venice', street: '1 Canal Street' }
  for (const [name, value] of Object.entries(address)) await page.locator(`dialog [name="${name}"]`).fill(value)
  await page.getByTestId('goods-pay').click()
  await page.getByTestId('goods-bought').waitFor()
  const desk = await open(staff, '/admin/goods')
  await desk.getByTestId('goods-admin-orders').click()
  await desk.getByTestId('goods-order-packed').click()
  await eventually('it is packed', async () => ((await database('goods_orders').orderBy('seq', 'desc').first('state')) as { state: string }).state === 'packed')
  await desk.getByTestId('goods-orders-state').click()
  await desk.locator('.ant-select-item-option').filter({ hasText: 'Packed' }).click()
  await desk.getByTestId('goods-order-sent').click()
  await desk.getByTestId('goods-tracking').fill('IT123456')
  await desk.locator('.ant-modal .ant-btn-primary').click()
  await page.getByTestId('goods-to-orders').click()
  await eventually('the buyer sees the parcel number', async () => {
    await page.reload({ waitUntil: 'commit' })
    await page.locator('[data-testid="goods-order"][data-state="sent"]').filter({ hasText: 'IT123456' }).waitFor({ timeout: 3000 })
    return true
  })
  await Promise.all([page.context().close(), desk.context().close()])
})

test('beans become coins, as the page said before', async () => {
  const page = await open(buyer, '/shop?show=exchange')
  await page.locator('[data-testid="exchange-have"][data-beans="500"]').waitFor()
  await page.locator('[name="beans"]').fill('200')
  expect(await page.getByTestId('exchange-get').textContent()).toContain('200')
  await page.getByTestId('exchange-do').click()
  await page.locator('[data-testid="exchange-have"][data-beans="300"]').waitFor()
  await page.locator('[data-testid="shop-coins"][data-coins="780"]').waitFor()
})
