// The Bearer token of a request (RFC 6750 section 2.1), compared without telling how much of it was right.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Request } from 'express'
import { AppError } from '../../core/AppError.ts'

/** @throws AppError wrong-stream-key when there is none */
export function bearerToken(req: Request): string {
  const token = /^Bearer +([\x21-\x7e]{1,200}) *$/i.exec(req.headers.authorization ?? '')?.[1]
  if (token === undefined) throw new AppError('wrong-stream-key', { message: 'the stream key must be sent as Bearer token' })
  return token
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** @throws AppError wrong-stream-key */
export function requireToken(req: Request, tokenHash: Buffer): void {
  if (!timingSafeEqual(hashToken(bearerToken(req)), tokenHash)) throw new AppError('wrong-stream-key')
}
