// SQL of the rankings: watch time in buckets of ten minutes and of hours.
import type { RankingPeriod } from '../contract/discovery.ts'
import type { ChannelId } from '../contract/ids.ts'
import type { Database } from '../db/openDatabase.ts'

const TEN_MINUTES = 600_000
const HOUR = 3_600_000
const grains = { m: TEN_MINUTES, h: HOUR } as const
/** A period is so many whole buckets and the running one; a bucket is kept a little longer than it is asked for. */
const periods = { hour: { grain: 'm', ms: HOUR }, day: { grain: 'h', ms: 24 * HOUR }, week: { grain: 'h', ms: 7 * 24 * HOUR } } as const
const KEPT_MS = { m: 2 * HOUR, h: 8 * 24 * HOUR } as const

export type Watched = { readonly channelId: ChannelId; readonly watchSeconds: number; readonly peakViewers: number }

const startOf = (at: number, bucketMs: number) => new Date(Math.floor(at / bucketMs) * bucketMs)

/** Adds what was watched to the buckets that run now. */
export async function addWatched(within: Database, watched: readonly Watched[], now: number): Promise<void> {
  if (watched.length === 0) return
  for (const [grain, ms] of Object.entries(grains)) {
    const rows = watched.map(({ channelId, watchSeconds, peakViewers }) => [grain, startOf(now, ms), channelId, watchSeconds, peakViewers])
    // VALUES() is what MySQL 8 and MariaDB both understand here.
    await within.raw(
      `INSERT INTO ranking_buckets (grain, starts_at, channel_id, watch_seconds, peak_viewers) VALUES ${rows.map(() => '(?, ?, ?, ?, ?)').join(', ')}
       ON DUPLICATE KEY UPDATE watch_seconds = watch_seconds + VALUES(watch_seconds), peak_viewers = GREATEST(peak_viewers, VALUES(peak_viewers))`,
      rows.flat(),
    )
  }
}

/** Most watched first. */
export async function readRanking(database: Database, period: RankingPeriod, { now, limit }: { now: number; limit: number }): Promise<Watched[]> {
  const { grain, ms } = periods[period]
  const rows = (await database('ranking_buckets')
    .where({ grain })
    .where('starts_at', '>=', startOf(now - ms, grains[grain]))
    .groupBy('channel_id')
    .orderBy('watched', 'desc')
    .limit(limit)
    .select('channel_id')
    .sum({ watched: 'watch_seconds' })
    .max({ peak: 'peak_viewers' })) as unknown as Array<{ channel_id: ChannelId; watched: string; peak: number }>
  return rows.map((row) => ({ channelId: row.channel_id, watchSeconds: Number(row.watched), peakViewers: Number(row.peak) }))
}

/** Removes buckets that no period asks for any more. */
export async function pruneRanking(database: Database, now: number): Promise<void> {
  for (const [grain, ms] of Object.entries(KEPT_MS)) await database('ranking_buckets').where({ grain }).where('starts_at', '<', new Date(now - ms)).delete()
}
