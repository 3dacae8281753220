// Rankings as sorted sets in Redis: a copy of MySQL's sums that may be lost at any time.
import type { Redis } from '../core/openRedis.ts'
import type { Database } from '../db/openDatabase.ts'
import type { BoardKey } from './boards.ts'
import { topSums } from './sumStore.ts'

/** A copied ranking has so many places; beyond them MySQL answers. */
const COPIED = 10_000
/** A copy is made anew after that time, because an update may have been lost while Redis was away. */
const TRUSTED_MS = 60_000
const KEPT_SECONDS = 3600
const ROWS_AT_ONCE = 1000
/** A member that says when the whole was copied: without it the set holds updates only. Its score keeps it last. */
const MARK = '!'

export type Place = { readonly subjectId: string; readonly total: bigint }

/**
 * Sums only grow, so a higher one is always the newer one: an update may come twice, late, or while a copy is made. Scores are doubles: exact up to
 * 2^53 coins.
 */
export class RankingBook {
  readonly #database: Database
  readonly #redis: Redis
  readonly #prefix: string
  readonly #copying = new Map<string, Promise<void>>()

  /** @param databaseUrl keeps platforms that share a Redis but not a database apart */
  constructor({ database, redis, databaseUrl }: { database: Database; redis: Redis; databaseUrl: string }) {
    this.#database = database
    this.#redis = redis
    this.#prefix = `gifts:${new URL(databaseUrl).pathname.slice(1)}`
  }

  /** Takes over sums that changed. */
  async update(sums: ReadonlyArray<{ board: string; period: string; subjectId: string; total: bigint }>): Promise<void> {
    const pipeline = this.#redis.pipeline()
    for (const [key, some] of Map.groupBy(sums, ({ board, period }) => this.#key({ board, period }))) {
      pipeline.call('ZADD', key, 'GT', ...some.flatMap(({ subjectId, total }) => [String(total), subjectId]))
      pipeline.expire(key, KEPT_SECONDS)
    }
    throwFirst(await pipeline.exec())
  }

  /** The first places; from MySQL while Redis is away. */
  async top(which: BoardKey, limit: number): Promise<Place[]> {
    if (this.#redis.status !== 'ready') return topSums(this.#database, which, limit)
    const key = this.#key(which)
    const read = async () => (await this.#redis.pipeline().zscore(key, MARK).zrevrange(key, 0, limit - 1, 'WITHSCORES').exec()) as Array<[Error | null, unknown]>
    let results = await read()
    if (!isFresh(results[0]?.[1])) {
      await this.#copy(which, key)
      results = await read()
    }
    throwFirst(results)
    const flat = (results[1]?.[1] ?? []) as string[]
    return flat.flatMap((subjectId, index) => (index % 2 === 0 && subjectId !== MARK ? [{ subjectId, total: BigInt(flat[index + 1] ?? 0) }] : []))
  }

  /** Copies the ranking from MySQL; all who need it at once share one copying. */
  #copy(which: BoardKey, key: string): Promise<void> {
    const running = this.#copying.get(key)
    if (running) return running
    const copying = this.#copyNow(which, key).finally(() => this.#copying.delete(key))
    this.#copying.set(key, copying)
    return copying
  }

  async #copyNow(which: BoardKey, key: string): Promise<void> {
    const now = Date.now()
    const sums = await topSums(this.#database, which, COPIED)
    const pipeline = this.#redis.pipeline()
    for (let from = 0; from < sums.length; from += ROWS_AT_ONCE) pipeline.call('ZADD', key, 'GT', ...sums.slice(from, from + ROWS_AT_ONCE).flatMap(({ subjectId, total }) => [String(total), subjectId]))
    pipeline.zadd(key, -now, MARK)
    pipeline.expire(key, KEPT_SECONDS)
    throwFirst(await pipeline.exec())
  }

  #key({ board, period }: { board: string; period: string }): string {
    return `${this.#prefix}:${board}:${period}`
  }
}

const isFresh = (mark: unknown): boolean => typeof mark === 'string' && Date.now() + Number(mark) < TRUSTED_MS

function throwFirst(results: ReadonlyArray<readonly [Error | null, unknown]> | null): void {
  const failed = results?.find(([error]) => error !== null)?.[0]
  if (failed) throw failed
}
