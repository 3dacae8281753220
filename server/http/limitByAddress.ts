// Bounds how often one address may call a route that costs something.
import type { RequestHandler } from 'express'
import { RateLimiterRedis } from 'rate-limiter-flexible'
import type { Redis } from '../core/openRedis.ts'
import { spend } from '../core/spend.ts'

/** @param name tells the limits apart in Redis. Only requests of `method` count. */
export function limitByAddress({ redis, name, method, points, seconds }: { redis: Redis; name: string; method: string; points: number; seconds: number }): RequestHandler {
  const limiter = new RateLimiterRedis({ storeClient: redis, keyPrefix: `limit:${name}`, points, duration: seconds })
  return async (request, _response, next) => {
    if (request.method !== method) return next()
    await spend(limiter, request.ip ?? '')
    next()
  }
}
