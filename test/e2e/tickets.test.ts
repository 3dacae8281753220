// A paid show in browsers: the host sets a price, a viewer's preview runs out, a ticket is bought, and the picture goes on without a reload.
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { UserId } from '../../server/contract/ids.ts'
import type { MeView } from '../../server/contract/http.ts'
import { hasAttribute, launchHost, launchViewer, lookAt, openPage, seesMovingPicture } from '../support/browsers.ts'
import { fundWallet } from '../support/fundWallet.ts'
import { openPageAs } from '../support/openPageAs.ts'
import { startPlatform } from '../support/startPlatform.ts'
import type { TestPlatform } from '../support/startPlatform.ts'
import { Visitor } from '../support/Visitor.ts'

let platform: TestPlatform
let browsers: Browser[]
let studio: Page
let viewer: Page
let fan: Visitor

beforeAll(async () => {
  ;[platform, ...browsers] = await Promise.all([startPlatform({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') }), launchHost(), launchViewer()])
  const host = new Visitor(platform.url)
  await host.signUp('diva')
  await host.call('POST', '/api/channels', { body: { name: 'opera', title: 'A night at the opera', category: 'music' } })
  fan = new Visitor(platform.url)
  await fan.call('GET', '/api/me')
  await fan.signUp('listener')
  const { user } = (await fan.call<MeView>('GET', '/api/me')).body
  await fundWallet({ databaseUrl: platform.env['DATABASE_URL'] ?? '', userId: user?.id as UserId, coins: 1000n })
  studio = await openPageAs(browsers[0] as Browser, host, `${platform.url}/studio`)
}, 120_000)
afterAll(async () => {
  await Promise.all((browsers ?? []).map((browser) => browser.close()))
  await platform?.destroy()
})

test('the host sets a price in the studio, sees what it earns, and goes live', async () => {
  await studio.getByTestId('studio-go-live').waitFor({ timeout: 20_000 })
  await studio.getByTestId('tab-settings').click()
  await studio.getByTestId('ticket-kind').selectOption('show')
  await studio.getByTestId('ticket-price').fill('200')
  await studio.getByTestId('ticket-settings').getByText('140').waitFor()
  await studio.getByTestId('ticket-preview').selectOption('30')
  await studio.getByTestId('ticket-save').click()
  await studio.getByTestId('ticket-settings').getByText('Saved').waitFor()
  await studio.getByTestId('tab-browser').click()
  await studio.getByTestId('studio-go-live').click()
  await platform.waitForState('opera', 'live')
}, 60_000)

test('the preview counts down and runs out; nothing moves any more, and the card says what a ticket costs', async () => {
  viewer = await openPageAs(browsers[1] as Browser, fan, `${platform.url}/c/opera`)
  await seesMovingPicture(viewer)
  await viewer.locator('[data-testid="ticket-chip"][data-access="preview"]').getByText(/Free preview 0:\d\d/).waitFor()
  await viewer.evaluate(() => Object.assign(window, { sameLoad: true }))
  await viewer.getByTestId('ticket-card').waitFor({ timeout: 40_000 })
  await hasAttribute(viewer, '[data-testid="player"]', 'data-state', 'ticket')
  const { frames } = await lookAt(viewer)
  await viewer.getByTestId('ticket-balance').getByText('1,000').waitFor()
  expect((await lookAt(viewer)).frames).toBe(frames)
}, 90_000)

test('who is logged out is led to the log-in, in Chinese and on a phone too', async () => {
  const guest = await openPage(browsers[1] as Browser, `${platform.url}/c/opera`, { language: 'zh-CN', phone: true })
  await guest.getByTestId('ticket-open').click({ timeout: 30_000 })
  await guest.getByTestId('ticket-log-in').getByText('登录后购票').waitFor()
  expect(await guest.getByTestId('ticket-log-in').getAttribute('href')).toBe('/login?next=%2Fc%2Fopera')
  await guest.context().close()
}, 60_000)

test('buying lets the picture go on without a reload, and the host has the share', async () => {
  await viewer.getByTestId('ticket-buy').click()
  await hasAttribute(viewer, '[data-testid="player"]', 'data-state', 'live')
  await seesMovingPicture(viewer)
  expect(await viewer.evaluate(() => (window as unknown as { sameLoad?: boolean }).sameLoad)).toBe(true)
  expect((await fan.call<{ coins: string }>('GET', '/api/wallet')).body).toMatchObject({ coins: '800' })
}, 60_000)
