// Messages over the picture: live by WebRTC and by HLS, and again in the replay, where the chat runs in time with it.
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { hasAttribute, launchViewer, openPage, seesMovingPicture } from '../support/browsers.ts'
import { eventually } from '../support/eventually.ts'
import { openPageAs } from '../support/openPageAs.ts'
import { startPush } from '../support/pushMedia.ts'
import type { MediaPush } from '../support/pushMedia.ts'
import { startPlatform } from '../support/startPlatform.ts'
import type { TestPlatform } from '../support/startPlatform.ts'
import { Visitor } from '../support/Visitor.ts'

let platform: TestPlatform
let browser: Browser
let host: Visitor
let push: MediaPush
let webrtc: Page
let hls: Page
let phone: Page
let broadcastId: string

beforeAll(async () => {
  ;[platform, browser] = await Promise.all([startPlatform({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') }), launchViewer()])
  host = new Visitor(platform.url)
  await host.signUp('skywriter')
  await host.call('POST', '/api/channels', { body: { name: 'sky', title: 'Sky', category: 'art' } })
  const key = (await host.call<{ rtmpUrl: string; streamKey: string }>('GET', '/api/channels/sky/stream-key')).body
  push = startPush({ url: `${key.rtmpUrl}/${key.streamKey}`, maxSeconds: 120 })
  await platform.waitForState('sky', 'live', 30_000)
  broadcastId = (await platform.json<{ broadcast: { id: string } }>('/api/channels/sky')).broadcast.id
}, 120_000)
afterAll(async () => {
  await push?.stop()
  await browser?.close()
  await platform?.destroy()
})

const joined = (page: Page) => page.locator('[data-testid="chat"][data-state="joined"]').waitFor({ state: 'attached', timeout: 30_000 })
/** Resolves when a message with that text is over the picture, with what is known of it there. */
const flies = async (page: Page, text: string, limitMs = 10_000) => {
  const item = page.getByTestId('danmaku').filter({ hasText: text }).first()
  await item.waitFor({ state: 'attached', timeout: limitMs })
  return item.evaluate((element: HTMLElement) => ({ own: element.dataset['own'] === 'true', position: element.dataset['position'], color: getComputedStyle(element).color, pointer: getComputedStyle(element.parentElement ?? element).pointerEvents }))
}
const write = async (page: Page, text: string) => {
  await page.getByTestId('chat-input').fill(text)
  await page.getByTestId('chat-input').press('Enter')
}

test('a message flies over the picture by WebRTC, by HLS and on a phone, outlined for its author', async () => {
  webrtc = await openPageAs(browser, host, `${platform.url}/c/sky`)
  hls = await openPage(browser, `${platform.url}/c/sky?mode=hls`)
  phone = await openPage(browser, `${platform.url}/c/sky`, { phone: true })
  await Promise.all([joined(webrtc), joined(hls), joined(phone)])
  await hasAttribute(webrtc, '[data-testid="player"]', 'data-mode', 'webrtc')
  await hasAttribute(hls, '[data-testid="player"]', 'data-mode', 'hls')
  await Promise.all([seesMovingPicture(webrtc), seesMovingPicture(hls, { limitMs: 30_000 })])
  const seen = Promise.all([flies(webrtc, 'hello sky'), flies(hls, 'hello sky'), flies(phone, 'hello sky')])
  await write(webrtc, 'hello sky')
  const [mine, theirs] = await seen
  expect(mine).toMatchObject({ own: true, position: 'scroll', pointer: 'none' })
  expect(theirs).toMatchObject({ own: false, position: 'scroll' })
})

test('who may choose a colour and a place is shown so', async () => {
  await webrtc.getByTestId('chat-style').click()
  await webrtc.getByTestId('style-picker').getByRole('button', { name: 'Red' }).click()
  await webrtc.getByTestId('style-picker').getByRole('button', { name: 'Top' }).click()
  const seen = flies(hls, 'up here in red')
  await write(webrtc, 'up here in red')
  expect(await seen).toMatchObject({ position: 'top', color: 'rgb(255, 107, 99)' })
})

test('the key d switches it off, which is remembered, and the menu on again', async () => {
  await hls.locator('body').press('d')
  await hasAttribute(hls, '[data-testid="danmaku-menu"]', 'data-on', 'false')
  await write(webrtc, 'nobody sees me fly')
  await hls.getByTestId('chat-message').filter({ hasText: 'nobody sees me fly' }).waitFor()
  expect(await hls.getByTestId('danmaku').count()).toBe(0)
  await hls.reload({ waitUntil: 'commit' })
  await hasAttribute(hls, '[data-testid="danmaku-menu"]', 'data-on', 'false')
  await hls.getByTestId('player-video').hover()
  await hls.getByTestId('danmaku-menu').click()
  await hls.getByTestId('danmaku-on').click()
  await hasAttribute(hls, '[data-testid="danmaku-menu"]', 'data-on', 'true')
})

test('two taps on a phone’s picture like it, and hearts rise for the others', async () => {
  const heart = webrtc.getByTestId('heart').first().waitFor({ state: 'attached', timeout: 15_000 })
  // Two quick taps, by the page's clock: a busy machine would make two slow ones of them.
  await phone.getByTestId('player-video').evaluate((video) => {
    for (let tap = 0; tap < 2; tap += 1) video.dispatchEvent(new PointerEvent('pointerup', { bubbles: true, pointerType: 'touch' }))
  })
  await heart
  await eventually('it is counted', async () => Number(await webrtc.getByTestId('like').getAttribute('data-likes')) >= 1)
})

test('the replay shows the chat in time with its picture, and lets messages fly again', async () => {
  await push.stop()
  await Promise.all([hls.context().close(), phone.context().close()])
  await eventually('the replay is ready', async () => (await platform.json<{ state: string }>(`/api/replays/${broadcastId}`)).state === 'ready', 60_000)
  const said = await platform.json<Array<{ text: string; offsetMs: number }>>(`/api/replays/${broadcastId}/chat?from=0&to=600000`)
  const first = said.find(({ text }) => text === 'hello sky')
  expect(first?.offsetMs).toBeGreaterThan(0)
  await webrtc.goto(`${platform.url}/r/${broadcastId}`, { waitUntil: 'commit' })
  await webrtc.getByTestId('replay-chat').waitFor({ timeout: 20_000 })
  await seesMovingPicture(webrtc, { limitMs: 30_000 })
  const seek = (seconds: number) => webrtc.getByTestId('player-video').evaluate((video: HTMLVideoElement, to) => void (video.currentTime = to), seconds)
  await seek(0)
  await webrtc.getByTestId('chat-message').first().waitFor({ state: 'detached', timeout: 5_000 }).catch(() => undefined)
  const flying = flies(webrtc, 'hello sky', 30_000)
  await seek(Math.max(0, (first?.offsetMs ?? 0) / 1000 - 1.5))
  expect(await flying).toMatchObject({ own: true })
  await webrtc.getByTestId('chat-message').filter({ hasText: 'hello sky' }).waitFor()
  expect(await webrtc.getByTestId('download-chat-jsonl').getAttribute('href')).toBe(`/api/replays/${broadcastId}/chat.jsonl`)
})
