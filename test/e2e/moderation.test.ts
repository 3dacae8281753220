// A host, a moderator and a troublemaker, each in a browser of their own: mute, kick and lift from the user card.
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { hasAttribute, launchHost, launchViewer, lookAt, openPage, seesMovingPicture } from '../support/browsers.ts'
import { eventually } from '../support/eventually.ts'
import { openPageAs } from '../support/openPageAs.ts'
import { startPlatform } from '../support/startPlatform.ts'
import type { TestPlatform } from '../support/startPlatform.ts'
import { Visitor } from '../support/Visitor.ts'

let platform: TestPlatform
let browsers: Browser[]
let studio: Page
let keeper: Page
let rowdy: Page
let address: string

const newUser = async (name: string): Promise<Visitor> => {
  const visitor = new Visitor(platform.url)
  expect((await visitor.signUp(name)).status).toBe(201)
  return visitor
}
const joined = (page: Page) => page.locator('[data-testid="chat"][data-state="joined"]').waitFor({ timeout: 30_000 })
const message = (page: Page, text: string) => page.getByTestId('chat-message').filter({ hasText: text })
const write = async (page: Page, text: string) => {
  await page.getByTestId('chat-input').fill(text)
  await page.getByTestId('chat-input').press('Enter')
  await message(page, text).waitFor()
}
const openCard = async (page: Page, text: string) => {
  await message(page, text).getByTestId('chat-author').click()
  await page.getByTestId('card-tools').waitFor()
}
const closeCard = (page: Page) => page.getByTestId('user-card').press('Escape')
const use = async (page: Page, tool: string, reason: string) => {
  await page.getByTestId(`card-${tool}`).click()
  await page.getByTestId('user-card').locator('[name="reason"]').fill(reason)
  await page.getByTestId('card-confirm').click()
}

beforeAll(async () => {
  platform = await startPlatform({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') })
  browsers = await Promise.all([launchHost(), launchViewer(), launchViewer()])
  const owner = await newUser('hostess')
  await owner.call('POST', '/api/channels', { body: { name: 'salon', title: 'The salon', category: 'talk' } })
  const [helper, guest] = [await newUser('helper'), await newUser('rowdy')]
  await helper.call('GET', '/api/me')
  address = `${platform.url}/c/salon`
  studio = await openPageAs(browsers[0] as Browser, owner, `${platform.url}/studio`)
  await studio.getByTestId('studio-go-live').click()
  await platform.waitForState('salon', 'live')
  ;[keeper, rowdy] = (await Promise.all([openPageAs(browsers[1] as Browser, helper, address), openPageAs(browsers[2] as Browser, guest, address)])) as [Page, Page]
  await Promise.all([joined(keeper), joined(rowdy)])
}, 150_000)
afterAll(async () => {
  await Promise.all((browsers ?? []).map((browser) => browser.close()))
  await platform?.destroy()
})

test('the host appoints a moderator in the studio', async () => {
  await studio.getByTestId('tab-moderation').click()
  await studio.getByTestId('moderators').locator('[name="user"]').fill('helper')
  await studio.getByTestId('moderator-add').click()
  await studio.getByTestId('moderator-remove-helper').waitFor()
  await hasAttribute(keeper, '[data-testid="chat"]', 'data-role', 'moderator')
})

test('a mute from the user card: the troublemaker can watch but no longer write, and reads why', async () => {
  await write(rowdy, 'I shout at everyone')
  await openCard(keeper, 'I shout at everyone')
  await use(keeper, 'mute', 'no shouting')
  await keeper.getByTestId('card-sanctions').getByText('no shouting').waitFor()
  await hasAttribute(rowdy, '[data-testid="chat-blocked"]', 'data-reason', 'muted', 5000)
  await rowdy.getByTestId('chat-blocked').getByText('no shouting').waitFor()
  await seesMovingPicture(rowdy)
  await keeper.getByTestId('card-end-mute').click()
  await rowdy.getByTestId('chat-input').waitFor()
  await closeCard(keeper)
})

test('a kick ends picture and chat within a second', async () => {
  await seesMovingPicture(rowdy)
  await openCard(keeper, 'I shout at everyone')
  await keeper.getByTestId('card-kick').click()
  await keeper.getByTestId('user-card').locator('[name="reason"]').fill('out you go')
  // Both moments are the pages' own: pressing and looking take their time on a busy machine.
  const ended = rowdy.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const look = () => document.querySelector('[data-testid="player"][data-state="banned"]') && document.querySelector('[data-testid="chat"][data-state="kept-out"]') && resolve(Date.now())
        new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true })
      }),
  )
  const pressed = keeper.evaluate(() => new Promise<number>((resolve) => document.addEventListener('click', () => resolve(Date.now()), { capture: true, once: true })))
  await keeper.getByTestId('card-confirm').click()
  expect((await ended) - (await pressed)).toBeLessThan(1000)
  await rowdy.getByTestId('stage-ban').getByText('out you go').waitFor()
  await rowdy.getByTestId('stage-ban').getByRole('timer').waitFor()
  const { frames } = await lookAt(rowdy)
  await rowdy.waitForTimeout(700)
  expect((await lookAt(rowdy)).frames).toBeLessThanOrEqual(frames)
})

test('neither a reload, nor another tab, nor logging out lets them back in', async () => {
  await rowdy.reload({ waitUntil: 'commit' })
  await hasAttribute(rowdy, '[data-testid="player"]', 'data-state', 'banned')
  const tab = await rowdy.context().newPage()
  await tab.goto(address, { waitUntil: 'commit' })
  await hasAttribute(tab, '[data-testid="player"]', 'data-state', 'banned')
  await tab.close()
  await rowdy.context().clearCookies({ name: /session/ })
  await rowdy.reload({ waitUntil: 'commit' })
  await hasAttribute(rowdy, '[data-testid="player"]', 'data-state', 'banned')
  const anonymous = await openPage(browsers[2] as Browser, address)
  await hasAttribute(anonymous, '[data-testid="player"]', 'data-state', 'banned')
  await anonymous.context().close()
})

test('a lift lets them watch again, and all of it is on record', async () => {
  await keeper.getByTestId('card-end-kick').click()
  await eventually('the kick is lifted', async () => (await keeper.getByTestId('card-end-kick').count()) === 0)
  await rowdy.reload({ waitUntil: 'commit' })
  await hasAttribute(rowdy, '[data-testid="player"]', 'data-state', 'live')
  await seesMovingPicture(rowdy)
  await studio.getByTestId('tab-settings').click()
  await studio.getByTestId('tab-moderation').click()
  const record = studio.getByTestId('record')
  for (const action of ['mute', 'unmute', 'kick', 'lift', 'moderator:add']) await record.locator(`[data-action="${action}"]`).first().waitFor()
})
