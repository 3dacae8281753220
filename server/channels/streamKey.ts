// Stream keys: random, looked up by their hash, and sealed at rest, so that a leaked table gives none away.
import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const NONCE_BYTES = 12
const TAG_BYTES = 16

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

/** Seals a key with AES-256-GCM: nonce, tag and ciphertext in one buffer. @param secret the installation's APP_SECRET */
export function sealStreamKey(streamKey: string, secret: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', sealingKey(secret), nonce)
  const sealed = Buffer.concat([cipher.update(streamKey, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

/** @throws Error when the secret is another one than it was sealed with, or the bytes were changed */
export function openStreamKey(sealed: Buffer, secret: string): string {
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(secret), sealed.subarray(0, NONCE_BYTES))
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8')
}

const sealingKey = (secret: string) => createHash('sha256').update(`stream keys|${secret}`).digest()
