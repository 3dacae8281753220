// A browser's page that is logged in as a visitor who is so already over HTTP.
import type { Browser, Page } from 'playwright'
import { openPage } from './browsers.ts'
import type { PageOptions } from './browsers.ts'
import type { Visitor } from './Visitor.ts'

export async function openPageAs(browser: Browser, visitor: Visitor, address: string, options: PageOptions = {}): Promise<Page> {
  const page = await openPage(browser, 'about:blank', options)
  const cookies = visitor.cookie.split('; ').filter(Boolean)
  await page.context().addCookies(
    cookies.map((cookie) => {
      const [name = '', value = ''] = cookie.split('=')
      return { name, value, url: visitor.base }
    }),
  )
  await page.goto(address, { waitUntil: 'commit' })
  return page
}
