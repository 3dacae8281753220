// What pages show first, without a click: the newest words, whose room it is, the announced show, and where one is on air.
import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openRedis } from '../../server/core/openRedis.ts'
import type { Redis } from '../../server/core/openRedis.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { Database } from '../../server/db/openDatabase.ts'
import { launchViewer, openPage } from '../support/browsers.ts'
import { eventually } from '../support/eventually.ts'
import { LiveElsewhere } from '../support/liveElsewhere.ts'
import { openPageAs } from '../support/openPageAs.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'
import type { Visitor } from '../support/Visitor.ts'

let server: TestServer
let browser: Browser
let database: Database
let redis: Redis
let elsewhere: LiveElsewhere
let host: Visitor
const shots = process.env['SCREENSHOTS']
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') }), launchViewer()])
  database = openDatabase({ url: server.databaseUrl, poolSize: 2 })
  redis = openRedis({ url: inject('redisUrl'), onError: () => undefined })
  elsewhere = new LiveElsewhere({ database, redis })
  host = server.visitor()
  await host.signUp('mira')
  await host.call('POST', '/api/channels', { body: { name: 'mira', title: 'Night radio', category: 'music' } })
}, 60_000)
afterAll(async () => {
  elsewhere?.close()
  await browser?.close()
  await database?.destroy()
  await redis?.quit()
  await server?.stop()
})

test('a phone’s chat tells whose room it is, and an announced show comes before an empty chat', async () => {
  const before = await openPage(browser, `${server.url}/c/mira`, { phone: true })
  await before.getByTestId('host-strip').getByText('Night radio').waitFor()
  await before.getByTestId('host-strip').getByTestId('follow').waitFor()
  if (shots) await before.screenshot({ path: `${shots}/strip.png` })
  await before.context().close()

  await host.call('POST', '/api/channels/mira/shows', { body: { title: 'Sunday set', startsAt: new Date(Date.now() + 7_200_000).toISOString() } })
  const page = await openPage(browser, `${server.url}/c/mira`, { phone: true, language: 'zh-CN' })
  await page.getByTestId('countdown').waitFor({ state: 'visible' })
  if (shots) await page.screenshot({ path: `${shots}/show.png` })
  await page.getByTestId('watch-tab-chat').click()
  await page.getByTestId('countdown').waitFor({ state: 'hidden' })
  await page.context().close()
})

test('the pickers of the chat close on Escape and on a press elsewhere', async () => {
  const page = await openPageAs(browser, host, `${server.url}/c/mira`)
  const emoji = page.getByTestId('chat-emoji')
  const open = () => page.locator('[data-testid="chat-emoji"][aria-expanded="true"]').waitFor()
  const closed = () => page.locator('[data-testid="chat-emoji"][aria-expanded="false"]').waitFor()
  await emoji.click()
  await open()
  await page.keyboard.press('Escape')
  await closed()
  await emoji.click()
  await open()
  await page.locator('h1').click()
  await closed()
  await page.context().close()
})

test.each([false, true])('a private thread longer than the pane opens at its very end (phone: %s)', async (phone) => {
  const key = phone ? 'pia' : 'dan'
  const other = server.visitor()
  await other.signUp(key)
  const page = await openPageAs(browser, host, `${server.url}/messages/${key}`, { phone })
  // Friends need not knock.
  await Promise.all([host.call('PUT', `/api/people/${key}/follow`), other.call('PUT', '/api/people/mira/follow')])
  await page.reload({ waitUntil: 'commit' })
  for (let at = 1; at <= 9; at++) {
    await page.getByTestId('write').fill(`line ${at} ${'of many words '.repeat(20 + (at % 4) * 10)}`)
    await page.getByTestId('send').click()
    await page.locator(`[data-testid="message"][data-seq="${at}"]`).waitFor()
  }
  await page.reload({ waitUntil: 'commit' })
  await page.locator('[data-testid="message"][data-seq="9"]').waitFor()
  await eventually('the end is shown', () => page.getByTestId('messages').evaluate((pane) => pane.scrollHeight > pane.clientHeight && pane.scrollHeight - pane.scrollTop - pane.clientHeight < 2))
  await page.locator('[data-testid="message"][data-seq="9"]').evaluate((row) => new Promise((settle) => requestAnimationFrame(() => requestAnimationFrame(() => settle(row)))).then(() => undefined))
  expect(await page.getByTestId('messages').evaluate((pane) => pane.scrollHeight - pane.scrollTop - pane.clientHeight)).toBeLessThan(2)
  if (shots) await page.screenshot({ path: `${shots}/thread-${key}.png` })
  await page.context().close()
})

test('the studio opens OBS’s tab for who is on air from there', async () => {
  await elsewhere.begin('mira', 12)
  const page = await openPageAs(browser, host, `${server.url}/studio`)
  await page.locator('[data-testid="tab-obs"][aria-selected="true"]').waitFor()
  if (shots) await page.screenshot({ path: `${shots}/studio.png` })
  await page.getByTestId('tab-browser').click()
  await page.locator('[data-testid="tab-browser"][aria-selected="true"]').waitFor()
  await page.context().close()
})
