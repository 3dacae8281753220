// The headers that keep pages safe: a strict Content-Security-Policy, and no foreign frames but around the embeddable player.
import type { RequestHandler } from 'express'
import helmet from 'helmet'

const directives = {
  'default-src': ["'self'"],
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'media-src': ["'self'", 'blob:'],
  'worker-src': ["'self'", 'blob:'],
  'connect-src': ["'self'", 'ws:', 'wss:'],
  'object-src': ["'none'"],
  'base-uri': ["'self'"],
  'form-action': ["'self'"],
}

// The platform is also used over plain http on a home network, where these would lock browsers out.
const homely = { strictTransportSecurity: false, crossOriginOpenerPolicy: false, originAgentCluster: false } as const

/** @param embedAncestors sources (CSP frame-ancestors) whose pages may show `/embed/*` in a frame; everything else is never framed. */
export function securityHeaders({ embedAncestors }: { embedAncestors: readonly string[] }): RequestHandler {
  const policy = (ancestors: readonly string[]) => ({ useDefaults: false, directives: { ...directives, 'frame-ancestors': ancestors } })
  const plain = helmet({ ...homely, contentSecurityPolicy: policy(["'none'"]) })
  // X-Frame-Options cannot name foreign pages: it would forbid what frame-ancestors allows.
  const framed = helmet({ ...homely, contentSecurityPolicy: policy(embedAncestors.map(quoteKeyword)), xFrameOptions: false })
  return (request, response, next) => (request.path.startsWith('/embed/') ? framed : plain)(request, response, next)
}

/** CSP's keywords stand in quotes, which are easily forgotten in a setting. */
const quoteKeyword = (source: string): string => (source === 'none' || source === 'self' ? `'${source}'` : source)
