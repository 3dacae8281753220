// Lets in only those who know the secret that server and bridge share.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { RequestHandler } from 'express'
import { HttpFailure } from './HttpFailure.ts'

/** Refuses requests without `Authorization: Bearer <secret>`; the time it takes tells nothing of the secret. */
export function bearerSecret(secret: string): RequestHandler {
  const expected = digest(`Bearer ${secret}`)
  return (request, _response, next) => {
    const given = digest(request.headers.authorization ?? '')
    next(timingSafeEqual(given, expected) ? undefined : new HttpFailure('internal-secret-wrong', 'the internal secret is missing or wrong'))
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
