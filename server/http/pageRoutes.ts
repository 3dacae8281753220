// The built pages: their assets, and index.html for every address that a page answers, with the head its subject asks for.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import express, { Router } from 'express'
import type { Request } from 'express'
import type { Logger } from '../core/logger.ts'

/** Tags (title, Open Graph, oEmbed, …) for the head of the page at this request's path, escaped; undefined: nothing of its own. */
export type RenderHead = (request: Request) => Promise<string | undefined>

export type PageRouteOptions = { readonly pagesDir: string; readonly renderHead?: RenderHead | undefined; readonly log: Logger }

export function pageRoutes({ pagesDir, renderHead, log }: PageRouteOptions): Router {
  const routes = Router()

  const head = async (request: Request): Promise<string | undefined> => {
    try {
      return await renderHead?.(request)
    } catch (error) {
      // A page without its preview is better than none.
      log.warn({ err: error, path: request.path }, 'the head of a page could not be made')
      return undefined
    }
  }

  routes.use('/assets', express.static(join(pagesDir, 'assets'), { immutable: true, maxAge: '1y', fallthrough: false }))
  routes.use(express.static(pagesDir, { index: false, maxAge: '1h' }))
  routes.get(['/', '/*path'], async (request, response) => {
    const tags = await head(request)
    response.setHeader('Cache-Control', 'no-cache')
    if (tags === undefined) return response.sendFile('index.html', { root: pagesDir, cacheControl: false })
    response.type('html').send(withHead(await readFile(join(pagesDir, 'index.html'), 'utf8'), tags))
  })
  return routes
}

/** Puts the tags in, in the place of those of the same kind that every page has. */
export function withHead(html: string, tags: string): string {
  let page = html
  if (/<title[\s>]/i.test(tags)) page = page.replace(/\s*<title>[^<]*<\/title>/i, '')
  if (/<meta\s+name="description"/i.test(tags)) page = page.replace(/\s*<meta\s+name="description"[^>]*>/i, '')
  return page.replace('</head>', () => `${tags}\n  </head>`)
}
