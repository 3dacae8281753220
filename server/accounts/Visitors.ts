// Who a browser is, logged in or not: a random id in a cookie, and a keyed hash of the address, so that neither names a person.
import { createHmac, randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { parse, serialize } from 'cookie'
import type { RequestHandler } from 'express'

const NAME = 'footlight_visitor'
const SECONDS = 365 * 86_400
const shape = /^[\w-]{22}$/

/** A `Set-Cookie` value that makes the browser a stranger again. */
export const forgottenVisitorCookie = (secure: boolean): string => serialize(NAME, '', { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: 0 })

/** One browser, whoever sits before it. */
export type Visitor = {
  readonly visitorId: string
  /** HMAC of the network address: equal for equal addresses of this installation, and useless to others. */
  readonly addressHash: string
}

export class Visitors {
  readonly #secret: string
  readonly #trustProxy: number

  constructor({ secret, trustProxy }: { secret: string; trustProxy: number }) {
    this.#secret = secret
    this.#trustProxy = trustProxy
  }

  /** The visitor of a request or handshake; one without the cookie is known by the address alone. */
  of(request: IncomingMessage): Visitor {
    const addressHash = this.hashAddress(this.addressOf(request))
    const given = request.headers.cookie ? parse(request.headers.cookie)[NAME] : undefined
    return { visitorId: given && shape.test(given) ? given : `a-${addressHash}`.slice(0, 22), addressHash }
  }

  /** The client's address, past the reverse proxies that are trusted (as Express counts them). */
  addressOf(request: IncomingMessage): string {
    const direct = request.socket.remoteAddress ?? ''
    const forwarded = String(request.headers['x-forwarded-for'] ?? '').split(',').map((part) => part.trim()).filter(Boolean)
    const chain = [direct, ...forwarded.reverse()]
    return chain[Math.min(this.#trustProxy, chain.length - 1)] ?? direct
  }

  hashAddress(address: string): string {
    return createHmac('sha256', this.#secret).update(`address|${address}`).digest('base64url').slice(0, 22)
  }

  /** Gives every browser that has none its cookie. */
  remember(): RequestHandler {
    return (request, response, next) => {
      const given = request.headers.cookie ? parse(request.headers.cookie)[NAME] : undefined
      if (!given || !shape.test(given)) {
        const value = randomBytes(16).toString('base64url')
        response.append('Set-Cookie', serialize(NAME, value, { httpOnly: true, sameSite: 'lax', secure: request.secure, path: '/', maxAge: SECONDS }))
      }
      next()
    }
  }
}
