// A withdrawal through the pages: what a host and operators click, for tests of it.
import type { Browser, Page } from 'playwright'
import { hasAttribute } from './browsers.ts'
import { openPageAs } from './openPageAs.ts'
import type { Visitor } from './Visitor.ts'

/** The host says where the money goes. */
export async function givePayee(page: Page, { account, holder }: { account: string; holder: string }): Promise<void> {
  const form = page.getByTestId('payee-form')
  await form.locator('[name="account"]').fill(account)
  await form.locator('[name="holder"]').fill(holder)
  await page.getByTestId('payee-save').click()
  await page.getByTestId('payee').waitFor()
}

/** An operator's page of the withdrawals' desk. */
export const openDesk = (browser: Browser, operator: Visitor, query = ''): Promise<Page> => openPageAs(browser, operator, `${operator.base}/admin/withdrawals${query}`)

/** An operator finds the name among those that wait, and says how it was verified. */
export async function verifyName(browser: Browser, operator: Visitor, name: string): Promise<void> {
  const page = await openDesk(browser, operator, '?state=names')
  await page.getByTestId('names-table').getByText(`@${name}`).waitFor()
  await page.getByTestId('payee-verify').first().click()
  await page.getByTestId('payee-why').fill('seen the passport')
  await page.getByTestId('payee-confirm').click()
  await page.getByTestId('names-table').getByText(`@${name}`).waitFor({ state: 'detached' })
  await page.context().close()
}

/** An operator opens the first withdrawal of that state and approves it. @param becomes the state it then has */
export async function approve(browser: Browser, operator: Visitor, { state, becomes }: { state: string; becomes: string }): Promise<Page> {
  const page = await openDesk(browser, operator, `?state=${state}`)
  await page.getByTestId('withdrawal-open').first().click()
  await page.getByTestId('withdrawal-approve').click()
  await hasAttribute(page, '[data-testid="withdrawal-detail"]', 'data-state', becomes)
  return page
}

/** In an open detail: refuses or marks as paid, with these words. */
export async function decide(page: Page, what: 'reject' | 'pay', words: string): Promise<void> {
  await page.getByTestId(`withdrawal-${what}`).click()
  await page.getByTestId('withdrawal-words').fill(words)
  await page.getByTestId('withdrawal-confirm').click()
  await hasAttribute(page, '[data-testid="withdrawal-detail"]', 'data-state', what === 'pay' ? 'paid' : 'rejected')
}
