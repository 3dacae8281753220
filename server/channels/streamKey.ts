// Stream keys: random, looked up by their hash, and sealed at rest.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { seal, unseal } from '../core/seal.ts'

const PURPOSE = 'stream keys'

/** A fresh key: 192 random bits. */
export function newStreamKey(): string {
  return `live_${randomBytes(24).toString('base64url')}`
}

/** What the table is searched by: SHA-256 suffices for a key of 192 random bits. */
export function hashStreamKey(streamKey: string): Buffer {
  return createHash('sha256').update(streamKey).digest()
}

/** Compares in constant time. */
export function streamKeyMatches(streamKey: string, hash: Buffer): boolean {
  return timingSafeEqual(hashStreamKey(streamKey), hash)
}

/** @param secret the installation's APP_SECRET */
export const sealStreamKey = (streamKey: string, secret: string): Buffer => seal(streamKey, { secret, purpose: PURPOSE })

/** @throws Error when the secret is another one than it was sealed with, or the bytes were changed */
export const openStreamKey = (sealed: Buffer, secret: string): string => unseal(sealed, { secret, purpose: PURPOSE })
