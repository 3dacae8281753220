// The operator's commands: what `npm run -s cli` can do, each answering with plain data for one JSON line.
import { randomBytes } from 'node:crypto'
import { Accounts } from '../accounts/Accounts.ts'
import { Sessions } from '../accounts/Sessions.ts'
import { findUser, hasAdmin } from '../accounts/userStore.ts'
import type { User } from '../accounts/userStore.ts'
import { Channels } from '../channels/Channels.ts'
import { findChannel } from '../channels/channelStore.ts'
import { nameSchema } from '../contract/ids.ts'
import type { UserId } from '../contract/ids.ts'
import { passwordSchema, roleSchema, titleSchema } from '../contract/http.ts'
import type { Settings } from '../contract/settings.ts'
import { AppError } from '../core/AppError.ts'
import { checked } from '../core/checked.ts'
import { openRedis } from '../core/openRedis.ts'
import type { Redis } from '../core/openRedis.ts'
import { migrate } from '../db/migrate.ts'
import { openDatabase } from '../db/openDatabase.ts'
import type { Database } from '../db/openDatabase.ts'
import { listBroadcasts, runningBroadcasts } from '../live/broadcastStore.ts'
import { reconcileLedger } from './reconcileLedger.ts'
import { ChannelUrls } from '../live/ChannelUrls.ts'

const BROADCASTS_LISTED = 100
const ASK_MS = 10_000
const newPassword = () => randomBytes(12).toString('base64url')

export class Operator {
  readonly #settings: Settings
  readonly #database: Database
  readonly #redis: Redis
  readonly #accounts: Accounts
  readonly #channels: Channels

