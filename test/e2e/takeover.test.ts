// The newest connection of a host takes over, from whatever source to whatever source, and viewers stay.
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchHost, launchViewer, openPage, seesMovingPicture } from '../support/browsers.ts'
import { eventually } from '../support/eventually.ts'
import { listedSegments } from '../support/listedSegments.ts'
import { startPush } from '../support/pushMedia.ts'
import type { MediaPush } from '../support/pushMedia.ts'
import { startPlatform } from '../support/startPlatform.ts'
import type { CreatedChannel, TestPlatform } from '../support/startPlatform.ts'

let platform: TestPlatform
let hostBrowser: Browser
let viewerBrowser: Browser
let channel: CreatedChannel
let host: Page
let viewer: Page
let push: MediaPush | undefined
let broadcastId: string

type Seen = { broadcast: { id: string; source: string; state: string } }
const seen = async () => (await platform.json<Seen>('/api/channels/traveller')).broadcast

beforeAll(async () => {
  ;[platform, hostBrowser, viewerBrowser] = await Promise.all([startPlatform({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') }), launchHost(), launchViewer()])
  channel = await platform.createChannel('traveller')
  host = await openPage(hostBrowser, `${platform.url}/login`)
  await host.fill('[name="name"]', channel.owner)
  await host.fill('[name="password"]', channel.password)
  await host.click('form button[type="submit"]')
  await host.waitForURL((url) => url.pathname !== '/login')
  await host.goto(`${platform.url}/studio`, { waitUntil: 'commit' })
  await host.getByTestId('studio-go-live').click()
  await platform.waitForState('traveller', 'live')
  broadcastId = (await seen()).id
  viewer = await openPage(viewerBrowser, `${platform.url}/c/traveller`)
  await seesMovingPicture(viewer)
  await eventually('HLS has segments', async () => (await listedSegments(platform.url, 'traveller')).length > 0, 30_000)
}, 150_000)
afterAll(async () => {
  await push?.kill()
  await Promise.all([hostBrowser?.close(), viewerBrowser?.close()])
  await platform?.destroy()
})

/** The new source is what everyone gets: the page by WebRTC, and HLS with new segments. */
async function goesOnFrom(source: string): Promise<void> {
  await eventually(`it comes by ${source}`, async () => {
    const { source: now, state } = await seen()
    return now === source && state === 'live'
  })
  const before = await listedSegments(platform.url, 'traveller')
  await seesMovingPicture(viewer)
  await eventually('HLS goes on', async () => (await listedSegments(platform.url, 'traveller')).filter((segment) => !before.includes(segment)).length >= 2, 40_000)
  await seesMovingPicture(viewer)
  expect((await seen()).id).toBe(broadcastId)
}

test('OBS takes over from the browser', async () => {
  push = startPush({ url: `${channel.rtmpUrl}/${channel.streamKey}`, maxSeconds: 120 })
  await goesOnFrom('rtmp')
})

test('the browser takes over from OBS, which is told and closed', async () => {
  await host.getByTestId('studio-go-live').click()
  await goesOnFrom('browser')
  await push?.exited
})
