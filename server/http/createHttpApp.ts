// The Express app: security headers, bounded bodies, the rooms' routes in order, the pages, and the one place where errors become replies.
import express from 'express'
import type { ErrorRequestHandler, Express, Router } from 'express'
import { AppError } from '../core/AppError.ts'
import { isUnreachable } from '../core/isUnreachable.ts'
import type { Logger } from '../core/logger.ts'
import { pageRoutes } from './pageRoutes.ts'
import type { RenderHead } from './pageRoutes.ts'
import { securityHeaders } from './securityHeaders.ts'

export type HttpAppOptions = {
  readonly trustProxy: number
  readonly log: Logger
  /** Folder of the built pages. */
  readonly pagesDir: string
  /** What a page's head says of its subject. */
  readonly renderPage?: RenderHead
  /** Sources whose pages may frame `/embed/*`. */
  readonly embedAncestors: readonly string[]
  /** Routes that read their bodies themselves (WHIP, WHEP). */
  readonly raw: readonly Router[]
  /** Routes that need neither cookies nor the origin check (playback, internal calls, health). */
  readonly open: readonly Router[]
  /** Middleware and routes of pages. */
  readonly pageApi: ReadonlyArray<express.RequestHandler | Router>
}

const MAX_JSON = '256kb'
/** Addresses under which there is never a page. */
const notPages = ['/api', '/internal', '/hls', '/flv', '/snapshots', '/covers', '/avatars', '/replays', '/whip', '/whep']

export function createHttpApp({ trustProxy, log, pagesDir, renderPage, embedAncestors, raw, open, pageApi }: HttpAppOptions): Express {
  const app = express()
  app.set('trust proxy', trustProxy)
  app.disable('x-powered-by')
  app.use(securityHeaders({ embedAncestors }))
  for (const routes of raw) app.use(routes)
  app.use(express.json({ limit: MAX_JSON }))
  for (const routes of open) app.use(routes)
  for (const handler of pageApi) app.use(handler)
  app.use(notPages, () => {
    throw new AppError('not-found', { message: 'There is no such route' })
  })
  app.use(pageRoutes({ pagesDir, renderHead: renderPage, log }))
  app.use(replyWithError(log))
  return app
}

/** Express's own failures (bad JSON, too large a body, no such file) carry a status; everything else unknown is ours. */
function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined
  if (status === 413) return new AppError('too-large', { cause: error })
  if (status === 404) return new AppError('not-found', { cause: error })
  if (status === 415) return new AppError('unsupported-media-type', { cause: error })
  if (typeof status === 'number' && status >= 400 && status < 500) return new AppError('bad-request', { cause: error, message: 'The request cannot be read' })
  return new AppError(isUnreachable(error) ? 'unavailable' : 'internal', { cause: error })
}

function replyWithError(log: Logger): ErrorRequestHandler {
  return (thrown, request, response, _next) => {
    const error = toAppError(thrown)
    if (error.status >= 500) log.error({ err: error.cause ?? error, method: request.method, path: request.path }, 'a request failed')
    if (response.headersSent) return void response.destroy()
    if (error.retryAfter !== undefined) response.setHeader('Retry-After', String(error.retryAfter))
    response.status(error.status).json(error.toBody())
  }
}
