// Which pages may call this server with a visitor's cookies: its own, and those the operator names.
import type { IncomingMessage } from 'node:http'
import type { RequestHandler } from 'express'
import { AppError } from '../core/AppError.ts'

/** False for a request that a page of a foreign origin made. Requests without an Origin come from no page. */
export type OriginRule = (request: IncomingMessage) => boolean

/** @param extraOrigins further origins that are trusted, such as `https://studio.example.org` */
export function originRule({ publicUrl, extraOrigins, trustProxy }: { publicUrl: string; extraOrigins: readonly string[]; trustProxy: number }): OriginRule {
  const trusted = new Set(extraOrigins)
  if (publicUrl) trusted.add(new URL(publicUrl).origin)
  return ({ headers }) => {
    const { origin } = headers
    if (origin === undefined || trusted.has(origin)) return true
    if (!URL.canParse(origin)) return false
    const forwarded = trustProxy > 0 ? headers['x-forwarded-host'] : undefined
    return new URL(origin).host === (typeof forwarded === 'string' ? forwarded : headers.host)
  }
}

const readMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Refuses state changes asked for by a foreign page (CSRF), on the routes it is put before. */
export function refuseForeignPages(mayCall: OriginRule): RequestHandler {
  return (request, _response, next) => {
    if (!readMethods.has(request.method) && !mayCall(request)) throw new AppError('origin-refused')
    next()
  }
}
