// Log-in sessions: opaque tokens whose hashes live in Redis, so that each can be revoked at once and a leaked Redis opens none.
import { createHash, randomBytes } from 'node:crypto'
import type { UserId } from '../contract/ids.ts'
import type { Redis } from '../core/openRedis.ts'

const keyOf = (token: string) => `session:${createHash('sha256').update(token).digest('base64url')}`

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

  /** @returns the token for the cookie: 256 random bits. */
  async open(userId: UserId): Promise<string> {
    const token = randomBytes(32).toString('base64url')
    await this.#redis.set(keyOf(token), userId, 'EX', this.#seconds)
    return token
  }

  async find(token: string): Promise<UserId | undefined> {
    return ((await this.#redis.get(keyOf(token))) as UserId | null) ?? undefined
  }

  async end(token: string): Promise<void> {
    await this.#redis.del(keyOf(token))
  }
}
