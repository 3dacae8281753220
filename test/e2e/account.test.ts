// An account through its pages: a profile others see at once, sessions that end elsewhere, and the way back in.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchViewer, openPage } from '../support/browsers.ts'
import { eventually } from '../support/eventually.ts'
import { startPlatform } from '../support/startPlatform.ts'
import type { TestPlatform } from '../support/startPlatform.ts'
import { Visitor } from '../support/Visitor.ts'

const PASSWORD = 'a good password'
let platform: TestPlatform
let browser: Browser
let folder: string
beforeAll(async () => {
  ;[platform, browser, folder] = await Promise.all([startPlatform({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') }), launchViewer(), mkdtemp(join(tmpdir(), 'footlight-avatars-'))])
}, 90_000)
afterAll(async () => {
  await browser?.close()
  await platform?.destroy()
  await rm(folder, { recursive: true, force: true })
})

async function signUp(name: string, options: { language?: 'en' | 'zh-CN' } = {}): Promise<Page> {
  const page = await openPage(browser, `${platform.url}/signup?next=/settings`, options)
  await page.locator('[name="name"]').fill(name)
  await page.locator('[name="password"]').fill(PASSWORD)
  await page.getByTestId('signup-form').locator('[type="submit"]').click()
  await page.getByTestId('profile-form').waitFor()
  return page
}

async function logIn(name: string, password = PASSWORD, options: { language?: 'en' | 'zh-CN'; next?: string } = {}): Promise<Page> {
  const page = await openPage(browser, `${platform.url}/login?next=${options.next ?? '/settings/account'}`, options)
  await page.locator('[name="name"]').fill(name)
  await page.locator('[name="password"]').fill(password)
  await page.getByTestId('login-form').locator('[type="submit"]').click()
  return page
}

async function fillPassword(page: Page, form: string, fields: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) await page.getByTestId(form).locator(`[name="${name}"]`).fill(value)
  await page.getByTestId(form).locator('[type="submit"]').first().click()
}

test('a profile change with an uploaded picture is seen by another browser', async () => {
  const page = await signUp('ada')
  const file = join(folder, 'ada.jpg')
  await sharp({ create: { width: 900, height: 600, channels: 3, background: 'crimson' } }).jpeg().toFile(file)
  await page.getByTestId('avatar-file').setInputFiles(file)
  await page.getByTestId('user-menu').locator('img').waitFor()
  await page.getByTestId('profile-form').locator('[name="displayName"]').fill('Ada 洛芙莱斯')
  await page.getByTestId('profile-form').locator('textarea').fill('Countess of computing')
  await page.getByTestId('profile-form').locator('[type="submit"]').click()
  await page.getByTestId('user-name').filter({ hasText: 'Ada 洛芙莱斯' }).waitFor()
  const host = new Visitor(platform.url)
  await host.logIn('ada', PASSWORD)
  await host.call('POST', '/api/channels', { body: { name: 'ada', title: 'Engines', category: 'learning' } })
  const seen = await platform.json<{ ownerPerson: { displayName: string; avatarUrl: string } }>('/api/channels/ada')
  expect(seen.ownerPerson.displayName).toBe('Ada 洛芙莱斯')
  const other = await openPage(browser, `${platform.url}${seen.ownerPerson.avatarUrl}`)
  expect(await other.locator('img').evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight])).toEqual([256, 256])
  await page.reload()
  expect(await page.locator('textarea').inputValue()).toBe('Countess of computing')
  await page.context().close()
  await other.context().close()
})

test('a file that is no picture is refused with a clear word', async () => {
  const page = await signUp('brian')
  await page.getByTestId('avatar-file').setInputFiles({ name: 'holiday.png', mimeType: 'image/png', buffer: Buffer.from('<svg onload="alert(1)"/>') })
  await page.getByText('This file is not a picture that can be used.').waitFor()
  await page.context().close()
})

test('a new password throws the other browser out and keeps this one', async () => {
  const page = await signUp('carol')
  const other = await logIn('carol')
  await other.getByTestId('session').nth(1).waitFor()
  await page.getByTestId('settings-account').click()
  await fillPassword(page, 'password-form', { current: 'not the password', password: 'another password' })
  await page.getByText('The password is wrong.').waitFor()
  await fillPassword(page, 'password-form', { current: PASSWORD, password: 'another password' })
  await page.getByText('other devices were logged out').waitFor()
  await other.waitForURL(/\/login\?next=/)
  await other.getByTestId('log-in').or(other.getByTestId('login-form')).first().waitFor()
  await page.reload()
  await page.getByTestId('sessions').getByText('You are logged in nowhere else.').waitFor()
  await page.context().close()
  await other.context().close()
})

test('one session is ended from the list, and its browser is thrown out', async () => {
  const page = await signUp('dennis')
  const other = await logIn('dennis')
  await other.getByTestId('sessions').waitFor()
  await page.getByTestId('settings-account').click()
  await page.locator('[data-testid="session"][data-current="false"] button').click()
  await other.waitForURL(/\/login\?next=/)
  await eventually('one session is left', async () => (await page.getByTestId('session').count()) === 1)
  await page.context().close()
  await other.context().close()
})

test('a recovery code is the way back in, and works once', async () => {
  const page = await signUp('edsger')
  await page.getByTestId('settings-account').click()
  await fillPassword(page, 'codes-form', { password: PASSWORD })
  await page.getByTestId('recovery-codes').waitFor()
  const codes = await page.getByTestId('recovery-codes').locator('li').allInnerTexts()
  expect(codes).toHaveLength(10)
  await page.context().close()

  const back = await openPage(browser, `${platform.url}/login`)
  await back.getByTestId('forgot-link').click()
  await back.getByText('This platform sends no mail.').waitFor()
  await back.getByTestId('use-recovery-code').click()
  await fillPassword(back, 'reset-form', { name: 'edsger', code: codes[0] ?? '', password: 'found my way back' })
  await back.getByTestId('password-form').waitFor()
  await back.getByText('9 codes left').waitFor()
  await back.context().close()

  const again = await openPage(browser, `${platform.url}/reset?with=recovery`)
  await fillPassword(again, 'reset-form', { name: 'edsger', code: codes[0] ?? '', password: 'once more please' })
  await again.getByText('The code is wrong or no longer valid.').waitFor()
  await again.context().close()
})

test('the language chosen on one device is spoken on a new one', async () => {
  const page = await signUp('frances')
  await page.getByTestId('settings-language').click()
  await page.getByTestId('language-zh-CN').click()
  await page.waitForFunction(() => document.documentElement.lang === 'zh-CN')
  const other = await logIn('frances')
  await other.waitForFunction(() => document.documentElement.lang === 'zh-CN')
  await page.context().close()
  await other.context().close()
})

test('the menu opens, moves and closes by keyboard alone', async () => {
  const page = await signUp('grace')
  await page.getByTestId('user-menu').focus()
  await page.keyboard.press('ArrowDown')
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
  await eventually('the first entry has the focus', async () => (await focused()) === 'Profile')
  await page.keyboard.press('ArrowUp')
  expect(await focused()).toBe('Log out')
  await page.keyboard.press('Escape')
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('user-menu')
  await page.getByTestId('user-menu').click()
  await page.getByTestId('log-out').click()
  await page.waitForURL(/\/login/)
  await page.context().close()
})

test('an account is deleted after a last question, and its channel with it', async () => {
  const page = await signUp('heidi')
  const host = new Visitor(platform.url)
  await host.logIn('heidi', PASSWORD)
  await host.call('POST', '/api/channels', { body: { name: 'heidi', title: 'Alps', category: 'outdoors' } })
  await page.getByTestId('settings-account').click()
  await page.getByTestId('deletion').locator('input').fill(PASSWORD)
  await page.getByTestId('deletion').locator('[type="submit"]').click()
  await page.getByTestId('deletion').getByTestId('confirm').click()
  await page.waitForURL(({ pathname }) => !pathname.startsWith('/settings'))
  await page.goto(`${platform.url}/c/heidi`)
  await page.getByText('There is no such channel').first().waitFor()
  await page.context().close()
})
