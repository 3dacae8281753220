// Commands on accounts: sign up, log in, change the password, end sessions, find who a session belongs to.
import { EventEmitter } from 'node:events'
import { RateLimiterRedis } from 'rate-limiter-flexible'
import type { Role } from '../contract/http.ts'
import { nameSchema } from '../contract/ids.ts'
import type { UserId } from '../contract/ids.ts'
import { AppError } from '../core/AppError.ts'
import type { Redis } from '../core/openRedis.ts'
import { spend } from '../core/spend.ts'
import type { Database } from '../db/openDatabase.ts'
import { isRetired } from '../db/retiredNames.ts'
import { transact } from '../db/transact.ts'
import type { Device } from './describeDevice.ts'
import { hashPassword, passwordMatches } from './passwords.ts'
import { sessionIdOf } from './Sessions.ts'
import type { Session, SessionId, Sessions } from './Sessions.ts'
import { findCredentials, findUser, findUsers, insertUser, raiseSessionEpoch, updateUser } from './userStore.ts'
import type { User } from './userStore.ts'

const LOGIN_WINDOW_SECONDS = 15 * 60
/** One address may try many names, one name may be tried from many addresses: each of these has a wider limit of its own. */
const ADDRESS_FACTOR = 5
const NAME_FACTOR = 10
/** What names of deleted accounts begin with. */
export const TOMBSTONE = 'deleted-'

export type AccountFacts = {
  /** Sockets of these sessions must go: of one, or of all but one. */
  'sessions-ended': [{ userId: UserId; only?: SessionId; except?: SessionId }]
  /** Name, picture, role or whether the account is open: forget what is cached. */
  changed: [{ userId: UserId }]
}
export type AccountOptions = { readonly database: Database; readonly redis: Redis; readonly sessions: Sessions; readonly loginAttempts: number; readonly signUpsPerHour: number; readonly secret: string }
export type Entry = { readonly user: User; readonly token: string }

export class Accounts extends EventEmitter<AccountFacts> {
  readonly #database: Database
  readonly #sessions: Sessions
  readonly #secret: string
  readonly #logIns: RateLimiterRedis
  readonly #logInsOfAddress: RateLimiterRedis
  readonly #logInsOfName: RateLimiterRedis
  readonly #signUps: RateLimiterRedis
  readonly #confirmations: RateLimiterRedis

  constructor({ database, redis, sessions, loginAttempts, signUpsPerHour, secret }: AccountOptions) {
    super()
    this.setMaxListeners(50)
    this.#database = database
    this.#sessions = sessions
    this.#secret = secret
    const limiter = (keyPrefix: string, points: number) => new RateLimiterRedis({ storeClient: redis, keyPrefix, points, duration: LOGIN_WINDOW_SECONDS })
    this.#logIns = limiter('limit:login', loginAttempts)
    this.#logInsOfAddress = limiter('limit:login-address', loginAttempts * ADDRESS_FACTOR)
    this.#logInsOfName = limiter('limit:login-name', loginAttempts * NAME_FACTOR)
    this.#confirmations = limiter('limit:password', loginAttempts)
    this.#signUps = new RateLimiterRedis({ storeClient: redis, keyPrefix: 'limit:signup', points: signUpsPerHour, duration: 3600 })
  }

