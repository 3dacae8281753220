// A channel that is live is shared, seen by a crawler, and plays inside another site's page.
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchViewer, openPage } from '../support/browsers.ts'
import { startPush } from '../support/pushMedia.ts'
import type { MediaPush } from '../support/pushMedia.ts'
import { startPlatform } from '../support/startPlatform.ts'
import type { CreatedChannel, TestPlatform } from '../support/startPlatform.ts'

const TITLE = '深夜 guitar & <friends>'
let platform: TestPlatform
let browser: Browser
let push: MediaPush
/** Another site, by its name another origin. */
let site: Server
let code = ''

beforeAll(async () => {
  ;[platform, browser] = await Promise.all([startPlatform({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') }), launchViewer()])
  const channel = await platform.cli<CreatedChannel>('channel', 'create', 'shared', '--title', TITLE)
  push = startPush({ url: `${channel.rtmpUrl}/${channel.streamKey}`, maxSeconds: 90 })
  site = createServer((_, answer) => answer.setHeader('content-type', 'text/html; charset=utf-8').end(`<!doctype html><title>A blog</title><h1>A blog</h1>${code}`))
  await Promise.all([platform.waitForState('shared', 'live'), new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))])
}, 60_000)
afterAll(async () => {
  site?.close()
  await browser?.close()
  await push?.stop()
  await platform?.destroy()
})

const openDialog = async (page: Page) => {
  await page.getByTestId('share').click()
  await page.getByTestId('share-dialog').waitFor()
}

test('the dialog has the link, a QR code, the networks, the embed code and a poster', async () => {
  const page = await openPage(browser, `${platform.url}/c/shared`)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: platform.url })
  await openDialog(page)
  await page.getByTestId('share-dialog').getByTestId('qr-code').waitFor()
  await page.getByTestId('share-copy').click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(`${platform.url}/c/shared`)
  const address = encodeURIComponent(`${platform.url}/c/shared`)
  for (const network of ['weibo', 'x', 'telegram']) expect(await page.getByTestId(`share-${network}`).getAttribute('href'), network).toContain(address)
  await page.getByTestId('share-wechat').click()
  expect(await page.getByTestId('share-wechat').getAttribute('aria-pressed')).toBe('true')
  await page.getByTestId('share-tab-poster').click()
  await page.locator('[data-testid="poster"][data-state="there"]').waitFor({ timeout: 15_000 })
  expect(await page.getByTestId('poster').evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight])).toEqual([900, 1200])
  await page.getByTestId('share-tab-embed').click()
  code = await page.getByTestId('embed-code').inputValue()
  expect(code).toContain(`src="${platform.url}/embed/shared"`)
  await page.keyboard.press('Escape')
  await page.getByTestId('share-dialog').waitFor({ state: 'detached' })
  await page.context().close()
})

test('the embed code plays the live picture in a page of another origin', async () => {
  const page = await openPage(browser, `http://localhost:${(site.address() as AddressInfo).port}/`)
  const player = page.frameLocator('iframe')
  await player.getByTestId('embed').waitFor({ timeout: 15_000 })
  const start = player.getByTestId('embed-start')
  if (await start.isVisible()) await start.click()
  await expect.poll(() => player.getByTestId('player-video').evaluate((video: HTMLVideoElement) => video.getVideoPlaybackQuality().totalVideoFrames), { timeout: 20_000 }).toBeGreaterThan(10)
  await player.locator('[data-testid="player"][data-state="live"]').waitFor()
  await page.context().close()
})

test('the player also plays where the browser blocks storage in foreign frames', async () => {
  const page = await openPage(browser, 'about:blank')
  await page.addInitScript(() => {
    if (self !== top) Object.defineProperty(window, 'localStorage', { get: () => { throw new DOMException('blocked', 'SecurityError') } })
  })
  await page.goto(`http://localhost:${(site.address() as AddressInfo).port}/`, { waitUntil: 'commit' })
  const player = page.frameLocator('iframe')
  const start = player.getByTestId('embed-start')
  await player.getByTestId('embed').waitFor({ timeout: 15_000 })
  if (await start.isVisible()) await start.click()
  await player.locator('[data-testid="player"][data-state="live"]').waitFor({ timeout: 20_000 })
  await page.context().close()
})

test('only the embeddable player says who may frame it', async () => {
  const policyOf = async (path: string) => (await fetch(`${platform.url}${path}`)).headers.get('content-security-policy') ?? ''
  expect(await policyOf('/embed/shared')).toMatch(/frame-ancestors (?!'none')/)
  expect(await policyOf('/c/shared')).toContain("frame-ancestors 'none'")
})

test('a crawler without JavaScript sees title and picture, and the picture is there', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${platform.url}/c/shared`)
  const meta = (name: string) => page.locator(`meta[property="${name}"]`).getAttribute('content')
  expect(await page.title()).toContain(TITLE)
  expect(await meta('og:title')).toBe(`${TITLE} · shared`)
  const picture = await fetch((await meta('og:image')) ?? '')
  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
  await context.close()
})

test('an unknown channel has no player, in a frame or out of it', async () => {
  const page = await openPage(browser, `${platform.url}/embed/nobody-here`)
  await page.getByTestId('embed-missing').waitFor()
  await page.goto(`${platform.url}/c/nobody-here`, { waitUntil: 'commit' })
  await page.locator('a[href="/"]').nth(1).waitFor()
  expect(await page.getByTestId('player-video').count()).toBe(0)
  await page.context().close()
})
