// The cookie that carries a session's token: HttpOnly, SameSite, Secure where the page is.
import { parse, serialize } from 'cookie'

const NAME = 'footlight_session'

/** The token in a `Cookie` header, if any. */
export function sessionTokenIn(header: string | undefined): string | undefined {
  return header ? parse(header)[NAME] : undefined
}

/** A `Set-Cookie` value. @param seconds how long it lasts; 0 removes it. */
export function sessionCookie({ token, seconds, secure }: { token: string; seconds: number; secure: boolean }): string {
  return serialize(NAME, token, { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: seconds })
}
