// A viewer becomes a guard on the channel's page, and the room sees it: the line, the badge, and the entrance over the stage.
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { UserId } from '../../server/contract/ids.ts'
import type { StreamKeyView } from '../../server/contract/http.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import { launchViewer } from '../support/browsers.ts'
import { ChatPage } from '../support/ChatPage.ts'
import { fundWallet } from '../support/fundWallet.ts'
import { openPageAs } from '../support/openPageAs.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'
import type { Visitor } from '../support/Visitor.ts'

let server: TestServer
let browser: Browser
let host: Visitor
let fan: Visitor
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') }), launchViewer()])
  ;[host, fan] = [server.visitor(), server.visitor()]
  await host.signUp('luna')
  await host.call('POST', '/api/channels', { body: { name: 'luna', title: 'Luna sings', category: 'music' } })
  const { streamKey } = (await host.call<StreamKeyView>('GET', '/api/channels/luna/stream-key')).body
  await server.visitor().call('POST', '/internal/publish', { body: { bridgeId: 'bridgeofthestage', streamKey, remoteAddress: '192.0.2.1' }, headers: { authorization: `Bearer ${server.secret}` } })
  await fan.signUp('orion')
}, 90_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

async function fund(name: string, coins: bigint): Promise<void> {
  const database = openDatabase({ url: server.databaseUrl, poolSize: 1 })
  const { id } = (await database('users').where({ name }).first('id')) as { id: UserId }
  await database.destroy()
  await fundWallet({ databaseUrl: server.databaseUrl, userId: id, coins })
}
const open = (visitor: Visitor, path: string, phone = false): Promise<Page> => openPageAs(browser, visitor, `${server.url}${path}`, { phone })

test('who has too few coins is led to recharge, and buys nothing', async () => {
  await fund('orion', 100n)
  const page = await open(fan, '/guard/luna')
  await page.getByTestId('guard-buy-week').click()
  await page.getByTestId('guard-recharge').waitFor()
  expect(await page.getByTestId('guard-pay').count()).toBe(0)
  await page.context().close()
})

test('a fan becomes a guard: the room hears of it, and sees the guard come in', async () => {
  await fund('orion', 30_000n)
  const room = await open(host, '/c/luna')
  await room.getByTestId('chat-list').waitFor()
  const page = await open(fan, '/guard/luna')
  expect(await page.getByTestId('guard-mine').count()).toBe(0)
  await page.getByTestId('guard-buy-year').click()
  await page.getByTestId('guard-pay').click()
  await page.getByTestId('guard-thanks').waitFor()
  await page.getByTestId('guard-mine').waitFor()
  await page.locator('[data-testid="guard-entry"][data-name="orion"]').waitFor()
  await room.locator('[data-testid="guard-entrance"][data-name="orion"]').waitFor()
  await room.getByTestId('chat-line').filter({ hasText: 'orion guards the host for a year' }).waitFor()
  await room.locator('[data-testid="guard-entrance"]').waitFor({ state: 'detached' })
  await page.goto(`${server.url}/c/luna`, { waitUntil: 'commit' })
  await room.getByTestId('chat-line').filter({ hasText: 'orion, a year guard, came in' }).waitFor()
  await room.locator('[data-testid="guard-entrance"][data-term="year"]').waitFor()
  await page.locator('[data-testid="guard-button"][data-total="1"]').first().waitFor()
  await Promise.all([page.context().close(), room.context().close()])
})

test('in a guards-only room the guard writes, with the badge; others are shown the way', async () => {
  const other = server.visitor()
  await other.signUp('vega')
  const keeper = await ChatPage.open(host)
  await keeper.request('chat:join', { channel: 'luna' })
  await keeper.request('chat:set-modes', { channel: 'luna', modes: { guardsOnly: true } })
  const [guard, viewer] = await Promise.all([open(fan, '/c/luna'), open(other, '/c/luna', true)])
  await viewer.getByTestId('chat-become-guard').waitFor()
  const box = guard.locator('[data-testid="chat-input"]')
  await box.fill('hello, host')
  await box.press('Enter')
  await keeper.sees('hello, host')
  await guard.getByTestId('chat-message').filter({ hasText: 'hello, host' }).locator('[data-testid="role-badge"][data-role="guard"]').waitFor()
  keeper.close()
  await viewer.getByTestId('chat-become-guard').click()
  await viewer.waitForURL((url) => url.pathname === '/guard/luna')
  await viewer.getByTestId('guard-term-year').waitFor()
})
