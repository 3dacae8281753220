// Money's whole way through the pages: bought by the sandbox, given as a combo that another server's viewer sees, earned as beans, withdrawn,
// approved by two people and paid; afterwards the statements and the books add up.
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { ReconciliationView, StatementPage } from '../../server/contract/wallet.ts'
import { hasAttribute, launchViewer } from '../support/browsers.ts'
import { eventually } from '../support/eventually.ts'
import { openGiftStage } from '../support/giftStage.ts'
import type { GiftHost, GiftPerson, GiftStage } from '../support/giftStage.ts'
import { openPageAs } from '../support/openPageAs.ts'
import type { Visitor } from '../support/Visitor.ts'
import { approve, decide, givePayee, verifyName } from '../support/withdrawalPages.ts'

let stage: GiftStage
let browser: Browser
let host: GiftHost
let [giver, seer, ada, bob]: GiftPerson[] = []
beforeAll(async () => {
  ;[stage, browser] = await Promise.all([openGiftStage({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') }), launchViewer()])
  await stage.database('rates').insert({ rates: JSON.stringify({ withdrawalMinimum: '10', withdrawalTwoPeople: '20', withdrawalCut: 100 }), at: new Date() })
  host = await stage.host('money-show')
  ;[giver, seer, ada, bob] = [await stage.user('giver'), await stage.user('seer'), await stage.user('ada'), await stage.user('bob')]
  await stage.database('users').whereIn('name', ['ada', 'bob']).update({ role: 'operator' })
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

const at = (person: GiftPerson | undefined): Visitor => (person as GiftPerson).visitor
async function sumOf(visitor: Visitor, currency: 'coin' | 'bean'): Promise<string> {
  const { body } = await visitor.call<StatementPage>('GET', `/api/wallet/statement?currency=${currency}&limit=100`)
  return String(body.lines.reduce((sum, { amount }) => sum + BigInt(amount), 0n))
}

test('coins that were bought become a gift, beans, and money, and nothing is lost on the way', async () => {
  const other = stage.two.visitor()
  other.cookie = at(seer).cookie
  const seen: Page = await openPageAs(browser, other, `${stage.two.url}/c/money-show`)

  // 9.99 dollars at the sandbox.
  const page = await openPageAs(browser, at(giver), `${stage.one.url}/recharge?next=${encodeURIComponent('/c/money-show')}`)
  await page.locator('[data-testid="package"][data-currency="USD"][data-price="999"]').click()
  await page.getByTestId('pay').click()
  await page.getByTestId('sandbox-pay').click()
  await hasAttribute(page, '[data-testid="order"]', 'data-state', 'credited')
  const bought = await stage.coinsOf((giver as GiftPerson).id)
  expect(bought).toBe(7500n)

  // A combo of twenty roses.
  await page.getByTestId('back').click()
  await hasAttribute(page, '[data-testid="chat"]', 'data-state', 'joined')
  await hasAttribute(seen, '[data-testid="chat"]', 'data-state', 'joined')
  await page.getByTestId('gift-button').click()
  await page.getByTestId('gift-rose').click()
  await page.getByTestId('gift-quantity-10').click()
  await page.getByTestId('gift-send').click()
  await page.getByTestId('gift-combo').click()
  await seen.locator('[data-testid="gift-banner"][data-gift="rose"][data-count="20"]').first().waitFor()
  await seen.locator('[data-testid="gift-row"][data-gift="rose"][data-count="20"]').waitFor()
  const spent = bought - (await stage.coinsOf((giver as GiftPerson).id))
  const beans = spent / 2n
  expect(beans).toBeGreaterThan(20n)

  // The host's beans have risen; a withdrawal of all of them.
  const studio = await openPageAs(browser, host.visitor, `${stage.one.url}/studio?tab=income`)
  await hasAttribute(studio, '[data-testid="income-beans"]', 'data-amount', String(beans))
  await hasAttribute(studio, '[data-testid="income-total"]', 'data-amount', String(beans))
  await studio.getByTestId('income-by-gift').click()
  await studio.locator('[data-testid="income-table-gift"] [data-key="rose"]').waitFor()
  await givePayee(studio, { account: '6222 0210 0111 4321', holder: '王小明' })
  await verifyName(browser, at(ada), 'money-show')
  await studio.reload({ waitUntil: 'commit' })
  await hasAttribute(studio, '[data-testid="payee"]', 'data-verified', 'true')
  await studio.getByTestId('withdraw-beans').fill(String(beans))
  await studio.getByTestId('withdraw-ask').click()
  await studio.locator('[data-testid="withdrawal"][data-state="requested"]').waitFor()

  await (await approve(browser, at(ada), { state: 'requested', becomes: 'half-approved' })).context().close()
  const desk = await approve(browser, at(bob), { state: 'half-approved', becomes: 'approved' })
  await decide(desk, 'pay', 'BANK-1')
  await studio.reload({ waitUntil: 'commit' })
  await studio.locator('[data-testid="withdrawal"][data-state="paid"]').filter({ hasText: 'BANK-1' }).waitFor()
  await hasAttribute(studio, '[data-testid="income-beans"]', 'data-amount', '0')

  // Statements are the balances, and the books agree.
  expect(await sumOf(at(giver), 'coin')).toBe(String(bought - spent))
  expect(await sumOf(host.visitor, 'bean')).toBe('0')
  await eventually('the books agree', async () => {
    const { body } = await at(ada).call<ReconciliationView>('POST', '/api/admin/reconciliations')
    expect(body.differences).toEqual([])
    return BigInt(body.transfers) >= 4n
  })
  for (const open of [page, seen, studio, desk]) await open.context().close()
}, 120_000)
