// Whatever process dies, the picture comes back by itself.
import { execFileSync } from 'node:child_process'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { hasAttribute, launchHost, launchViewer, lookAt, openPage, seesMovingPicture } from '../support/browsers.ts'
import { eventually } from '../support/eventually.ts'
import { listedSegments } from '../support/listedSegments.ts'
import { startPush } from '../support/pushMedia.ts'
import type { MediaPush } from '../support/pushMedia.ts'
import { startPlatform } from '../support/startPlatform.ts'
import type { CreatedChannel, TestPlatform } from '../support/startPlatform.ts'

let platform: TestPlatform
let browser: Browser
let hostBrowser: Browser
let channel: CreatedChannel
let push: MediaPush
let viewer: Page

beforeAll(async () => {
  ;[platform, browser, hostBrowser] = await Promise.all([startPlatform({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl'), env: { GRACE_SECONDS: '60' } }), launchViewer(), launchHost()])
  channel = await platform.createChannel('survivor')
  push = startPush({ url: `${channel.rtmpUrl}/${channel.streamKey}`, maxSeconds: 300 })
  await platform.waitForState('survivor', 'live')
  viewer = await openPage(browser, channel.watchUrl.replace('localhost', '127.0.0.1'))
  await seesMovingPicture(viewer)
}, 120_000)
afterAll(async () => {
  await push?.kill()
  await Promise.all([browser?.close(), hostBrowser?.close()])
  await platform?.destroy()
})

/** Ids of the processes below another, that have `name` in their command line. */
function childrenOf(pid: number, name: string): number[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n')
  return lines.flatMap((line) => {
    const [, id, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
    return Number(parent) === pid && command?.includes(name) ? [Number(id)] : []
  })
}

async function killAndReturn(kill: () => Promise<void> | void, limitMs = 25_000): Promise<void> {
  const broadcast = await platform.json<{ broadcast: { id: string } }>('/api/channels/survivor')
  await kill()
  await eventually('the picture stands still', async () => {
    const first = await lookAt(viewer)
    await viewer.waitForTimeout(700)
    return (await lookAt(viewer)).frames === first.frames || first.frames === 0
  }).catch(() => undefined)
  await eventually('it is live again', async () => (await platform.stateOf('survivor')) === 'live', limitMs)
  await seesMovingPicture(viewer, { limitMs })
  const after = await platform.json<{ broadcast: { id: string } }>('/api/channels/survivor')
  expect(after.broadcast.id).toBe(broadcast.broadcast.id)
}

test('a killed relay ffmpeg', async () => {
  const bridge = await platform.pidOf('bridge')
  const relays = childrenOf(bridge, 'ffmpeg').filter((pid) => childrenOf(bridge, 'rtp://').includes(pid))
  expect(relays.length).toBeGreaterThan(0)
  await killAndReturn(() => relays.forEach((pid) => process.kill(pid, 'SIGKILL')))
})

test('a killed packaging ffmpeg: HLS goes on, and WebRTC never stopped', async () => {
  const segments = () => listedSegments(platform.url, 'survivor')
  await eventually('HLS has segments', async () => (await segments()).length > 0, 30_000)
  const packagers = childrenOf(await platform.pidOf('bridge'), '-f hls')
  expect(packagers.length).toBeGreaterThan(0)
  const before = await segments()
  let last = await lookAt(viewer)
  let movedAt = Date.now()
  let longestStillMs = 0
  packagers.forEach((pid) => process.kill(pid, 'SIGKILL'))
  await eventually('another packager’s segments are listed', async () => {
    const now = await lookAt(viewer)
    if (now.frames !== last.frames) movedAt = Date.now()
    longestStillMs = Math.max(longestStillMs, Date.now() - movedAt)
    last = now
    // The one that was being written when ffmpeg died may still be listed of the old run.
    return (await segments()).filter((segment) => !before.includes(segment)).length >= 2
  }, 40_000)
  expect(longestStillMs).toBeLessThan(2_000)
  expect(await viewer.locator('[data-state]').first().getAttribute('data-state')).toBe('live')
})

test('a killed media worker, of which the metrics tell', async () => {
  const workers = childrenOf(await platform.pidOf('server'), 'mediasoup-worker')
  expect(workers.length).toBe(2)
  await killAndReturn(() => workers.forEach((pid) => process.kill(pid, 'SIGKILL')))
  expect(await (await fetch(`${platform.url}/metrics`)).text()).toMatch(/footlight_worker_deaths [12]/)
})

test('a killed server: RTMP stays, the page reconnects, the picture is back within 3 s of the server’s return', async () => {
  await platform.kill('server')
  await eventually('the server is gone', async () => !(await fetch(`${platform.url}/healthz`).catch(() => undefined))?.ok)
  await eventually('the server is back', async () => (await fetch(`${platform.url}/healthz`)).ok, 20_000)
  const returned = Date.now()
  await eventually('frames move', async () => {
    const first = await lookAt(viewer)
    await viewer.waitForTimeout(200)
    return (await lookAt(viewer)).frames > first.frames && first.frames > 0
  }, 20_000)
  // Three seconds, and as many again for a test machine that runs four browsers on two cores.
  expect(Date.now() - returned).toBeLessThan(6000)
  await platform.waitForState('survivor', 'live')
})

test('a killed bridge: OBS reconnects and the broadcast goes on', async () => {
  const old = await platform.pidOf('bridge')
  await killAndReturn(async () => {
    await platform.kill('bridge')
    await push.exited
    await eventually('the bridge is back', async () => (await platform.pidOf('bridge')) !== old && (await platform.json<{ bridges: number }>('/readyz')).bridges === 1, 20_000)
    push = startPush({ url: `${channel.rtmpUrl}/${channel.streamKey}`, maxSeconds: 300 })
  })
})

test('a browser host whose bridge dies keeps its viewers, and HLS comes back', async () => {
  const { password } = await platform.createChannel('camera')
  const host = await openPage(hostBrowser, `${platform.url}/login`)
  await host.fill('[name="name"]', 'camera')
  await host.fill('[name="password"]', password)
  await host.click('form button[type="submit"]')
  await host.waitForURL((url) => url.pathname !== '/login')
  await host.goto(`${platform.url}/studio`, { waitUntil: 'commit' })
  await host.getByTestId('studio-go-live').click()
  await platform.waitForState('camera', 'live')
  const page = await openPage(browser, `${platform.url}/c/camera`)
  await seesMovingPicture(page)
  await eventually('HLS has segments', async () => (await listedSegments(platform.url, 'camera')).length > 0, 30_000)
  const before = await listedSegments(platform.url, 'camera')
  await platform.kill('bridge')
  await seesMovingPicture(page)
  await eventually('HLS has new segments', async () => (await listedSegments(platform.url, 'camera')).some((segment) => !before.includes(segment)), 40_000)
  await hasAttribute(page, '[data-state]', 'data-state', 'live')
}, 180_000)
