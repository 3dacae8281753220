// Takes one point from a rate limit, and turns "none left" into the one error that says when to come back.
import { RateLimiterRes } from 'rate-limiter-flexible'
import type { RateLimiterAbstract } from 'rate-limiter-flexible'
import { AppError } from './AppError.ts'

/** @throws AppError too-many-requests with `retryAfter` in seconds */
export async function spend(limiter: Pick<RateLimiterAbstract, 'consume'>, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    throw new AppError('too-many-requests', { retryAfter: Math.ceil(refusal.msBeforeNext / 1000) })
  }
}
