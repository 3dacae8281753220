// Which rankings a gift counts for: by whom, to whom, and in which periods; days and weeks are those of UTC, weeks begin on Monday.
import type { RankingPeriod } from '../contract/gifts.ts'
import type { BroadcastId, ChannelId, UserId } from '../contract/ids.ts'

const DAY_MS = 86_400_000

/** Who gave to a channel; hosts by what their channels were given; senders by what they gave. */
export type Board = `c:${ChannelId}` | 'hosts' | 'senders'
export type BoardKey = { readonly board: Board; readonly period: string }

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10)
/** 1970 began on a Thursday. */
const mondayOf = (at: number): string => {
  const day = Math.floor(at / DAY_MS)
  return dateOf((day - ((day + 3) % 7)) * DAY_MS)
}

/** The name of the period that a moment lies in. @param broadcastId of `show` */
export function periodName(period: RankingPeriod, at: number, broadcastId: BroadcastId | null = null): string {
  if (period === 'all') return 'all'
  if (period === 'show') return `show:${broadcastId ?? ''}`
  return period === 'day' ? `day:${dateOf(at)}` : `week:${mondayOf(at)}`
}

export type Counted = { readonly channelId: ChannelId; readonly senderId: UserId; readonly broadcastId: BroadcastId; readonly total: bigint; readonly at: number }
export type Sum = BoardKey & { readonly subjectId: string; readonly total: bigint }

/** What sendings add to every ranking, each subject once in each, in one fixed order (so that two servers lock the rows in the same). */
export function sumsOf(sendings: readonly Counted[]): Sum[] {
  const sums = new Map<string, Sum>()
  const add = (board: Board, period: string, subjectId: string, total: bigint): void => {
    const key = `${board} ${period} ${subjectId}`
    sums.set(key, { board, period, subjectId, total: (sums.get(key)?.total ?? 0n) + total })
  }
  for (const { channelId, senderId, broadcastId, total, at } of sendings) {
    const periods = (['day', 'week', 'all'] as const).map((period) => periodName(period, at))
    for (const period of [...periods, periodName('show', at, broadcastId)]) add(`c:${channelId}`, period, senderId, total)
    for (const period of periods) {
      add('hosts', period, channelId, total)
      add('senders', period, senderId, total)
    }
  }
  return [...sums.entries()].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, sum]) => sum)
}
