// Secrets at rest: sealed with the installation's secret, so that a leaked table gives none away.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

const NONCE_BYTES = 12
const TAG_BYTES = 16

/** @param purpose what is sealed, such as `stream keys`: what was sealed for one purpose does not open for another. */
export type Sealing = { readonly secret: string; readonly purpose: string }

/** Seals with AES-256-GCM: nonce, tag and ciphertext in one buffer, 28 bytes longer than the text in UTF-8. */
export function seal(text: string, sealing: Sealing): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', keyOf(sealing), nonce)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

/** @throws Error when the secret or purpose is another one than it was sealed with, or the bytes were changed */
export function unseal(sealed: Buffer, sealing: Sealing): string {
  const decipher = createDecipheriv('aes-256-gcm', keyOf(sealing), sealed.subarray(0, NONCE_BYTES))
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8')
}

const keyOf = ({ secret, purpose }: Sealing) => createHash('sha256').update(`${purpose}|${secret}`).digest()
