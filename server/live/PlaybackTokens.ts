// Short-lived tickets to a channel's media for HLS, HTTP-FLV, WHEP and snapshots: signed, naming the channel, who it was given to, and its end.
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { channelIdSchema, userIdSchema } from '../contract/ids.ts'
import type { ChannelId } from '../contract/ids.ts'
import { AppError } from '../core/AppError.ts'
import type { Subject } from '../realtime/Bus.ts'

export const TOKEN_SECONDS = 600
/** One that ends sooner is given anew in playlists. */
const FRESH_SECONDS = 300

const claimsSchema = z.object({ c: channelIdSchema, u: userIdSchema.nullable(), v: z.string().max(64), a: z.string().max(64), e: z.number().int() })

/** `expiresAt`: ms since 1970. */
export type TokenClaims = { readonly channelId: ChannelId; readonly subject: Subject & { readonly visitorId: string; readonly addressHash: string }; readonly expiresAt: number }
export type IssuedToken = { readonly token: string; readonly expiresAt: number }

export class PlaybackTokens {
  readonly #key: Buffer

  constructor({ secret }: { secret: string }) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'footlight playback token', 32))
  }

  issue({ channelId, subject }: Omit<TokenClaims, 'expiresAt'>, now = Date.now()): IssuedToken {
    const seconds = Math.floor(now / 1000) + TOKEN_SECONDS
    const claims = Buffer.from(JSON.stringify({ c: channelId, u: subject.userId, v: subject.visitorId, a: subject.addressHash, e: seconds })).toString('base64url')
    return { token: `${claims}.${this.#sign(claims)}`, expiresAt: seconds * 1000 }
  }

  /** What a token says, whether or not its time is over. @throws AppError playback-token-wrong */
  read(token: string): TokenClaims {
    const [claims = '', signature = '', ...rest] = token.split('.')
    const expected = Buffer.from(this.#sign(claims))
    const given = Buffer.from(signature)
    if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) throw tokenWrong()
    const { c, u, v, a, e } = claimsSchema.parse(JSON.parse(Buffer.from(claims, 'base64url').toString()))
    return { channelId: c, subject: { userId: u, visitorId: v, addressHash: a }, expiresAt: e * 1000 }
  }

  /** The token itself while it is fresh, else one more of the same. */
  refreshed(token: string, claims: TokenClaims, now = Date.now()): string {
    return claims.expiresAt - now > FRESH_SECONDS * 1000 ? token : this.issue(claims, now).token
  }

  #sign(claims: string): string {
    return createHmac('sha256', this.#key).update(claims).digest('base64url')
  }
}

export const tokenWrong = (message = 'The playback token is wrong or its time is over'): AppError => new AppError('playback-token-wrong', { message })
