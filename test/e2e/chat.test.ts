// Three people in a room's chat, each in a browser of their own.
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchViewer, openPage } from '../support/browsers.ts'
import { eventually } from '../support/eventually.ts'
import { openPageAs } from '../support/openPageAs.ts'
import { startPlatform } from '../support/startPlatform.ts'
import type { TestPlatform } from '../support/startPlatform.ts'
import { Visitor } from '../support/Visitor.ts'

let platform: TestPlatform
let browsers: Browser[]
let ada: Page
let bob: Page
let host: Page

const newUser = async (name: string): Promise<Visitor> => {
  const visitor = new Visitor(platform.url)
  expect((await visitor.signUp(name)).status).toBe(201)
  return visitor
}
const message = (page: Page, text: string) => page.getByTestId('chat-message').filter({ hasText: text })
const write = async (page: Page, text: string) => {
  await page.getByTestId('chat-input').fill(text)
  await page.getByTestId('chat-input').press('Enter')
}
const menuOf = async (page: Page, text: string, action: string) => {
  await message(page, text).hover()
  await message(page, text).getByTestId('chat-menu-button').click()
  await page.getByTestId(`message-${action}`).click()
}

beforeAll(async () => {
  platform = await startPlatform({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl'), env: { CHAT_PER_USER: '1000', CHAT_PER_ADDRESS: '10000' } })
  browsers = await Promise.all([launchViewer(), launchViewer(), launchViewer()])
  const owner = await newUser('hostess')
  await owner.call('POST', '/api/channels', { body: { name: 'parlour', title: 'The parlour', category: 'talk' } })
  const address = `${platform.url}/c/parlour`
  const open = async (at: number, visitor: Visitor) => openPageAs(browsers[at] as Browser, visitor, address)
  ;[host, ada, bob] = (await Promise.all([open(0, owner), open(1, await newUser('ada')), open(2, await newUser('bob'))])) as [Page, Page, Page]
  for (const page of [host, ada, bob]) await page.locator('[data-testid="chat"][data-state="joined"]').waitFor({ timeout: 30_000 })
}, 120_000)
afterAll(async () => {
  await Promise.all((browsers ?? []).map((browser) => browser.close()))
  await platform?.destroy()
})

test('what one writes is read by all, once, and its author sees it as sent', async () => {
  await write(ada, 'good evening <b>everyone</b> https://example.org/x')
  for (const page of [host, ada, bob]) await message(page, 'good evening <b>everyone</b>').waitFor()
  expect(await ada.getByTestId('chat-sending').count()).toBe(0)
  expect(await message(ada, 'good evening').count()).toBe(1)
  const link = message(bob, 'good evening').getByRole('link')
  expect([await link.getAttribute('href'), await link.getAttribute('rel'), await link.getAttribute('target')]).toEqual(['https://example.org/x', 'noopener noreferrer nofollow ugc', '_blank'])
})

test('a reply quotes, and a mention is completed and stands out for who is meant', async () => {
  await menuOf(bob, 'good evening', 'reply')
  await bob.getByTestId('chat-replying').waitFor()
  await bob.getByTestId('chat-input').pressSequentially('hello @ad')
  await bob.getByTestId('mention-offer').getByText('@ada').waitFor()
  await bob.getByTestId('chat-input').press('Enter')
  expect(await bob.getByTestId('chat-input').inputValue()).toBe('hello @ada ')
  await bob.getByTestId('chat-input').press('Enter')
  const read = message(ada, 'hello @ada')
  await read.waitFor()
  expect(await read.innerText()).toContain('good evening')
  expect(await read.getAttribute('class')).toMatch(/toReader/)
})

test('the author takes a message back, and it is gone for all', async () => {
  await write(bob, 'a slip of the tongue')
  await message(host, 'a slip of the tongue').waitFor()
  await menuOf(bob, 'a slip of the tongue', 'recall')
  for (const page of [host, ada, bob]) await message(page, 'a slip of the tongue').waitFor({ state: 'detached' })
})

test('the host pins a message and deletes another', async () => {
  await menuOf(host, 'hello @ada', 'pin')
  await ada.getByTestId('chat-pinned').getByText('hello').waitFor()
  await write(ada, 'not fit to be read')
  await message(bob, 'not fit to be read').waitFor()
  await menuOf(host, 'not fit to be read', 'delete')
  await message(bob, 'not fit to be read').waitFor({ state: 'detached' })
  await message(host, 'Deleted by a moderator').waitFor()
})

test('a message that could not be sent says so, and goes once with another try', async () => {
  await bob.context().setOffline(true)
  await bob.getByTestId('chat-reconnecting').waitFor({ timeout: 60_000 }).catch(() => undefined)
  await write(bob, 'from the tunnel')
  await bob.locator('[data-testid="chat-sending"][data-state="failed"]').waitFor({ timeout: 30_000 })
  await bob.context().setOffline(false)
  await bob.locator('[data-testid="chat"][data-state="joined"]').waitFor({ timeout: 40_000 })
  await bob.getByTestId('chat-retry').click()
  await message(ada, 'from the tunnel').waitFor({ timeout: 20_000 })
  await bob.getByTestId('chat-sending').waitFor({ state: 'detached' })
  expect(await message(bob, 'from the tunnel').count()).toBe(1)
})

test('who reads further up is left there, and told how many are new', async () => {
  for (let at = 0; at < 25; at++) await write(host, `line ${at} of the long story`)
  await message(ada, 'line 24 of').waitFor()
  await ada.getByTestId('chat-list').hover()
  await ada.mouse.wheel(0, -800)
  await ada.locator('[data-testid="chat-list"][data-paused="true"]').waitFor()
  await write(bob, 'the newest of all')
  await ada.getByTestId('chat-new').getByText('1 new message').waitFor()
  expect(await message(ada, 'the newest of all').count()).toBe(0)
  await ada.getByTestId('chat-new').click()
  await message(ada, 'the newest of all').waitFor()
})

test('slow mode is counted down in the send button, and does not bind the host', async () => {
  await host.getByTestId('chat-modes-button').click()
  await host.locator('select[name="slowSeconds"]').selectOption('10')
  await ada.locator('[data-rule="slow"]').waitFor()
  await write(ada, 'my one word')
  await message(bob, 'my one word').waitFor()
  await eventually('the button counts', async () => Number(await ada.getByTestId('chat-send').getAttribute('data-wait')) > 3)
  await ada.getByTestId('chat-input').fill('my second word')
  expect(await ada.getByTestId('chat-send').isDisabled()).toBe(true)
  await eventually('the wait is over', async () => ada.getByTestId('chat-send').isEnabled(), 15_000)
  await host.keyboard.press('Escape')
  await write(host, 'host one')
  await write(host, 'host two')
  await message(bob, 'host two').waitFor()
})

test('likes are counted for everyone', async () => {
  for (let at = 0; at < 5; at++) await ada.getByTestId('like').click()
  await eventually('the others see them', async () => Number(await bob.getByTestId('like').getAttribute('data-likes')) === 5)
})

test('a visitor reads, and is asked to log in to write', async () => {
  const visitor = await openPage(browsers[0] as Browser, `${platform.url}/c/parlour`, { phone: true, language: 'zh-CN' })
  await message(visitor, 'host two').waitFor({ timeout: 20_000 })
  expect(await visitor.getByTestId('chat-log-in').getAttribute('href')).toBe('/login?next=%2Fc%2Fparlour')
  await visitor.context().close()
})
