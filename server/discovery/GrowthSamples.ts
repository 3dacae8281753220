// How many watched each broadcast some minutes ago: kept in Redis, where losing it only means that nothing seems to grow for a while.
import type { Redis } from '../core/openRedis.ts'

/** Samples kept of a broadcast, one each SAMPLE_SECONDS: growth is measured against the oldest, so over five minutes. */
const KEPT = 20
const EXPIRES_SECONDS = 600
const keyOf = (broadcastId: string) => `growth:${broadcastId}`

export class GrowthSamples {
  readonly #redis: Redis

  constructor({ redis }: { redis: Redis }) {
    this.#redis = redis
  }

  async note(samples: ReadonlyArray<{ readonly broadcastId: string; readonly viewers: number }>): Promise<void> {
    const pipeline = this.#redis.pipeline()
    for (const { broadcastId, viewers } of samples)
      pipeline
        .lpush(keyOf(broadcastId), viewers)
        .ltrim(keyOf(broadcastId), 0, KEPT - 1)
        .expire(keyOf(broadcastId), EXPIRES_SECONDS)
    await pipeline.exec()
  }

  /** The oldest sample of each, null where there is none. */
  async before(broadcastIds: readonly string[]): Promise<Array<number | null>> {
    if (broadcastIds.length === 0) return []
    const pipeline = this.#redis.pipeline()
    for (const id of broadcastIds) pipeline.lindex(keyOf(id), -1)
    const answers = (await pipeline.exec()) ?? []
    return answers.map(([error, value]) => (error || value === null ? null : Number(value)))
  }
}
