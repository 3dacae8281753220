// A viewer follows, and hears of it on another page within seconds when the host goes live: once a broadcast, however often it is interrupted.
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { hasAttribute, launchHost, launchViewer, openPage } from '../support/browsers.ts'
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

async function signUp(page: Page, name: string): Promise<void> {
  await page.fill('[name="name"]', name)
  await page.fill('[name="password"]', 'a good password')
  await page.click('form button[type="submit"]')
  await page.waitForURL((url) => url.pathname !== '/signup')
}
const unread = (page: Page) => page.getByTestId('bell').getAttribute('data-unread')

test('the host announces a show in the studio', async () => {
  host = await openPage(hostBrowser, `${platform.url}/signup`)
  await signUp(host, 'ada')
  const opened = await host.request.post(`${platform.url}/api/channels`, { data: { name: 'ada', title: 'Ada at the engine', category: 'talk' }, headers: { origin: platform.url } })
  expect(opened.status()).toBe(201)
  await host.goto(`${platform.url}/studio?tab=schedule`, { waitUntil: 'commit' })
  const form = host.locator('form').filter({ has: host.getByTestId('announce') })
  await form.locator('[name="title"]').fill('The first programme')
  await form.getByTestId('announce').click()
  await host.getByTestId('announced').filter({ hasText: 'The first programme' }).waitFor()
})

test('a viewer sees the countdown on the offline channel, sets a reminder and follows', async () => {
  viewer = await openPage(viewerBrowser, `${platform.url}/signup`)
  await signUp(viewer, 'vera')
  await viewer.goto(`${platform.url}/c/ada`, { waitUntil: 'commit' })
  await viewer.getByTestId('next-show').filter({ hasText: 'The first programme' }).waitFor()
  expect(Number(await viewer.getByTestId('countdown').getAttribute('data-left'))).toBeGreaterThan(3600)
  await viewer.getByTestId('remind').click()
  await hasAttribute(viewer, '[data-testid="remind"]', 'data-reminding', 'true')
  await viewer.getByTestId('follow').click()
  await hasAttribute(viewer, '[data-testid="follow"]', 'data-following', 'true')
  await viewer.getByTestId('live-notices').waitFor()
})

test('the host’s page counts the follower, and the bell tells the host of it', async () => {
  await eventually('the host’s bell rings', async () => (await unread(host)) === '1')
  await host.getByTestId('bell').click()
  await host.getByTestId('notification').filter({ hasText: 'vera' }).waitFor()
  await eventually('seen is read', async () => (await unread(host)) === '0')
  await host.keyboard.press('Escape')
  await viewer.goto(`${platform.url}/u/ada`, { waitUntil: 'commit' })
  await hasAttribute(viewer, '[data-testid="count-followers"]', 'data-count', '1')
})

test('the host goes live, and the viewer’s bell on another page shows it within seconds and leads to the channel', async () => {
  await host.goto(`${platform.url}/studio`, { waitUntil: 'commit' })
  await host.getByTestId('studio-go-live').click()
  await platform.waitForState('ada', 'live')
  await eventually('the bell rings', async () => (await unread(viewer)) === '1', 10_000)
  await viewer.getByTestId('bell').click()
  await viewer.getByTestId('notification').filter({ hasText: 'Ada at the engine' }).click()
  await viewer.waitForURL(`${platform.url}/c/ada`)
  expect(await viewer.getByTestId('next-show').count()).toBe(0)
})

test('followed channels on air come first on the page of those one follows', async () => {
  await viewer.goto(`${platform.url}/following`, { waitUntil: 'commit' })
  await viewer.getByTestId('followed-live').filter({ hasText: 'Ada at the engine' }).waitFor()
  await viewer.locator('[data-testid="person"][data-name="ada"]').waitFor()
})

test('an interrupted broadcast that goes on is no second notification', async () => {
  const { broadcast } = await platform.json<{ broadcast: { id: string } }>('/api/channels/ada')
  await host.context().setOffline(true)
  await platform.kill('server')
  await eventually('the server is back and the broadcast waits', async () => (await platform.stateOf('ada')) === 'interrupted', 40_000)
  await host.context().setOffline(false)
  await platform.waitForState('ada', 'live', 40_000)
  expect((await platform.json<{ broadcast: { id: string } }>('/api/channels/ada')).broadcast.id).toBe(broadcast.id)
  await viewer.goto(`${platform.url}/notifications`, { waitUntil: 'commit' })
  await viewer.getByTestId('notification').first().waitFor()
  expect(await viewer.locator('[data-testid="notification"][data-kind="live"]').count()).toBe(1)
})