  constructor(settings: Settings) {
    this.#settings = settings
    this.#database = openDatabase({ url: settings.DATABASE_URL, poolSize: 2 })
    this.#redis = openRedis({ url: settings.REDIS_URL, onError: () => undefined })
    const sessions = new Sessions({ redis: this.#redis, days: settings.SESSION_DAYS })
    this.#accounts = new Accounts({ database: this.#database, redis: this.#redis, sessions, loginAttempts: settings.LOGIN_ATTEMPTS, signUpsPerHour: settings.SIGNUPS_PER_HOUR, secret: settings.APP_SECRET })
    this.#channels = new Channels({ database: this.#database, mediaDir: settings.MEDIA_DIR, appSecret: settings.APP_SECRET })
  }

  async migrate() {
    return { migrated: await migrate(this.#database) }
  }

  /** The first admin, on an installation that has none. */
  async ensureAdmin() {
    if (await hasAdmin(this.#database)) return { created: false }
    const password = newPassword()
    const user = await this.#accounts.create({ name: 'admin', password, role: 'admin' })
    return { created: true, name: user.name, password }
  }

  /** @throws AppError bad-request, name-taken */
  async createUser({ name, role = 'user', password = newPassword() }: { name: string; role?: string; password?: string }) {
    const user = await this.#accounts.create({ name: checked(nameSchema, name), password: checked(passwordSchema, password), role: checked(roleSchema, role) })
    return { name: user.name, role: user.role, password }
  }

  /** A new password for who lost theirs, and no other way back in; all their sessions end. @throws AppError user-not-found */
  async resetPassword({ name, password = newPassword() }: { name: string; password?: string }) {
    const user = await this.#user(name)
    await this.#accounts.setPassword({ userId: user.id, password: checked(passwordSchema, password) })
    return { name: user.name, password, serverTold: await this.#tellChanged(user.id, { sessionsEnded: true }) }
  }

  /** @throws AppError user-not-found, bad-request */
  async setRole({ name, role }: { name: string; role: string }) {
    const user = await this.#user(name)
    const given = checked(roleSchema, role)
    await this.#accounts.setRole(user.id, given)
    return { name: user.name, role: given, serverTold: await this.#tellChanged(user.id, { sessionsEnded: false }) }
  }

  /** Locks an account out, or lets it in again. @throws AppError user-not-found */
  async setDisabled({ name, disabled }: { name: string; disabled: boolean }) {
    const user = await this.#user(name)
    await this.#accounts.setDisabled(user.id, disabled)
    return { name: user.name, disabled, serverTold: await this.#tellChanged(user.id, { sessionsEnded: true }) }
  }

  /**
   * Opens a channel, for the account of the same name unless another owner is named; the account is made if there is none.
   * @throws AppError bad-request, name-taken, channel-exists
   */
  async createChannel({ name, title = name, owner = name }: { name: string; title?: string; owner?: string }) {
    const channelName = checked(nameSchema, name)
    const channelTitle = checked(titleSchema, title)
    // Before the account is made: a refused channel must not leave an owner behind whose password nobody saw.
    if (await findChannel(this.#database, { name: channelName })) throw new AppError('name-taken', { message: `The name ${channelName} is taken` })
    const found = await findUser(this.#database, { name: owner })
    const made = found ? undefined : await this.createUser({ name: owner })
    const ownerId = found?.id ?? (await findUser(this.#database, { name: owner }))?.id
    if (!ownerId) throw new AppError('internal')
    const channel = await this.#channels.open({ ownerId, name: channelName, title: channelTitle, category: 'other' })
    const streamKey = await this.#channels.streamKeyOf(channel)
    return { channel: channel.name, owner, ...(made ? { password: made.password } : {}), streamKey, ...this.#urls().of(channel.name) }
  }

  async listChannels() {
    const live = new Set((await runningBroadcasts(this.#database)).map(({ channelId }) => channelId))
    return (await this.#channels.list()).map(({ id, name, title, category, owner }) => ({ channel: name, title, category, owner, running: live.has(id), watchUrl: this.#urls().of(name).watchUrl }))
  }

  async listBroadcasts() {
    return listBroadcasts(this.#database, { limit: BROADCASTS_LISTED })
  }

  /** Asks the running server. @throws Error with its answer when it refuses or is out of reach */
  async stopBroadcast({ channel }: { channel: string }) {
    const response = await this.#ask(`/internal/channels/${encodeURIComponent(channel)}/stop`, {})
    if (!response.ok) throw new Error(`The server refused: ${await response.text()}`)
    return { channel, stopped: true }
  }

  /** Whether the books agree, now; kept for the back office as every night's is. */
  async reconcile() {
    return reconcileLedger(this.#database)
  }

  async close(): Promise<void> {
    this.#redis.disconnect()
    await this.#database.destroy()
  }

  async #user(name: string): Promise<User> {
    const user = await findUser(this.#database, { name })
    if (!user) throw new AppError('user-not-found', { message: `There is no user ${name}` })
    return user
  }

  /** The server then hangs up on open sockets. @returns false when none runs: there are no sockets then */
  async #tellChanged(userId: UserId, change: { sessionsEnded: boolean }): Promise<boolean> {
    return this.#ask(`/internal/users/${userId}/changed`, change).then(
      ({ ok }) => ok,
      () => false,
    )
  }

  #ask(path: string, body: object): Promise<Response> {
    const { SERVER_URL, HTTP_PORT, INTERNAL_SECRET } = this.#settings
    return fetch(new URL(path, SERVER_URL || `http://127.0.0.1:${HTTP_PORT}`), {
      method: 'POST',
      headers: { authorization: `Bearer ${INTERNAL_SECRET}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(ASK_MS),
    })
  }

  #urls(): ChannelUrls {
    const { PUBLIC_URL, PUBLIC_RTMP_HOST, RTMP_PORT, HTTP_PORT } = this.#settings
    return new ChannelUrls({ publicUrl: PUBLIC_URL, rtmpHost: PUBLIC_RTMP_HOST, rtmpPort: RTMP_PORT, httpPort: HTTP_PORT })
  }
}
