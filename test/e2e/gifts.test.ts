// Gifts through the pages: one browser sends, another sees banner, combo, effect and chat row; a red packet is shared by two.
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { UserId } from '../../server/contract/ids.ts'
import { hasAttribute, launchViewer, openPage } from '../support/browsers.ts'
import type { PageOptions } from '../support/browsers.ts'
import { fundWallet } from '../support/fundWallet.ts'
import { startPush } from '../support/pushMedia.ts'
import type { MediaPush } from '../support/pushMedia.ts'
import { startPlatform } from '../support/startPlatform.ts'
import type { TestPlatform } from '../support/startPlatform.ts'

let platform: TestPlatform
let browser: Browser
let push: MediaPush | undefined
let watchPath = ''

beforeAll(async () => {
  ;[platform, browser] = await Promise.all([startPlatform({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') }), launchViewer()])
  const channel = await platform.createChannel('gift-show')
  push = startPush({ url: `${channel.rtmpUrl}/${channel.streamKey}`, maxSeconds: 150 })
  watchPath = `${platform.url}/c/${channel.channel}`
  await platform.waitForState(channel.channel, 'live')
}, 90_000)
afterAll(async () => {
  await push?.kill()
  await browser?.close()
  await platform?.destroy()
})

/** A page of the show, of a new user with that many coins. */
async function join(name: string, coins: bigint, options: PageOptions = {}): Promise<Page> {
  const page = await openPage(browser, 'about:blank', options)
  const answer = await page.request.post(`${platform.url}/api/signup`, { data: { name, password: 'a good password' } })
  expect(answer.status()).toBe(201)
  const { id } = (await answer.json()) as { id: UserId }
  if (coins > 0n) await fundWallet({ databaseUrl: String(platform.env['DATABASE_URL']), userId: id, coins })
  await page.goto(watchPath, { waitUntil: 'commit' })
  await hasAttribute(page, '[data-testid="chat"]', 'data-state', 'joined')
  return page
}

test('a combo of roses is one banner and one row that count up, a castle fills the other’s stage, and effects can be hidden', async () => {
  const [giver, seer] = await Promise.all([join('giver', 40_000n), join('seer', 0n, { language: 'zh-CN', phone: true })])
  await giver.getByTestId('gift-button').click()
  await giver.getByTestId('gift-rose').click()
  await giver.getByTestId('gift-quantity-10').click()
  await giver.getByTestId('gift-send').click()
  await giver.getByTestId('gift-combo').click()

  const banner = seer.getByTestId('gift-banners-chat').getByTestId('gift-banner')
  await banner.and(seer.locator('[data-gift="rose"][data-count="20"]')).waitFor()
  expect(await banner.count()).toBe(1)
  await seer.locator('[data-testid="gift-row"][data-gift="rose"][data-count="20"]').waitFor()
  await giver.locator('[data-testid="gift-row"][data-gift="rose"][data-count="20"]').waitFor()
  expect(await seer.getByTestId('gift-row').count()).toBe(1)
  await hasAttribute(giver, '[data-testid="gift-balance"]', 'data-coins', '39900')
  await hasAttribute(seer, '[data-testid="top-givers"]', 'data-count', '1')
  await banner.waitFor({ state: 'detached' })

  // 30,000 coins are asked about first.
  await giver.getByTestId('gift-castle').click()
  await giver.getByTestId('gift-quantity-1').click()
  await giver.getByTestId('gift-send').click()
  await giver.getByTestId('gift-confirm-send').click()
  await seer.locator('[data-testid="gift-effect"][data-gift="castle"] svg path').first().waitFor({ state: 'attached' })
  await seer.getByTestId('gift-effect-hide').click()
  await seer.getByTestId('gift-effect').waitFor({ state: 'detached' })
  await giver.getByTestId('gift-effect-skip').click()
  await giver.getByTestId('gift-effect').waitFor({ state: 'detached' })

  // Hidden for good: the next grand gift is a banner only.
  await giver.getByTestId('gift-crown').click()
  await giver.getByTestId('gift-send').click()
  await seer.locator('[data-testid="gift-banners-chat"] [data-gift="crown"]').waitFor()
  await giver.getByTestId('gift-effect').waitFor()
  expect(await seer.getByTestId('gift-effect').count()).toBe(0)

  // What is missing is offered to be bought, and nothing is sent.
  await giver.getByTestId('gift-castle').click()
  await giver.getByTestId('gift-send').click()
  await giver.getByTestId('recharge-dialog').waitFor()
  await Promise.all([giver.context().close(), seer.context().close()])
}, 90_000)

test('a red packet is shared by the two who open it, and nothing of it is lost', async () => {
  const [rich, ann, ben] = await Promise.all([join('rich', 500n), join('ann', 0n), join('ben', 0n)])
  await rich.getByTestId('gift-button').click()
  await rich.getByTestId('gift-tab-packet').click()
  await rich.getByTestId('packet-total').fill('100')
  await rich.getByTestId('packet-shares').fill('2')
  await rich.getByTestId('packet-delay').selectOption('0')
  await rich.getByTestId('packet-send').click()

  const open = async (page: Page): Promise<number> => {
    await page.getByTestId('packet').click()
    await page.getByTestId('packet-open').click()
    await page.getByTestId('packet-got').waitFor()
    await page.locator('[data-testid="packet-got"]:not([data-amount=""])').waitFor()
    return Number(await page.getByTestId('packet-got').getAttribute('data-amount'))
  }
  const [first, second] = [await open(ann), await open(ben)]
  expect(first).toBeGreaterThan(0)
  expect(first + second).toBe(100)
  await ben.getByTestId('packet-claim').nth(1).waitFor()
  await ann.getByTestId('packet-row').waitFor()
  await Promise.all([rich, ann, ben].map((page) => page.context().close()))
}, 60_000)
