// OBS's way in: a real RTMP push by ffmpeg, watched by WebRTC, HLS and HTTP-FLV.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest'
import type { BroadcastId } from '../../server/contract/ids.ts'
import { openRedis } from '../../server/core/openRedis.ts'
import { NoticeBoard } from '../../server/live/NoticeBoard.ts'
import { hasAttribute, hearsSound, launchViewer, openPage, seesMovingPicture } from '../support/browsers.ts'
import { eventually } from '../support/eventually.ts'
import { startPush } from '../support/pushMedia.ts'
import type { MediaPush, PushOptions } from '../support/pushMedia.ts'
import { startPlatform } from '../support/startPlatform.ts'
import type { CreatedChannel, TestPlatform } from '../support/startPlatform.ts'

const run = promisify(execFile)
let platform: TestPlatform
let browser: Browser
const pushes: MediaPush[] = []

beforeAll(async () => {
  ;[platform, browser] = await Promise.all([startPlatform({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') }), launchViewer()])
}, 90_000)
afterEach(async () => {
  await Promise.all(pushes.splice(0).map((push) => push.kill()))
  await Promise.all(browser.contexts().map((context) => context.close()))
})
afterAll(async () => {
  await browser?.close()
  await platform?.destroy()
})

function push(channel: CreatedChannel, options: Partial<PushOptions> = {}): MediaPush {
  const started = startPush({ url: `${channel.rtmpUrl}/${channel.streamKey}`, maxSeconds: 90, ...options })
  pushes.push(started)
  return started
}
const watch = (channel: CreatedChannel): Promise<Page> => openPage(browser, `${platform.url}/c/${channel.channel}`)

async function probe(url: string): Promise<Array<{ codec_name: string; width?: number; has_b_frames?: number }>> {
  const { stdout } = await run('ffprobe', ['-v', 'error', '-show_streams', '-of', 'json', '-rw_timeout', '15000000', url], { timeout: 30_000 })
  return (JSON.parse(stdout) as { streams: Array<{ codec_name: string; width?: number }> }).streams
}

test('a push is watched by WebRTC with picture and sound', async () => {
  const channel = await platform.createChannel('rtmp-webrtc')
  push(channel)
  await platform.waitForState(channel.channel, 'live')
  const page = await watch(channel)
  await hasAttribute(page, '[data-mode]', 'data-mode', 'webrtc')
  expect(await seesMovingPicture(page)).toMatchObject({ width: 640, height: 360 })
  expect(await hearsSound(page)).toBeGreaterThan(0)
})

test('the same push plays over HLS, and every segment passes ffprobe', async () => {
  const channel = await platform.createChannel('rtmp-hls')
  push(channel)
  await platform.waitForState(channel.channel, 'live')
  await eventually('HLS is there', async () => (await fetch(channel.hlsUrl)).ok, 20_000)
  const master = await fetch(channel.hlsUrl)
  expect(master.headers.get('content-type')).toBe('application/vnd.apple.mpegurl')
  expect(master.headers.get('access-control-allow-origin')).toBe('*')
  expect(await probe(channel.hlsUrl)).toEqual(expect.arrayContaining([expect.objectContaining({ codec_name: 'h264', width: 640 }), expect.objectContaining({ codec_name: 'aac' })]))
  const page = await watch(channel)
  await page.getByTestId('mode-menu').click()
  await page.getByRole('menuitemradio', { name: /^HLS/ }).click()
  await hasAttribute(page, '[data-mode]', 'data-mode', 'hls')
  await seesMovingPicture(page, { limitMs: 30_000 })
})

test('the same push plays over HTTP-FLV, from a keyframe at once', async () => {
  const channel = await platform.createChannel('rtmp-flv')
  push(channel)
  await platform.waitForState(channel.channel, 'live')
  await eventually('the bridge has told what it holds', async () => {
    const response = await fetch(channel.flvUrl)
    await response.body?.cancel()
    return response.ok
  })
  const { stdout } = await run('ffprobe', ['-v', 'error', '-select_streams', 'v', '-show_entries', 'packet=flags', '-read_intervals', '%+#3', '-of', 'csv=p=0', channel.flvUrl], { timeout: 30_000 })
  expect(stdout.split('\n')[0]).toMatch(/^K/)
  expect((await probe(channel.flvUrl)).map(({ codec_name }) => codec_name).sort()).toEqual(['aac', 'h264'])
})

test('a push with B-frames arrives without disorder, and the host is told what to change', async () => {
  const channel = await platform.createChannel('rtmp-bframes')
  push(channel, { video: 'bframes' })
  await platform.waitForState(channel.channel, 'live')
  const page = await watch(channel)
  await seesMovingPicture(page)
  // Frames shown out of order run the burnt-in clock backwards: the presented media time never does.
  const backwards = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const video = document.querySelector<HTMLVideoElement>('[data-testid="player-video"]')
        let last = -1
        let wrong = 0
        let seen = 0
        const look = (_now: number, { rtpTimestamp = 0 }: VideoFrameCallbackMetadata) => {
          if (rtpTimestamp < last) wrong += 1
          last = rtpTimestamp
          if ((seen += 1) === 50) return resolve(wrong)
          video?.requestVideoFrameCallback(look)
        }
        video?.requestVideoFrameCallback(look)
      }),
  )
  expect(backwards).toBe(0)
  const { broadcast } = await platform.json<{ broadcast: { id: BroadcastId } }>(`/api/channels/${channel.channel}`)
  const redis = openRedis({ url: inject('redisUrl'), onError: () => undefined })
  expect(await new NoticeBoard({ redis }).of(broadcast.id)).toMatchObject([{ code: 'transcoding', detail: 'b-frames' }])
  await redis.quit()
})

test('a viewer whose network lets no WebRTC through gets HLS, and is told so', async () => {
  const channel = await platform.createChannel('rtmp-firewall')
  push(channel)
  await platform.waitForState(channel.channel, 'live')
  await eventually('HLS is there', async () => (await fetch(channel.hlsUrl)).ok, 20_000)
  const context = await browser.newContext({ locale: 'en' })
  await context.addInitScript(() => {
    // A firewall: no candidate of the server's is ever reached.
    const set = RTCPeerConnection.prototype.setRemoteDescription as (description: RTCSessionDescriptionInit) => Promise<void>
    RTCPeerConnection.prototype.setRemoteDescription = function (this: RTCPeerConnection, description: RTCSessionDescriptionInit) {
      return set.call(this, { type: description.type, sdp: description.sdp?.replace(/a=candidate.*\r\n/g, '') ?? '' })
    } as typeof RTCPeerConnection.prototype.setRemoteDescription
  })
  const page = await context.newPage()
  await page.goto(`${platform.url}/c/${channel.channel}`, { waitUntil: 'commit' })
  await hasAttribute(page, '[data-mode]', 'data-mode', 'hls', 15_000)
  await page.getByText(/plays over HLS/).waitFor()
  await seesMovingPicture(page, { limitMs: 30_000 })
})

test('a wrong key is refused with a reason, and nothing goes live', async () => {
  const channel = await platform.createChannel('rtmp-wrong')
  const refused = push({ ...channel, streamKey: 'live_not-the-key' })
  const { code } = await refused.exited
  expect(code).not.toBe(0)
  expect(await platform.stateOf(channel.channel)).toBe('offline')
})

test('a drop is an interruption: back within the grace time it is the same broadcast', async () => {
  const channel = await platform.createChannel('rtmp-drop')
  const first = push(channel)
  await platform.waitForState(channel.channel, 'live')
  const page = await watch(channel)
  await seesMovingPicture(page)
  const before = await platform.json<{ broadcast: { id: string } }>(`/api/channels/${channel.channel}`)
  await first.kill()
  await hasAttribute(page, '[data-state]', 'data-state', 'interrupted')
  push(channel)
  await platform.waitForState(channel.channel, 'live')
  await seesMovingPicture(page)
  const after = await platform.json<{ broadcast: { id: string } }>(`/api/channels/${channel.channel}`)
  expect(after.broadcast.id).toBe(before.broadcast.id)
})

test('the newest connection with the key replaces the older one', async () => {
  const channel = await platform.createChannel('rtmp-newest')
  const older = push(channel)
  await platform.waitForState(channel.channel, 'live')
  push(channel)
  await older.exited
  await platform.waitForState(channel.channel, 'live')
  const page = await watch(channel)
  await seesMovingPicture(page)
})

test('stopping in OBS ends the broadcast', async () => {
  const channel = await platform.createChannel('rtmp-stop')
  const pushed = push(channel)
  await platform.waitForState(channel.channel, 'live')
  await pushed.stop()
  await platform.waitForState(channel.channel, 'offline', 10_000)
})

test('the stream key is in no log', async () => {
  const channel = await platform.createChannel('rtmp-secret')
  push(channel)
  await platform.waitForState(channel.channel, 'live')
  const logs = JSON.stringify([await platform.logs('server'), await platform.logs('bridge')])
  expect(logs).not.toContain(channel.streamKey)
  expect(platform.output).not.toContain(channel.streamKey)
})
