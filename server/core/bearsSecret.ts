// How server and bridge know each other: the shared secret in an Authorization header, compared in constant time.
import { createHash, timingSafeEqual } from 'node:crypto'

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Whether a request carries `Authorization: Bearer <secret>`; the time it takes tells nothing of the secret. */
export function bearsSecret({ headers }: { readonly headers: { readonly authorization?: string | undefined } }, secret: string): boolean {
  return timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${secret}`))
}
