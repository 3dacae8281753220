// A broadcast that was recorded is kept as a replay that plays and seeks.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { ReplayView } from '../../server/contract/http.ts'
import { launchViewer, lookAt, openPage, seesMovingPicture } from '../support/browsers.ts'
import { eventually } from '../support/eventually.ts'
import { startPush } from '../support/pushMedia.ts'
import { startPlatform } from '../support/startPlatform.ts'
import type { CreatedChannel, TestPlatform } from '../support/startPlatform.ts'

const run = promisify(execFile)
let platform: TestPlatform
let browser: Browser
let channel: CreatedChannel
let replay: ReplayView

beforeAll(async () => {
  ;[platform, browser] = await Promise.all([startPlatform({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') }), launchViewer()])
  channel = await platform.createChannel('keeper')
}, 90_000)
afterAll(async () => {
  await browser?.close()
  await platform?.destroy()
})

test('after the end of a recorded broadcast its replay becomes ready', async () => {
  const push = startPush({ url: `${channel.rtmpUrl}/${channel.streamKey}`, maxSeconds: 60 })
  await platform.waitForState('keeper', 'live')
  const { broadcast } = await platform.json<{ broadcast: { id: string } }>('/api/channels/keeper')
  await new Promise((resolve) => setTimeout(resolve, 12_000))
  await push.stop()
  await platform.waitForState('keeper', 'offline')
  await eventually('the replay is ready', async () => {
    replay = await platform.json<ReplayView>(`/api/replays/${broadcast.id}`)
    return replay.state === 'ready'
  }, 40_000)
  expect(replay.durationMs).toBeGreaterThan(8000)
  expect(replay.durationMs).toBeLessThan(20_000)
}, 120_000)

test('its MP4 is whole, starts fast and has picture and sound', async () => {
  // The replay plays as soon as its playlist is there; the MP4 follows.
  await eventually('the MP4 is there', async () => {
    replay = await platform.json<ReplayView>(`/api/replays/${replay.broadcastId}`)
    return replay.mp4Url !== null
  }, 30_000)
  const { stdout } = await run('ffprobe', ['-v', 'error', '-show_streams', '-show_format', '-of', 'json', `${platform.url}${replay.mp4Url}`])
  const { streams, format } = JSON.parse(stdout) as { streams: Array<{ codec_name: string }>; format: { duration: string } }
  expect(streams.map(({ codec_name }) => codec_name).sort()).toEqual(['aac', 'h264'])
  expect(Number(format.duration)).toBeGreaterThan(8)
  const head = await fetch(`${platform.url}${replay.mp4Url}`, { headers: { range: 'bytes=0-65535' } })
  expect(head.status).toBe(206)
  const text = Buffer.from(await head.arrayBuffer()).toString('latin1')
  expect(text.indexOf('moov')).toBeGreaterThan(0)
})

test('its poster is a picture', async () => {
  const response = await fetch(`${platform.url}${replay.posterUrl}`)
  expect(response.headers.get('content-type')).toBe('image/jpeg')
})

test('the replay page plays it and seeks in it', async () => {
  const page = await openPage(browser, `${platform.url}/r/${replay.broadcastId}`)
  const video = page.getByTestId('player-video')
  await video.waitFor({ state: 'attached' })
  await eventually('it plays', () =>
    page.evaluate(async () => {
      const player = document.querySelector<HTMLVideoElement>('[data-testid="player-video"]')
      if (player) player.muted = true
      await player?.play()
      return true
    }),
  )
  await seesMovingPicture(page)
  await page.evaluate(() => {
    const player = document.querySelector<HTMLVideoElement>('[data-testid="player-video"]')
    if (player) player.currentTime = 6
  })
  await eventually('it plays on from there', async () => (await lookAt(page)).time > 6.2)
})

test('while there is no MP4 the page plays all the same and says so', async () => {
  const page = await openPage(browser, 'about:blank')
  let prepared = false
  await page.route('**/api/replays/*', (route) => (prepared ? route.continue() : route.fulfill({ json: { ...replay, mp4Url: null } })))
  await page.goto(`${platform.url}/r/${replay.broadcastId}`, { waitUntil: 'commit' })
  await page.getByText('No MP4 to download yet').waitFor({ timeout: 15_000 })
  await seesMovingPicture(page)
  prepared = true
  await page.getByTestId('download').waitFor({ timeout: 20_000 })
  await page.context().close()
})

test('the channel page lists the replay', async () => {
  const page = await openPage(browser, `${platform.url}/c/keeper`)
  await page.locator(`a[href="/r/${replay.broadcastId}"]`).first().waitFor({ timeout: 15_000 })
})
