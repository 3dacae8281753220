// Private chat through its pages: two browsers write to each other, and a stranger has to knock.
import type { Browser, Locator, Page } from 'playwright'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { hasAttribute, launchViewer, openPage } from '../support/browsers.ts'
import type { PageOptions } from '../support/browsers.ts'
import { eventually } from '../support/eventually.ts'
import { startPlatform } from '../support/startPlatform.ts'
import type { TestPlatform } from '../support/startPlatform.ts'

let platform: TestPlatform
let browser: Browser
beforeAll(async () => {
  ;[platform, browser] = await Promise.all([startPlatform({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') }), launchViewer()])
}, 90_000)
afterAll(async () => {
  await browser?.close()
  await platform?.destroy()
})

async function join(name: string, path: string | null, options: PageOptions = {}): Promise<Page> {
  const page = await openPage(browser, 'about:blank', options)
  const { status } = await page.request.post(`${platform.url}/api/signup`, { data: { name, password: 'a good password' } }).then((answer) => ({ status: answer.status() }))
  expect(status).toBe(201)
  if (path !== null) await page.goto(platform.url + path, { waitUntil: 'commit' })
  return page
}
const goTo = (page: Page, path: string) => page.goto(platform.url + path, { waitUntil: 'commit' })

async function write(page: Page, text: string): Promise<void> {
  await page.getByTestId('write').fill(text)
  await page.getByTestId('send').click()
}
const bubble = (page: Page, text: string): Locator => page.getByTestId('message').filter({ hasText: text })
const unread = (page: Page, count: number) => hasAttribute(page, '[data-testid="private-chat-link"]', 'data-unread', String(count))

test('a stranger’s message waits in requests, is accepted, and then both write, type, read and are counted', async () => {
  const [ada, bob] = [await join('ada', '/messages/bob-e'), await join('bob-e', '/messages')]
  await goTo(ada, '/messages/bob-e')
  await write(ada, 'Hello Bob, great show yesterday!')
  await bubble(ada, 'great show').waitFor()
  await ada.getByTestId('left').waitFor()

  await bob.getByTestId('request-count').waitFor()
  expect(await bob.getByTestId('private-chat-link').getAttribute('data-unread')).toBe('0')
  await bob.getByTestId('no-conversations').waitFor()
  await bob.getByTestId('box-requests').click()
  await bob.getByTestId('conversation').click()
  await bubble(bob, 'great show').waitFor()
  expect(await bob.getByTestId('write').count()).toBe(0)
  await bob.getByTestId('accept').click()
  await bob.getByTestId('write').waitFor()
  await ada.getByTestId('left').waitFor({ state: 'detached' })

  await ada.getByTestId('write').pressSequentially('tell me')
  await bob.getByTestId('typing').waitFor()
  await ada.getByTestId('write').press('Enter')
  await bubble(bob, 'tell me').waitFor()
  await bob.getByTestId('typing').waitFor({ state: 'detached' })
  await ada.locator('[data-testid="message"][data-seq="2"][data-seen="true"]').waitFor()

  await goTo(ada, '/')
  await unread(ada, 0)
  await write(bob, 'Thank you!')
  await write(bob, 'Come again on Friday.')
  await unread(ada, 2)
  await bob.locator('[data-testid="message"][data-seq="4"][data-seen="false"]').waitFor()
  await ada.getByTestId('private-chat-link').click()
  await ada.getByTestId('conversation').click()
  await bubble(ada, 'Friday').waitFor()
  await unread(ada, 0)
  await bob.locator('[data-testid="message"][data-seq="4"][data-seen="true"]').waitFor()

  await bubble(bob, 'Friday').hover()
  await bubble(bob, 'Friday').getByTestId('recall').click()
  await ada.locator('[data-testid="message"][data-seq="4"][data-state="recalled"]').waitFor()
  await Promise.all([ada.context().close(), bob.context().close()])
})

test('whoever was away finds the messages and a picture later; a block stops both', async () => {
  const cid = await join('cid', null)
  const dan = await join('dan', null)
  await cid.context().close()
  await goTo(dan, '/messages/cid')
  await dan.getByTestId('picture-input').setInputFiles({ name: 'stage.png', mimeType: 'image/png', buffer: await sharp({ create: { width: 640, height: 360, channels: 3, background: '#a04020' } }).png().toBuffer() })
  await dan.getByTestId('picture-preview').waitFor()
  await write(dan, 'The new stage')
  await bubble(dan, 'The new stage').waitFor()

  const later = await openPage(browser, 'about:blank')
  await later.request.post(`${platform.url}/api/login`, { data: { name: 'cid', password: 'a good password' } })
  await goTo(later, '/messages/dan')
  await bubble(later, 'The new stage').locator('img').click()
  const large = later.getByTestId('lightbox').locator('img')
  await eventually('the picture is shown large', async () => (await large.evaluate((image: HTMLImageElement) => image.naturalWidth)) === 640)
  await later.keyboard.press('Escape')
  await later.getByTestId('lightbox').waitFor({ state: 'detached' })
  await later.getByTestId('accept').click()
  await write(later, 'Beautiful')
  await bubble(dan, 'Beautiful').waitFor()

  await later.getByTestId('thread-menu').click()
  await later.getByTestId('block').click()
  await later.locator('dialog[open]').getByTestId('confirm').click()
  await hasAttribute(later, '[data-testid="refusal"]', 'data-refusal', 'blocked')
  await write(dan, 'Are you there?')
  await hasAttribute(dan, '[data-testid="outgoing"]', 'data-state', 'failed')
  await hasAttribute(dan, '[data-testid="refusal"]', 'data-refusal', 'blocked')
  await Promise.all([later.context().close(), dan.context().close()])
})

test('without a connection words are kept, and sent when it is back', async () => {
  const [eve, fay] = [await join('eve', null), await join('fay', null)]
  await goTo(eve, '/messages/fay')
  await write(eve, 'before')
  await bubble(eve, 'before').waitFor()
  await eve.context().setOffline(true)
  await eve.getByTestId('not-connected').waitFor({ timeout: 40_000 })
  await write(eve, 'while away')
  await hasAttribute(eve, '[data-testid="outgoing"]', 'data-state', 'failed')
  await eve.context().setOffline(false)
  await bubble(eve, 'while away').waitFor()
  await eve.getByTestId('outgoing').waitFor({ state: 'detached' })
  await goTo(fay, '/messages/eve')
  await bubble(fay, 'while away').waitFor()
  await Promise.all([eve.context().close(), fay.context().close()])
})

test('on a phone list and thread are screens of their own, in Chinese as well', async () => {
  const [gil, hua] = [await join('gil', null), await join('hua', null, { phone: true, language: 'zh-CN' })]
  await goTo(gil, '/messages/hua')
  await write(gil, '你好！\nhttps://example.org')
  await bubble(gil, '你好').waitFor()
  await goTo(hua, '/messages')
  await hua.getByTestId('box-requests').tap()
  await hua.getByTestId('conversation').tap()
  await bubble(hua, '你好').waitFor()
  expect(await hua.getByTestId('conversation').isVisible()).toBe(false)
  expect(await bubble(hua, '你好').locator('a').getAttribute('href')).toBe('https://example.org/')
  await hua.getByTestId('accept').tap()
  await hua.getByTestId('write').waitFor()
  expect(await hua.evaluate(() => [document.documentElement.scrollWidth <= 390, document.documentElement.scrollHeight <= innerHeight])).toEqual([true, true])
  await hua.getByTestId('back').tap()
  await hua.getByTestId('box-inbox').tap()
  expect(await hua.getByTestId('thread').count()).toBe(0)
  await hua.getByTestId('private-search').fill('你好')
  await hua.getByTestId('search-results').getByTestId('conversation').tap()
  await bubble(hua, '你好').waitFor()
  await Promise.all([gil.context().close(), hua.context().close()])
})

test('older messages come while one scrolls up, each once, and the view stays where it was', async () => {
  const [ivy, jon] = [await join('ivy', null), await join('jon', null)]
  await goTo(ivy, '/messages/jon')
  await write(ivy, 'number 1.')
  await bubble(ivy, 'number 1.').waitFor()
  await goTo(jon, '/messages/ivy')
  await jon.getByTestId('accept').click()
  await ivy.getByTestId('left').waitFor({ state: 'detached' })
  // As fast as the limit of twenty in ten seconds allows.
  for (const [page, from] of [[ivy, 2], [jon, 20], [ivy, 38]] as const) {
    if (from === 38) await page.waitForTimeout(10_500)
    for (let n = from; n < from + 18; n += 1) await write(page, `number ${n}.`)
    await bubble(page, `number ${from + 17}.`).waitFor({ timeout: 40_000 })
  }
  await jon.reload({ waitUntil: 'commit' })
  await bubble(jon, 'number 55.').waitFor()
  const seqs = async () => jon.getByTestId('message').evaluateAll((all) => all.map((one) => Number(one.getAttribute('data-seq'))))
  expect(Math.min(...(await seqs()))).toBeGreaterThan(15)
  const seen = new Set(await seqs())
  await jon.getByTestId('messages').hover()
  await eventually('the first message is reached', async () => {
    await jon.mouse.wheel(0, -250)
    const now = await seqs()
    expect(now).toEqual(now.toSorted((one, other) => one - other))
    now.forEach((seq) => seen.add(seq))
    return now.includes(1)
  })
  expect([...seen].sort((one, other) => one - other)).toEqual(Array.from({ length: 55 }, (_, at) => at + 1))
  await jon.getByTestId('to-newest').click()
  await bubble(jon, 'number 55.').waitFor()
  await Promise.all([ivy.context().close(), jon.context().close()])
})
