// SQL of fans: what each gave to a channel in all, how long each watched it, and when each was there last.
import type { ChannelId, UserId } from '../contract/ids.ts'
import type { Database } from '../db/openDatabase.ts'

const ROWS_AT_ONCE = 500

export type FanKey = { readonly channelId: ChannelId; readonly userId: UserId }
export type Fan = { readonly coins: bigint; readonly watchSeconds: bigint; readonly seenAt: Date }
type FanRow = { channel_id: ChannelId; user_id: UserId; coins: string | number; watch_seconds: string | number; seen_at: Date }

/** By `CHANNEL USER`. */
export async function readFans(database: Database, keys: readonly FanKey[]): Promise<ReadonlyMap<string, Fan>> {
  const rows = (await database('gift_fans').whereIn(['channel_id', 'user_id'], keys.map(({ channelId, userId }) => [channelId, userId]))) as FanRow[]
  return new Map(rows.map((row) => [`${row.channel_id} ${row.user_id}`, { coins: BigInt(row.coins), watchSeconds: BigInt(row.watch_seconds), seenAt: row.seen_at }]))
}

/** They watched so long, up to now. */
export async function addWatchTime(within: Database, fans: readonly FanKey[], seconds: number, now: Date): Promise<void> {
  const sorted = fans.toSorted((one, other) => (`${one.channelId} ${one.userId}` < `${other.channelId} ${other.userId}` ? -1 : 1))
  for (let from = 0; from < sorted.length; from += ROWS_AT_ONCE) {
    const rows = sorted.slice(from, from + ROWS_AT_ONCE).map(({ channelId, userId }) => [channelId, userId, seconds, now])
    await within.raw(
      `INSERT INTO gift_fans (channel_id, user_id, watch_seconds, seen_at) VALUES ${rows.map(() => '(?, ?, ?, ?)').join(', ')} ON DUPLICATE KEY UPDATE watch_seconds = watch_seconds + VALUES(watch_seconds), seen_at = VALUES(seen_at)`,
      rows.flat(),
    )
  }
}

/** Of a deleted account no channel remembers anything; what was paid stays in the ledger. */
export async function eraseFan(database: Database, userId: UserId): Promise<void> {
  await database('gift_fans').where({ user_id: userId }).delete()
}
