// How much of a fan someone is of a host: by coins given and time watched.
import type { FanBadge } from '../contract/gifts.ts'
import type { ChannelId, UserId } from '../contract/ids.ts'
import { Remembered } from '../core/Remembered.ts'
import type { Database } from '../db/openDatabase.ts'
import { FAN_LIT_MS, fanLevel, fanPoints, nextFanLevelAt } from './fanLevel.ts'
import { readFans } from './fanStore.ts'
import type { Fan, FanKey } from './fanStore.ts'

const KEEP_MS = 2000

export type FanStanding = { readonly badge: FanBadge | null; readonly points: bigint; /** Points of the next level; null at the highest. */ readonly nextAt: bigint | null }
type Asked = { readonly key: FanKey; readonly done: (fan: Fan | undefined) => void; readonly failed: (error: unknown) => void }

export class FanLevels {
  readonly #database: Database
  readonly #fans: Remembered<string, Fan | undefined>
  #asked: Asked[] = []

  constructor({ database }: { database: Database }) {
    this.#database = database
    this.#fans = new Remembered({ keepMs: KEEP_MS, load: (key) => this.#ask(key) })
  }

  /** Null: gave nothing and watched hardly yet. Kept for 2 s at most. */
  async of(channelId: ChannelId, userId: UserId): Promise<FanBadge | null> {
    return (await this.standingOf(channelId, userId)).badge
  }

  async standingOf(channelId: ChannelId, userId: UserId): Promise<FanStanding> {
    const fan = await this.#fans.get(`${channelId} ${userId}`)
    const points = fan ? fanPoints(fan) : 0n
    const level = fanLevel(points)
    return { badge: fan && level > 0 ? { level, lit: Date.now() - fan.seenAt.getTime() < FAN_LIT_MS } : null, points, nextAt: nextFanLevelAt(level) }
  }

  /** Those who are asked for at once are looked up in one question. */
  #ask(joined: string): Promise<Fan | undefined> {
    const [channelId, userId] = joined.split(' ') as [ChannelId, UserId]
    return new Promise((done, failed) => {
      this.#asked.push({ key: { channelId, userId }, done, failed })
      if (this.#asked.length === 1) setImmediate(() => void this.#lookUp())
    })
  }

  async #lookUp(): Promise<void> {
    const asked = this.#asked
    this.#asked = []
    try {
      const fans = await readFans(this.#database, asked.map(({ key }) => key))
      for (const { key, done } of asked) done(fans.get(`${key.channelId} ${key.userId}`))
    } catch (error) {
      for (const { failed } of asked) failed(error)
    }
  }
}
