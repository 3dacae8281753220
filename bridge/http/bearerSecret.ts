// Lets in only those who know the secret that server and bridge share.
import type { RequestHandler } from 'express'
import { bearsSecret } from '../../server/core/bearsSecret.ts'
import { HttpFailure } from './HttpFailure.ts'

/** Refuses requests without `Authorization: Bearer <secret>`. */
export function bearerSecret(secret: string): RequestHandler {
  return (request, _response, next) => {
    next(bearsSecret(request, secret) ? undefined : new HttpFailure('internal-secret-wrong', 'the internal secret is missing or wrong'))
  }
}
