// Checks a POST to a WHIP or WHEP endpoint and reads its offer.
import type { Request } from 'express'
import { AppError } from '../../core/AppError.ts'
import { parseOffer } from '../../media/sdp/parseOffer.ts'
import type { SdpOffer } from '../../media/sdp/SdpOffer.ts'

/** Real offers have some kilobytes. */
export const SDP_MAX_BYTES = 64 * 1024

/** @throws AppError unsupported-media-type, not-acceptable, before the body is read */
export function checkHeaders(req: Request): void {
  if (mediaType(req) !== 'application/sdp') throw new AppError('unsupported-media-type', { message: 'the offer must be sent as application/sdp' })
  if (req.headers.accept !== undefined && req.accepts('application/sdp') === false) throw new AppError('not-acceptable', { message: 'the answer is application/sdp' })
}

/** @throws AppError offer-expected, bad-request */
export function readOffer(req: Request): SdpOffer {
  const body: unknown = req.body
  // draft-ietf-wish-whep lets a server make the offer; this one waits for the client's.
  if (typeof body !== 'string' || body.trim() === '') throw new AppError('offer-expected', { message: 'send your SDP offer; this server does not make one' })
  return parseOffer(body)
}

export function mediaType(req: Request): string {
  return (req.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
}
