// Channels of the hour, the day and the week, by watch time: sampled by one server at a time, written to MySQL at once, read through Redis.
import type { RankingPeriod, RankingView } from '../contract/discovery.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Database } from '../db/openDatabase.ts'
import type { LiveDirectory } from '../live/LiveDirectory.ts'
import type { ChannelCards } from './ChannelCards.ts'
import type { GrowthSamples } from './GrowthSamples.ts'
import { addWatched, pruneRanking, readRanking } from './rankingStore.ts'
import type { Watched } from './rankingStore.ts'
import { takeTurn } from './takeTurn.ts'

export const SAMPLE_SECONDS = 15
const SHOWN = 50
const CACHE_SECONDS = 10
const PRUNE_EVERY = 240

export type RankingsDeps = { readonly database: Database; readonly redis: Redis; readonly directory: LiveDirectory; readonly cards: ChannelCards; readonly growth: GrowthSamples; readonly log: Logger }

export class Rankings {
  readonly #deps: RankingsDeps
  readonly #timer: NodeJS.Timeout
  #running: Promise<void> = Promise.resolve()

  constructor(deps: RankingsDeps) {
    this.#deps = deps
    this.#timer = setInterval(() => {
      this.#running = this.#running.then(async () => void (await this.sample())).catch((error: unknown) => deps.log.warn({ err: error }, 'viewers could not be sampled'))
    }, SAMPLE_SECONDS * 1000).unref()
  }

  /** Counts this turn's viewers, unless another server has. @returns whether this one did */
  async sample(now = Date.now()): Promise<boolean> {
    const { database, directory, growth } = this.#deps
    const turn = Math.floor(now / (SAMPLE_SECONDS * 1000))
    const live = (await directory.all()).filter(({ broadcast }) => broadcast.state === 'live')
    const watched = live.filter(({ broadcast }) => broadcast.viewers > 0).map(({ channelId, broadcast }): Watched => ({ channelId, watchSeconds: broadcast.viewers * SAMPLE_SECONDS, peakViewers: broadcast.viewers }))
    const mine = await database.transaction(async (within) => {
      if (!(await takeTurn(within, 'ranking', turn))) return false
      await addWatched(within, watched, now)
      return true
    })
    if (!mine) return false
    await growth.note(live.map(({ broadcast }) => ({ broadcastId: broadcast.id, viewers: broadcast.viewers })))
    if (turn % PRUNE_EVERY === 0) await pruneRanking(database, now)
    return true
  }

  async view(period: RankingPeriod): Promise<RankingView> {
    const watched = await this.#read(period)
    const cards = await this.#deps.cards.byId(watched.map(({ channelId }) => channelId))
    const entries = watched.flatMap(({ channelId, watchSeconds, peakViewers }) => {
      const card = cards.get(channelId)
      return card ? [{ card, watchSeconds, peakViewers }] : []
    })
    return { period, entries }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#running
  }

  /** The sums of a period, at most 10 s old; straight from MySQL while Redis is away. */
  async #read(period: RankingPeriod): Promise<Watched[]> {
    const { database, redis } = this.#deps
    const key = `ranking:${period}`
    const kept = await redis.get(key).catch(() => null)
    if (kept !== null) return JSON.parse(kept) as Watched[]
    const watched = await readRanking(database, period, { now: Date.now(), limit: SHOWN })
    await redis.set(key, JSON.stringify(watched), 'EX', CACHE_SECONDS).catch(() => undefined)
    return watched
  }
}
