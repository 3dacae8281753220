// Finding and sharing through the real pages, on a desktop and a phone, without any media.
import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openRedis } from '../../server/core/openRedis.ts'
import type { Redis } from '../../server/core/openRedis.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { Database } from '../../server/db/openDatabase.ts'
import { launchViewer, openPage } from '../support/browsers.ts'
import { LiveElsewhere } from '../support/liveElsewhere.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'

let server: TestServer
let browser: Browser
let database: Database
let redis: Redis
let elsewhere: LiveElsewhere
const shots = process.env['SCREENSHOTS']
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') }), launchViewer()])
  database = openDatabase({ url: server.databaseUrl, poolSize: 2 })
  redis = openRedis({ url: inject('redisUrl'), onError: () => undefined })
  elsewhere = new LiveElsewhere({ database, redis })
  const shows = [['ada', '深夜吉他弹唱，来点歌', 'music', ['吉他', 'live']], ['bo', 'Speedrunning a very long game until somebody stops me', 'games', ['speedrun']], ['cy', 'Drawing birds', 'art', []]] as const
  for (const [name, title, category, tags] of shows) {
    const visitor = server.visitor()
    await visitor.signUp(`host-${name}`)
    await visitor.call('POST', '/api/channels', { body: { name: `host-${name}`, title, category } })
    await visitor.call('PATCH', `/api/channels/host-${name}`, { body: { tags } })
    await elsewhere.begin(`host-${name}`, name.length * 40)
  }
}, 60_000)
afterAll(async () => {
  elsewhere?.close()
  await browser?.close()
  await database?.destroy()
  await redis?.quit()
  await server?.stop()
})

test('home shows who is live; a category narrows it and stays in the address', async () => {
  const page = await openPage(browser, server.url)
  await page.locator('[data-testid="live-card"]').nth(2).waitFor()
  if (shots) await page.screenshot({ path: `${shots}/home.png` })
  await page.getByTestId('category-games').click()
  await page.waitForURL(/category=games/)
  await page.getByRole('heading', { name: 'Games', level: 1 }).waitFor()
  await expect.poll(() => page.getByTestId('live-card').count()).toBe(1)
  await page.context().close()
})

test('/ goes to the search, suggestions come while typing, arrows and Enter lead there', async () => {
  const page = await openPage(browser, server.url)
  await page.getByTestId('live-card').first().waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('吉他')
  await page.getByTestId('suggestions').getByText('host-ada').waitFor()
  if (shots) await page.screenshot({ path: `${shots}/suggest.png` })
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/search\?q=/)
  await page.getByTestId('found-channels').locator('[data-channel="host-ada"]').waitFor()
  await page.context().close()
})

test('a phone opens the search over the header', async () => {
  const page = await openPage(browser, server.url, { phone: true, language: 'zh-CN' })
  await page.getByTestId('live-card').first().waitFor()
  if (shots) await page.screenshot({ path: `${shots}/phone.png` })
  await page.getByTestId('search-open').click()
  await page.getByTestId('search-input').fill('drawing')
  await page.getByTestId('suggestions').getByText('host-cy').waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await page.context().close()
})

test('an embedded player stands alone, with the way back', async () => {
  const page = await openPage(browser, `${server.url}/embed/host-ada?autoplay=0`)
  await page.getByTestId('embed-start').waitFor()
  expect(await page.getByTestId('embed-back').getAttribute('href')).toBe('/c/host-ada')
  expect(await page.locator('header').count()).toBe(0)
  if (shots) await page.screenshot({ path: `${shots}/embed.png` })
  await page.context().close()
})
