// Every page in both languages, on a desktop and on a phone.
import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchViewer, openPage } from '../support/browsers.ts'
import { startPlatform } from '../support/startPlatform.ts'
import type { TestPlatform } from '../support/startPlatform.ts'

let platform: TestPlatform
let browser: Browser
beforeAll(async () => {
  ;[platform, browser] = await Promise.all([startPlatform({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') }), launchViewer()])
  await platform.createChannel('pages')
}, 90_000)
afterAll(async () => {
  await browser?.close()
  await platform?.destroy()
})

const paths = ['/', '/c/pages', '/c/nobody-here', '/login', '/signup', '/studio', '/r/aaaaaaaaaaaaaaaa', '/no/such/page']

test.each(['en', 'zh-CN'] as const)('pages speak %s, as the browser asks', async (language) => {
  const page = await openPage(browser, platform.url, { language })
  await page.getByTestId('language-switch').waitFor()
  expect(await page.evaluate(() => document.documentElement.lang)).toBe(language)
  const text = await page.locator('body').innerText()
  expect(/[一-鿿]{2,}/.test(text.replace('中文', ''))).toBe(language === 'zh-CN')
  await page.context().close()
})

test('the language can be switched and is remembered', async () => {
  const page = await openPage(browser, platform.url, { language: 'en' })
  await page.getByTestId('language-switch').click()
  await page.waitForFunction(() => document.documentElement.lang === 'zh-CN')
  await page.reload({ waitUntil: 'commit' })
  await page.waitForFunction(() => document.documentElement.lang === 'zh-CN')
  await page.context().close()
})

test.each(paths)('%s fits a phone without sideways scrolling and without an error in the console', async (path) => {
  const page = await openPage(browser, 'about:blank', { phone: true })
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 40[14]/.test(message.text())) errors.push(message.text())
  })
  await page.goto(`${platform.url}${path}`, { waitUntil: 'commit' })
  await page.locator('h1, form, [data-testid="player-video"], [data-testid="player-state"]').first().waitFor({ state: 'attached' })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  expect(errors).toEqual([])
  await page.context().close()
})
