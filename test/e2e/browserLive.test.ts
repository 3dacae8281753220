// A host goes live from a browser; a viewer in another browser sees and hears it.
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { hasAttribute, hearsSound, launchHost, launchViewer, lookAt, openPage, seesMovingPicture } from '../support/browsers.ts'
import { eventually } from '../support/eventually.ts'
import { startPlatform } from '../support/startPlatform.ts'
import type { TestPlatform } from '../support/startPlatform.ts'

let platform: TestPlatform
let hostBrowser: Browser
let viewerBrowser: Browser
let host: Page
let viewer: Page

beforeAll(async () => {
  ;[platform, hostBrowser, viewerBrowser] = await Promise.all([startPlatform({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') }), launchHost(), launchViewer()])
}, 90_000)
afterAll(async () => {
  await Promise.all([hostBrowser?.close(), viewerBrowser?.close()])
  await platform?.destroy()
})

test('a newcomer signs up and opens a channel in the studio', async () => {
  host = await openPage(hostBrowser, `${platform.url}/signup`)
  await host.fill('[name="name"]', 'ada')
  await host.fill('[name="password"]', 'a good password')
  await host.click('form button[type="submit"]')
  await host.waitForURL((url) => url.pathname !== '/signup')
  await host.goto(`${platform.url}/studio`, { waitUntil: 'commit' })
  await host.fill('[name="title"]', 'Ada at the engine')
  await host.fill('[name="name"]', 'ada')
  await host.click('form button[type="submit"]')
  await host.getByTestId('studio-go-live').waitFor({ timeout: 15_000 })
})

test('a viewer who comes early is told the channel is offline', async () => {
  viewer = await openPage(viewerBrowser, `${platform.url}/c/ada`)
  await hasAttribute(viewer, '[data-state]', 'data-state', 'offline')
})

test('the host goes live and the waiting viewer sees a moving picture and hears sound', async () => {
  await host.getByTestId('studio-go-live').click()
  await platform.waitForState('ada', 'live')
  await hasAttribute(viewer, '[data-mode]', 'data-mode', 'webrtc')
  await seesMovingPicture(viewer)
  expect(await hearsSound(viewer)).toBeGreaterThan(0)
  await hasAttribute(viewer, '[data-state]', 'data-state', 'live')
})

test('the viewer sees the measured delay, and it is below a second', async () => {
  await eventually('a delay is shown', async () => Number(await viewer.locator('[data-delay-ms]').first().getAttribute('data-delay-ms')) > 0)
  const delay = Number(await viewer.locator('[data-delay-ms]').first().getAttribute('data-delay-ms'))
  expect(delay).toBeLessThan(1000)
})

test('the quality menu fixes a simulcast layer, and automatic takes the larger one again', async () => {
  const choose = async (which: 'first' | 'last') => {
    await viewer.getByTestId('player-video').hover()
    await viewer.getByTestId('quality-menu').click()
    await viewer.getByRole('menuitemradio')[which]().click()
  }
  const heightIs = (isRight: (height: number) => boolean) => eventually('the picture changes its size', async () => isRight((await lookAt(viewer)).height), 20_000)
  await choose('last')
  await heightIs((height) => height === 180)
  await choose('first')
  await heightIs((height) => height > 180)
})

test('a larger camera picture is told to the viewer without a new broadcast', async () => {
  const sizeIs = (height: number) => eventually(`the picture is said to be ${height} high`, async () => (await platform.json<{ broadcast: { video: { height: number } | null } }>('/api/channels/ada')).broadcast.video?.height === height)
  const offers = async (text: string) => {
    await viewer.getByTestId('player-video').hover()
    await viewer.getByTestId('quality-menu').click()
    await viewer.getByRole('menuitemradio', { name: text, exact: true }).waitFor()
    await viewer.keyboard.press('Escape')
  }
  await sizeIs(720)
  await host.locator('select[name="resolution"]').selectOption('1080p')
  await sizeIs(1080)
  await offers('1080p')
  await host.locator('select[name="resolution"]').selectOption('720p')
  await sizeIs(720)
  await offers('720p')
  await seesMovingPicture(viewer)
})

test('the home page lists the broadcast with its viewer', async () => {
  const home = await openPage(viewerBrowser, platform.url)
  await home.getByTestId('live-card').filter({ hasText: 'Ada at the engine' }).waitFor({ timeout: 15_000 })
  await home.close()
  await eventually('one viewer is counted', async () => (await platform.json<Array<{ viewers: number }>>('/api/live'))[0]?.viewers === 1)
})

test('the same broadcast is there over HLS', async () => {
  await eventually('HLS has segments', async () => {
    const master = await fetch(`${platform.url}/hls/ada/index.m3u8`)
    return master.ok && /#EXT-X-STREAM-INF/.test(await master.text())
  }, 30_000)
  const page = await openPage(viewerBrowser, `${platform.url}/c/ada`)
  await page.getByTestId('mode-menu').click()
  await page.getByRole('menuitemradio', { name: /^HLS/ }).click()
  await hasAttribute(page, '[data-mode]', 'data-mode', 'hls')
  await seesMovingPicture(page, { limitMs: 30_000 })
  await page.context().close()
})

test('the host reloads the page and comes back into the same broadcast', async () => {
  const before = await platform.json<{ broadcast: { id: string } }>('/api/channels/ada')
  await host.reload({ waitUntil: 'commit' })
  await platform.waitForState('ada', 'interrupted')
  await hasAttribute(viewer, '[data-state]', 'data-state', 'interrupted')
  await host.getByTestId('studio-go-live').click()
  await platform.waitForState('ada', 'live')
  await seesMovingPicture(viewer)
  expect((await platform.json<{ broadcast: { id: string } }>('/api/channels/ada')).broadcast.id).toBe(before.broadcast.id)
})

test('a host who would leave the studio while live is asked first', async () => {
  await host.locator('header a[href="/"]').first().click()
  await host.getByRole('dialog').getByText('Leave the studio?').waitFor()
  await host.keyboard.press('Escape')
  expect(new URL(host.url()).pathname).toBe('/studio')
  expect(await platform.stateOf('ada')).toBe('live')
})

test('the host ends it and the viewer is told at once', async () => {
  await host.getByTestId('studio-end').click()
  await host.getByRole('dialog').getByRole('button').last().click()
  await hasAttribute(viewer, '[data-state]', 'data-state', 'ended', 5000)
  expect(await platform.stateOf('ada')).toBe('offline')
})