  /** @throws AppError name-taken, too-many-requests */
  async signUp({ name, password, address, device }: { name: string; password: string; address: string; device: Device }): Promise<Entry> {
    await spend(this.#signUps, address)
    const user = await this.create({ name, password, role: 'user' })
    return this.enter(user, device)
  }

  /** An account made by the operator, without limits. @throws AppError name-taken */
  async create({ name, password, role }: { name: string; password: string; role: Role }): Promise<User> {
    if (name.startsWith(TOMBSTONE) || (await isRetired(this.#database, this.#secret, name))) throw new AppError('name-taken', { message: `The name ${name} is taken` })
    return insertUser(this.#database, { name, passwordHash: await hashPassword(password), role })
  }

  /**
   * The answer, and the time it takes, is the same for an unknown name and a wrong password.
   * @throws AppError wrong-password, too-many-requests, account-disabled
   */
  async logIn({ name, password, address, device }: { name: string; password: string; address: string; device: Device }): Promise<Entry> {
    const attempt = `${name}|${address}`
    await spend(this.#logIns, attempt)
    await spend(this.#logInsOfAddress, address)
    await spend(this.#logInsOfName, name)
    // The database would also find `ada` by `ádá`, past the limit of `ada`.
    const found = nameSchema.safeParse(name).success ? await findCredentials(this.#database, { name }) : undefined
    if (!(await passwordMatches(found?.passwordHash, password)) || !found) throw new AppError('wrong-password')
    if (found.user.disabled) throw new AppError('account-disabled')
    await Promise.all([this.#logIns.delete(attempt), this.#logInsOfAddress.reward(address), this.#logInsOfName.reward(name)])
    return this.enter(found.user, device)
  }

  /** Opens a session for someone who has proved who they are. */
  async enter(user: User, device: Device): Promise<Entry> {
    return { user, token: await this.#sessions.open({ userId: user.id, epoch: user.sessionEpoch, device }) }
  }

  async logOut(token: string): Promise<void> {
    const session = await this.#sessions.find(token)
    if (session) await this.#end(session.userId, sessionIdOf(token))
  }

  /** The user of a session's token; undefined for an ended or unknown one. */
  async userOf(token: string | undefined): Promise<User | undefined> {
    const session = token ? await this.#sessions.find(token) : undefined
    const user = session && (await findUser(this.#database, { id: session.userId }))
    return !user || user.disabled || session.epoch < user.sessionEpoch ? undefined : user
  }

  /** What became of many log-ins: `open`, `ended`, or `gone` where Redis knows nothing of it (ended, run out, or lost with a Redis). */
  async statesOf(tokens: readonly string[]): Promise<Array<'open' | 'ended' | 'gone'>> {
    if (tokens.length === 0) return []
    const sessions = await this.#sessions.findMany(tokens)
    const users = new Map((await findUsers(this.#database, [...new Set(sessions.flatMap((session) => session?.userId ?? []))])).map((user) => [user.id, user]))
    return sessions.map((session) => {
      if (!session) return 'gone'
      const user = users.get(session.userId)
      return !user || user.disabled || session.epoch < user.sessionEpoch ? 'ended' : 'open'
    })
  }

  /** Asked again before what cannot be taken back. @throws AppError wrong-password, too-many-requests */
  async confirmPassword(userId: UserId, password: string): Promise<void> {
    await spend(this.#confirmations, userId)
    const found = await findCredentials(this.#database, { id: userId })
    if (!(await passwordMatches(found?.passwordHash, password))) throw new AppError('wrong-password')
    await this.#confirmations.delete(userId)
  }

  /** Every session but the one that asks ends. @throws AppError wrong-password, too-many-requests */
  async changePassword({ userId, token, current, password }: { userId: UserId; token: string; current: string; password: string }): Promise<void> {
    await this.confirmPassword(userId, current)
    await this.setPassword({ userId, password, keep: token })
  }

  /** A new password without the old one, for who proved otherwise who they are; sessions end, but `keep`. @param alongside done in the same transaction */
  async setPassword({ userId, password, keep, alongside }: { userId: UserId; password: string; keep?: string; alongside?: (transaction: Database) => Promise<void> }): Promise<void> {
    const passwordHash = await hashPassword(password)
    await this.#endAll(userId, keep, async (transaction) => {
      await alongside?.(transaction)
      await updateUser(transaction, userId, { password_hash: passwordHash })
      await transaction('mailed_codes').where({ user_id: userId, purpose: 'reset' }).delete()
    })
  }

  /** The user's open sessions, latest seen first. */
  async sessionsOf(user: User): Promise<Session[]> {
    return (await this.#sessions.list(user.id)).filter(({ epoch }) => epoch >= user.sessionEpoch)
  }

  /** @throws AppError session-not-found */
  async endSession(user: User, id: string): Promise<void> {
    const session = (await this.sessionsOf(user)).find((open) => open.id === id)
    if (!session) throw new AppError('session-not-found', { message: 'There is no such session' })
    await this.#end(user.id, session.id)
  }

  /** All but the one of `keep`; all without it. */
  async endSessions(userId: UserId, keep?: string): Promise<void> {
    await this.#endAll(userId, keep)
  }

  /** Locks an account out, or lets it in again; its sessions end. */
  async setDisabled(userId: UserId, disabled: boolean): Promise<void> {
    await this.#endAll(userId, undefined, (transaction) => updateUser(transaction, userId, { disabled }))
    this.emit('changed', { userId })
  }

  async setRole(userId: UserId, role: Role): Promise<void> {
    await updateUser(this.#database, userId, { role })
    this.emit('changed', { userId })
  }

  async #end(userId: UserId, id: SessionId): Promise<void> {
    await this.#sessions.end(userId, id)
    this.emit('sessions-ended', { userId, only: id })
  }

  /** The epoch in MySQL is what ends them, even those that a Redis come back from a backup would still hold. */
  async #endAll(userId: UserId, keep?: string, work?: (transaction: Database) => Promise<void>): Promise<void> {
    const except = keep === undefined ? undefined : sessionIdOf(keep)
    await transact(this.#database, async (transaction) => {
      await work?.(transaction)
      const epoch = await raiseSessionEpoch(transaction, userId)
      if (except) await this.#sessions.raise(except, epoch)
    })
    await this.#sessions.endAll(userId, { except })
    this.emit('sessions-ended', { userId, ...(except ? { except } : {}) })
  }
}
