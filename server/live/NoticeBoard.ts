// What a host was told about the running broadcast, kept so that a studio opened later shows it too.
import { noticeSchema } from '../contract/broadcast.ts'
import type { Notice } from '../contract/broadcast.ts'
import type { BroadcastId } from '../contract/ids.ts'
import type { Redis } from '../core/openRedis.ts'

const KEPT = 20
const SECONDS = 86_400
const keyOf = (broadcastId: BroadcastId) => `notices:${broadcastId}`

export class NoticeBoard {
  readonly #redis: Redis

  constructor({ redis }: { redis: Redis }) {
    this.#redis = redis
  }

  async add(broadcastId: BroadcastId, notice: Notice): Promise<void> {
    const key = keyOf(broadcastId)
    await this.#redis.multi().rpush(key, JSON.stringify(notice)).ltrim(key, -KEPT, -1).expire(key, SECONDS).exec()
  }

  /** Oldest first. */
  async of(broadcastId: BroadcastId): Promise<Notice[]> {
    const lines = await this.#redis.lrange(keyOf(broadcastId), 0, -1)
    return lines.map((line) => noticeSchema.parse(JSON.parse(line)))
  }
}
