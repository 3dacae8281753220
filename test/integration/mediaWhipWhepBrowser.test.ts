import { once } from 'node:events'
import { chromium } from 'playwright'
import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { WorkerPool } from '../../server/media/WorkerPool.ts'
import { freePort, run, startPool, until } from '../support/mediaWorkers.ts'
import { CHANNEL, openRoomDoor, STREAM_KEY } from '../support/roomDoor.ts'
import type { RoomDoor } from '../support/roomDoor.ts'
import { pageMedia } from '../support/pageMedia.ts'
import type { PageMedia } from '../support/pageMedia.ts'

declare const page: PageMedia

let browser: Browser
let pool: WorkerPool
let door: RoomDoor
const pages: Page[] = []
beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', '--allow-loopback-in-peer-connection', '--autoplay-policy=no-user-gesture-required'],
  })
})
afterAll(() => browser.close())
beforeEach(async () => {
  pool = await startPool({ size: 2 })
  door = await openRoomDoor({ pool, viewersPerRouter: 1 })
})
afterEach(async () => {
  await Promise.all(pages.splice(0).map((one) => one.close()))
  await door.close()
  await pool.close()
})

async function open(): Promise<Page> {
  const opened = await browser.newPage()
  pages.push(opened)
  await opened.goto(door.url)
  await opened.evaluate(`var page = (${pageMedia.toString()})()`)
  return opened
}
const host = async (o: { simulcast?: boolean; codec?: string } = {}) => {
  const opened = await open()
  await opened.evaluate(([path, key, options]) => page.publish(path, key, options), [`/whip/${CHANNEL}`, STREAM_KEY, o] as const)
  return opened
}
const player = async (kinds: ('audio' | 'video')[] = ['audio', 'video']) => {
  const opened = await open()
  await opened.evaluate(([path, list]) => page.watch(path, list), [`/whep/${CHANNEL}`, kinds] as const)
  return opened
}
const decoded = (opened: Page, frames: number) =>
  until(async () => {
    const seen = await opened.evaluate(() => page.received())
    return seen.frames >= frames && seen.audioPackets > 20 && seen
  }, { what: `${frames} frames` })

test('WHIP in, WHEP out by plain RTCPeerConnections: a moving picture and sound, whichever section comes first, on two workers', async () => {
  await host()
  const started = await until(() => door.facts.find((fact) => fact.startsWith('started')))
  expect(JSON.parse(started.slice(8))).toEqual({ width: 640, height: 360, layers: 1, hasAudio: true })
  expect(door.room.sources.video?.codec).toBe('h264')
  const players = await Promise.all([player(), player(['video', 'audio']), player()])
  for (const one of players) expect(await decoded(one, 20)).toMatchObject({ width: 640, height: 360, state: 'connected' })
  const stats = await door.room.stats()
  // The players' own payload types need a router beside the origin's.
  expect([stats.viewers, stats.routers]).toEqual([3, 3])
  expect(stats.sent.packets).toBeGreaterThan(100)
  expect(stats.sent.lost).toBe(0)
})

test('a player that restarts ICE goes on seeing', async () => {
  await host()
  await until(() => door.facts.some((fact) => fact.startsWith('started')))
  const one = await player()
  await decoded(one, 5)
  await one.evaluate(() => page.restartIce())
  const { frames } = await one.evaluate(() => page.received())
  expect(await decoded(one, frames + 50)).toMatchObject({ state: 'connected' })
  expect(door.room.viewerCount).toBe(1)
})

test('VP8 from the host reaches the player as VP8', async () => {
  await host({ codec: 'video/VP8' })
  await until(() => door.facts.some((fact) => fact.includes('"width":640')))
  expect(door.room.sources.video?.codec).toBe('vp8')
  await decoded(await player(), 20)
})

test('simulcast by rid: three layers are taken, the player gets the largest that flows, and so does the packaging feed', async () => {
  const sender = await host({ simulcast: true })
  const started = await until(() => door.facts.find((fact) => fact.startsWith('started')))
  expect(JSON.parse(started.slice(8))).toMatchObject({ layers: 3 })
  const one = await player()
  await until(
    async () => {
      const largest = await sender.evaluate(() => page.sending())
      return largest > 0 && (await one.evaluate(() => page.received())).width === largest
    },
    { what: 'the largest layer that flows', ms: 45_000 },
  )
  const feed = await door.room.openPackagingFeed()
  const port = await freePort()
  const { video } = feed
  const sdp = `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=video ${port} RTP/AVP ${video?.payloadType}\na=rtpmap:${video?.payloadType} H264/90000\na=fmtp:${video?.payloadType} ${video?.fmtp}\n`
  const decoder = run('ffmpeg', ['-v', 'error', '-protocol_whitelist', 'pipe,udp,rtp', '-f', 'sdp', '-i', 'pipe:0', '-frames:v', '40', '-f', 'null', '-'], sdp)
  const exit = once(decoder.process, 'exit')
  await feed.connect({ ip: '127.0.0.1', video: { rtpPort: port, rtcpPort: port + 1 }, audio: { rtpPort: port + 2, rtcpPort: port + 3 } })
  await feed.resume()
  expect((await exit)[0]).toBe(0)
  feed.close()
})

test('many viewers who come at once cost the host one keyframe a second', async () => {
  await host()
  await until(() => door.facts.some((fact) => fact.startsWith('started')))
  const asked = async () => (await door.room.stats()).producers.find(({ kind }) => kind === 'video')?.keyFrameRequests ?? 0
  const before = await asked()
  const begin = Date.now()
  const one = await open()
  await one.evaluate(([path]) => Promise.all(Array.from({ length: 8 }, () => page.watch(path, ['video']))), [`/whep/${CHANNEL}`] as const)
  await until(async () => (await one.evaluate(() => page.received())).frames > 5)
  const seconds = (Date.now() - begin) / 1000
  expect(await asked() - before).toBeLessThanOrEqual(Math.ceil(seconds) + 1)
})

test('a host who leaves without a word is interrupted, and the player is let go when the host is back', async () => {
  const gone = await host()
  await until(() => door.facts.some((fact) => fact.startsWith('started')))
  const one = await player()
  await decoded(one, 5)
  await gone.evaluate(() => page.hangUp())
  await until(() => door.facts.includes('ended interrupted'))
  await host()
  await until(async () => (await one.evaluate(() => page.received())).state !== 'connected', { what: 'the player’s end' })
  expect(door.room.viewerCount).toBe(0)
})
