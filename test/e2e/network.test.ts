// A network that goes away, comes back or changes under a page costs a moment of the picture, never WebRTC.
import type { Browser, Page, WebSocketRoute } from 'playwright'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { hasAttribute, launchHost, launchViewer, lookAt, openPage, seesMovingPicture } from '../support/browsers.ts'
import { eventually } from '../support/eventually.ts'
import { startPush } from '../support/pushMedia.ts'
import type { MediaPush } from '../support/pushMedia.ts'
import { startPlatform } from '../support/startPlatform.ts'
import type { CreatedChannel, TestPlatform } from '../support/startPlatform.ts'

let platform: TestPlatform
let browser: Browser
let hostBrowser: Browser
let channel: CreatedChannel
let push: MediaPush

beforeAll(async () => {
  ;[platform, browser, hostBrowser] = await Promise.all([startPlatform({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl'), env: { GRACE_SECONDS: '60' } }), launchViewer(), launchHost()])
  channel = await platform.createChannel('roamer')
  push = startPush({ url: `${channel.rtmpUrl}/${channel.streamKey}`, maxSeconds: 300 })
  await platform.waitForState('roamer', 'live')
}, 120_000)
afterAll(async () => {
  await push?.kill()
  await Promise.all([browser?.close(), hostBrowser?.close()])
  await platform?.destroy()
})

/** How often the page asked for something, by what went over its WebSockets. */
type Asked = (request: string) => number

/** Watches what a page says, and can make its present WebSocket fall silent as an address that changed does: it stays open. */
async function overhear(page: Page): Promise<{ asked: Asked; fallSilent: () => void }> {
  const said: string[] = []
  const silent = new Set<WebSocketRoute>()
  const open = new Set<WebSocketRoute>()
  await page.routeWebSocket(/\/socket\.io\//, (route) => {
    const server = route.connectToServer()
    open.add(route)
    route.onMessage((message) => {
      said.push(String(message))
      if (!silent.has(route)) server.send(message)
    })
    server.onMessage((message) => {
      if (!silent.has(route)) route.send(message)
    })
  })
  return { asked: (request) => said.filter((message) => message.includes(`["${request}"`)).length, fallSilent: () => open.forEach((route) => silent.add(route)) }
}

const networkChanges = (page: Page) => page.evaluate(() => void window.dispatchEvent(new Event('online')))

/** More frames than now. */
async function seesMore(page: Page): Promise<void> {
  const { frames } = await lookAt(page)
  await eventually('more frames are shown', async () => {
    const now = await lookAt(page)
    return now.frames > frames + 10 || (now.frames < frames && now.frames > 10)
  }, 20_000)
}

test('a page that loses its network for some seconds is live by WebRTC again', async () => {
  const page = await openPage(browser, `${platform.url}/c/roamer`)
  await seesMovingPicture(page)
  await page.context().setOffline(true)
  await eventually('the server cannot be reached', () => page.evaluate(() => fetch('/healthz').then(() => false, () => true)))
  await page.waitForTimeout(4_000)
  await page.context().setOffline(false)
  await hasAttribute(page, '[data-state]', 'data-state', 'live')
  await seesMovingPicture(page)
  await seesMore(page)
  await hasAttribute(page, '[data-mode]', 'data-mode', 'webrtc')
  await page.context().close()
})

test('a changed network restarts ICE, on the same transport, and the picture goes on', async () => {
  const page = await openPage(browser, 'about:blank')
  const { asked } = await overhear(page)
  await page.goto(channel.watchUrl.replace('localhost', '127.0.0.1'), { waitUntil: 'commit' })
  await seesMovingPicture(page)
  const watched = asked('watch')
  await networkChanges(page)
  await eventually('ICE was restarted', () => asked('watch:restart-ice') > 0)
  await seesMore(page)
  expect(asked('watch')).toBe(watched)
  await hasAttribute(page, '[data-mode]', 'data-mode', 'webrtc')
  await page.context().close()
})

test('a socket that fell silent with the old address is given up at the ICE restart, and WebRTC stays', async () => {
  const page = await openPage(browser, 'about:blank')
  const { asked, fallSilent } = await overhear(page)
  await page.goto(channel.watchUrl.replace('localhost', '127.0.0.1'), { waitUntil: 'commit' })
  await seesMovingPicture(page)
  const watched = asked('watch')
  fallSilent()
  await networkChanges(page)
  // Socket.IO itself would need up to 18 s to notice.
  await eventually('the page asks anew', () => asked('watch') > watched, 10_000)
  await seesMovingPicture(page)
  await hasAttribute(page, '[data-mode]', 'data-mode', 'webrtc')
  await hasAttribute(page, '[data-state]', 'data-state', 'live')
  await page.context().close()
})

test('a host whose network changes, and whose socket falls silent, stays in the same broadcast', async () => {
  const { password } = await platform.createChannel('walker')
  const host = await openPage(hostBrowser, 'about:blank')
  const { asked, fallSilent } = await overhear(host)
  await host.goto(`${platform.url}/login?next=/studio`, { waitUntil: 'commit' })
  await host.fill('[name="name"]', 'walker')
  await host.fill('[name="password"]', password)
  await host.click('form button[type="submit"]')
  await host.getByTestId('studio-go-live').click()
  await platform.waitForState('walker', 'live')
  const before = await platform.json<{ broadcast: { id: string } }>('/api/channels/walker')
  const viewer = await openPage(browser, `${platform.url}/c/walker`)
  await seesMovingPicture(viewer)

  await networkChanges(host)
  await eventually('ICE was restarted', () => asked('publish:restart-ice') > 0)
  await seesMore(viewer)
  expect(asked('publish')).toBe(1)

  fallSilent()
  await networkChanges(host)
  await eventually('the studio asks anew', () => asked('publish') > 1, 10_000)
  await platform.waitForState('walker', 'live')
  await seesMovingPicture(viewer)
  await seesMore(viewer)
  expect((await platform.json<{ broadcast: { id: string } }>('/api/channels/walker')).broadcast.id).toBe(before.broadcast.id)
  await Promise.all([host.context().close(), viewer.context().close()])
}, 180_000)
