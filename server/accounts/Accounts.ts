// Commands on accounts: sign up, log in, find who a session belongs to.
import { RateLimiterRedis } from 'rate-limiter-flexible'
import type { Role } from '../contract/http.ts'
import { AppError } from '../core/AppError.ts'
import type { Redis } from '../core/openRedis.ts'
import { spend } from '../core/spend.ts'
import type { Database } from '../db/openDatabase.ts'
import { hashPassword, passwordMatches } from './passwords.ts'
import type { Sessions } from './Sessions.ts'
import { findCredentials, findUser, insertUser } from './userStore.ts'
import type { User } from './userStore.ts'

const LOGIN_WINDOW_SECONDS = 15 * 60
/** One address may try many names, one name may be tried from many addresses: each of these has a wider limit of its own. */
const ADDRESS_FACTOR = 5
const NAME_FACTOR = 10

export class Accounts {
  readonly #database: Database
  readonly #sessions: Sessions
  readonly #logIns: RateLimiterRedis
  readonly #logInsOfAddress: RateLimiterRedis
  readonly #logInsOfName: RateLimiterRedis
  readonly #signUps: RateLimiterRedis

  constructor({ database, redis, sessions, loginAttempts, signUpsPerHour }: { database: Database; redis: Redis; sessions: Sessions; loginAttempts: number; signUpsPerHour: number }) {
    this.#database = database
    this.#sessions = sessions
    const limiter = (keyPrefix: string, points: number) => new RateLimiterRedis({ storeClient: redis, keyPrefix, points, duration: LOGIN_WINDOW_SECONDS })
    this.#logIns = limiter('limit:login', loginAttempts)
    this.#logInsOfAddress = limiter('limit:login-address', loginAttempts * ADDRESS_FACTOR)
    this.#logInsOfName = limiter('limit:login-name', loginAttempts * NAME_FACTOR)
    this.#signUps = new RateLimiterRedis({ storeClient: redis, keyPrefix: 'limit:signup', points: signUpsPerHour, duration: 3600 })
  }

  /** @throws AppError name-taken, too-many-requests */
  async signUp({ name, password, address }: { name: string; password: string; address: string }): Promise<{ user: User; token: string }> {
    await spend(this.#signUps, address)
    const user = await this.create({ name, password, role: 'user' })
    return { user, token: await this.#sessions.open(user.id) }
  }

  /** An account made by the operator, without limits. @throws AppError name-taken */
  async create({ name, password, role }: { name: string; password: string; role: Role }): Promise<User> {
    return insertUser(this.#database, { name, passwordHash: await hashPassword(password), role })
  }

  /**
   * The answer, and the time it takes, is the same for an unknown name and a wrong password.
   * @throws AppError wrong-password, too-many-requests, account-disabled
   */
  async logIn({ name, password, address }: { name: string; password: string; address: string }): Promise<{ user: User; token: string }> {
    const attempt = `${name}|${address}`
    await spend(this.#logIns, attempt)
    await spend(this.#logInsOfAddress, address)
    await spend(this.#logInsOfName, name)
    const found = await findCredentials(this.#database, name)
    if (!(await passwordMatches(found?.passwordHash, password)) || !found) throw new AppError('wrong-password')
    if (found.user.disabled) throw new AppError('account-disabled')
    await Promise.all([this.#logIns.delete(attempt), this.#logInsOfAddress.reward(address), this.#logInsOfName.reward(name)])
    return { user: found.user, token: await this.#sessions.open(found.user.id) }
  }

  async logOut(token: string): Promise<void> {
    await this.#sessions.end(token)
  }

  /** The user of a session's token; undefined for an ended or unknown one. */
  async userOf(token: string | undefined): Promise<User | undefined> {
    const id = token && (await this.#sessions.find(token))
    const user = id ? await findUser(this.#database, { id }) : undefined
    return user?.disabled ? undefined : user
  }
}
