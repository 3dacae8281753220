// Log-in sessions: opaque tokens whose hashes live in Redis, so that each can be revoked at once and a leaked Redis opens none.
import { createHash, randomBytes } from 'node:crypto'
import type { UserId } from '../contract/ids.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Device } from './describeDevice.ts'

/** The hash of a session's token: names it without opening it. */
export type SessionId = string & { readonly __session: true }
export const sessionIdOf = (token: string): SessionId => createHash('sha256').update(token).digest('base64url') as SessionId

export type Session = Device & { readonly id: SessionId; readonly userId: UserId; readonly epoch: number; readonly openedAt: Date; readonly seenAt: Date }

const keyOf = (id: SessionId) => `login:${id}`
const indexOf = (userId: UserId) => `logins:${userId}`
/** How exactly `seenAt` is kept. */
const SEEN_MS = 60_000
/** Changes a field of a session that still is; an ended one must not come back as a fragment. */
const SET_IF_THERE = "if redis.call('exists', KEYS[1]) == 1 then redis.call('hset', KEYS[1], ARGV[1], ARGV[2]) end"

export class Sessions {
  readonly #redis: Redis
  readonly #seconds: number

  constructor({ redis, days }: { redis: Redis; days: number }) {
    this.#redis = redis
    this.#seconds = days * 86_400
  }

  get seconds(): number {
    return this.#seconds
  }

  /** @param epoch the user's present one. @returns the token for the cookie: 256 random bits. */
  async open({ userId, epoch, device }: { userId: UserId; epoch: number; device: Device }): Promise<string> {
    const token = randomBytes(32).toString('base64url')
    const id = sessionIdOf(token)
    const now = Date.now()
    await this.#redis
      .multi()
      .hset(keyOf(id), { user: userId, epoch, browser: device.browser, system: device.system, opened: now, seen: now })
      .expire(keyOf(id), this.#seconds)
      .zadd(indexOf(userId), now + this.#seconds * 1000, id)
      .expire(indexOf(userId), this.#seconds)
      .exec()
    return token
  }

  /** Finds whose session it is, and notes that it was seen. */
  async find(token: string): Promise<{ userId: UserId; epoch: number } | undefined> {
    const key = keyOf(sessionIdOf(token))
    const [user, epoch, seen] = await this.#redis.hmget(key, 'user', 'epoch', 'seen')
    if (!user) return undefined
    if (Date.now() - Number(seen) > SEEN_MS) await this.#redis.eval(SET_IF_THERE, 1, key, 'seen', String(Date.now()))
    return { userId: user as UserId, epoch: Number(epoch) }
  }

  /** What many tokens open, in one round trip. @returns undefined for each that opens nothing */
  async findMany(tokens: readonly string[]): Promise<Array<{ userId: UserId; epoch: number } | undefined>> {
    const asked = this.#redis.pipeline()
    for (const token of tokens) asked.hmget(keyOf(sessionIdOf(token)), 'user', 'epoch')
    return ((await asked.exec()) ?? []).map(([error, fields]) => {
      if (error) throw error
      const [user, epoch] = fields as [string | null, string | null]
      return user ? { userId: user as UserId, epoch: Number(epoch) } : undefined
    })
  }

  /** Those of a user, latest seen first. */
  async list(userId: UserId): Promise<Session[]> {
    await this.#redis.zremrangebyscore(indexOf(userId), '-inf', Date.now())
    const ids = (await this.#redis.zrange(indexOf(userId), '0', '-1')) as SessionId[]
    const found = await Promise.all(ids.map(async (id) => ({ id, fields: await this.#redis.hgetall(keyOf(id)) })))
    return found
      .filter(({ fields }) => fields['user'] === userId)
      .map(({ id, fields }) => ({
        id,
        userId,
        epoch: Number(fields['epoch']),
        browser: fields['browser'] ?? '',
        system: fields['system'] ?? '',
        openedAt: new Date(Number(fields['opened'])),
        seenAt: new Date(Number(fields['seen'])),
      }))
      .sort((a, b) => b.seenAt.getTime() - a.seenAt.getTime())
  }

  /** Lets a session outlive the end of the user's others. */
  async raise(id: SessionId, epoch: number): Promise<void> {
    await this.#redis.eval(SET_IF_THERE, 1, keyOf(id), 'epoch', String(epoch))
  }

  async end(userId: UserId, id: SessionId): Promise<void> {
    await this.#redis.multi().del(keyOf(id)).zrem(indexOf(userId), id).exec()
  }

  async endAll(userId: UserId, { except }: { except?: SessionId | undefined } = {}): Promise<void> {
    const ids = (await this.#redis.zrange(indexOf(userId), '0', '-1')) as SessionId[]
    for (const id of ids) if (id !== except) await this.end(userId, id)
  }
}
