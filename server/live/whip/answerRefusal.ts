// Says no in WHIP's and WHEP's words: the platform's error body, with the status and headers their specifications name.
import type { Response } from 'express'
import { AppError } from '../../core/AppError.ts'
import { isUnreachable } from '../../core/isUnreachable.ts'
import type { Logger } from '../../core/logger.ts'

/** A refusal whose HTTP status is the protocol's and not the code's own. */
export class Refusal extends Error {
  readonly status: number
  readonly error: AppError

  constructor(status: number, error: AppError) {
    super(error.message, { cause: error })
    this.status = status
    this.error = error
  }
}

/** Seconds after which a player may ask again. */
const RETRY_AFTER_S = 5

export function answerRefusal({ res, error, log }: { res: Response; error: unknown; log: Logger }): void {
  const known = error instanceof Refusal ? error.error : fromBodyParser(error)
  const status = error instanceof Refusal ? error.status : known.status
  if (known.code === 'internal' || known.code === 'unavailable') log.error({ err: error }, 'a WHIP or WHEP request failed')
  // RFC 6750 section 3.
  if (status === 401) res.set('WWW-Authenticate', 'Bearer')
  if (status === 503 || known.code === 'channel-offline') res.set('Retry-After', String(known.retryAfter ?? RETRY_AFTER_S))
  res.status(status).json(known.toBody())
}

function fromBodyParser(error: unknown): AppError {
  if (error instanceof AppError) return error
  const type = (error as { type?: unknown } | null)?.type
  if (type === 'entity.too.large') return new AppError('too-large', { message: 'the SDP is too large', cause: error })
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') return new AppError('unsupported-media-type', { cause: error })
  if (typeof type === 'string' && (type.startsWith('request.') || type.startsWith('entity.'))) return new AppError('bad-request', { cause: error })
  // `URIError` of a path that is no UTF-8.
  if ((error as { status?: unknown } | null)?.status === 400) return new AppError('bad-request', { cause: error })
  return new AppError(isUnreachable(error) ? 'unavailable' : 'internal', { cause: error })
}
