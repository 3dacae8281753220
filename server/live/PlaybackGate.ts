// Who asks for a channel's media over plain HTTP (HLS, HTTP-FLV, WHEP, snapshots), and whether they may have it.
import { createHash } from 'node:crypto'
import type { Request } from 'express'
import type { Accounts } from '../accounts/Accounts.ts'
import { sessionTokenIn } from '../accounts/sessionCookie.ts'
import { findUser } from '../accounts/userStore.ts'
import type { User } from '../accounts/userStore.ts'
import type { Visitors } from '../accounts/Visitors.ts'
import type { Channels } from '../channels/Channels.ts'
import type { Channel } from '../channels/channelStore.ts'
import type { UserId } from '../contract/ids.ts'
import type { Redis } from '../core/openRedis.ts'
import { Remembered } from '../core/Remembered.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Bus } from '../realtime/Bus.ts'
import type { Audience } from './Audience.ts'
import type { PlaybackTokens, TokenClaims } from './PlaybackTokens.ts'
import { tokenWrong } from './PlaybackTokens.ts'
import type { Who } from './whoWatches.ts'

const KEEP_MS = 2000
/** A token that is used holds on for this long after its time: a player that keeps asking is not cut off in the middle of a show. */
const IN_USE_MS = 60_000

export type PlaybackGateOptions = {
  readonly database: Database
  readonly redis: Redis
  readonly accounts: Accounts
  readonly channels: Channels
  readonly visitors: Visitors
  readonly audience: Audience
  readonly tokens: PlaybackTokens
  readonly bus: Bus
  /** Whether those without a token are refused. */
  readonly required: boolean
}
/** `token`: to be carried into what a playlist lists; null for none. `lent`: it was given to another browser, at another address. */
export type Admitted = { readonly channel: Channel; readonly who: Who; readonly token: string | null; readonly lent: boolean }

export class PlaybackGate {
  readonly #options: PlaybackGateOptions
  readonly #channels: Remembered<string, Channel>
  readonly #users: Remembered<UserId, User | undefined>
  readonly #sessions: Remembered<string, User | undefined>

  constructor(options: PlaybackGateOptions) {
    this.#options = options
    this.#channels = new Remembered({ keepMs: KEEP_MS, load: (name) => options.channels.byName(name) })
    this.#users = new Remembered({ keepMs: KEEP_MS, load: (id) => findUser(options.database, { id }) })
    this.#sessions = new Remembered({ keepMs: KEEP_MS, load: (session) => options.accounts.userOf(session) })
    options.bus.on('user-changed', ({ userId }) => this.#users.forget(userId))
  }

  /**
   * Asked at each playlist, segment, FLV, WHEP and snapshot request.
   * @param open needs no token even where they are required (pictures of a broadcast)
   * @param inUse a token that is used without a pause holds beyond its time (players read a playlist's address once)
   * @throws AppError channel-not-found, playback-token-wrong, kept-out
   */
  async admit(request: Request, name: string, { open = false, inUse = false }: { open?: boolean; inUse?: boolean } = {}): Promise<Admitted> {
    const { visitors, audience, tokens, required } = this.#options
    const channel = await this.#channels.get(name)
    const token = tokenOf(request)
    if (token === undefined) {
      if (required && !open) throw tokenWrong('This platform asks for a playback token')
      // A page's own pictures and playlists come with its cookies: whoever is logged in does not answer for the neighbours.
      const session = sessionTokenIn(request.headers.cookie)
      const who = { ...visitors.of(request), user: session ? await this.#sessions.get(session) : undefined }
      await audience.admit(channel, who)
      return { channel, who, token: null, lent: false }
    }
    const claims = tokens.read(token)
    if (claims.channelId !== channel.id || !(await this.#holds(token, claims, inUse))) throw tokenWrong()
    const { userId, visitorId, addressHash } = claims.subject
    const user = userId === null ? undefined : await this.#users.get(userId)
    // The token of an account that was closed is worth nothing.
    if (userId !== null && (!user || user.disabled)) throw tokenWrong()
    const who = { visitorId, addressHash, user }
    await audience.admit(channel, who)
    const sender = visitors.of(request)
    const lent = sender.addressHash !== addressHash && sender.visitorId !== visitorId
    return { channel, who, token: tokens.refreshed(token, claims), lent }
  }

  async #holds(token: string, { expiresAt }: TokenClaims, inUse: boolean): Promise<boolean> {
    const left = expiresAt - Date.now()
    if (!inUse || left > IN_USE_MS) return left > 0
    const key = `playback:${createHash('sha256').update(token).digest('base64url')}`
    const { redis } = this.#options
    if (left <= 0 && !(await redis.exists(key))) return false
    await redis.set(key, '1', 'PX', Math.max(0, left) + IN_USE_MS)
    return true
  }
}

/** `?token=`, or a Bearer token as WHEP has it. */
function tokenOf({ query, headers }: Request): string | undefined {
  const { token } = query
  return typeof token === 'string' ? token : /^Bearer +(\S{1,1000})$/i.exec(headers.authorization ?? '')?.[1]
}
