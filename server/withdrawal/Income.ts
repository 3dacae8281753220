// A host's income as a report: sums by day, show, gift or kind, and the same as a table to keep.
import type { Channel } from '../channels/channelStore.ts'
import { incomeSources } from '../contract/income.ts'
import type { IncomeQuery, IncomeReport, IncomeRow, IncomeSums } from '../contract/income.ts'
import { CSV_MARK, csvLine } from '../core/csvLine.ts'
import type { Database } from '../db/openDatabase.ts'
import { BETWEEN_SHOWS, earnedByDay, earnedByGift, findShows, giftsByShow, othersByShow } from './incomeStore.ts'
import type { Earned, Period } from './incomeStore.ts'

const DAY_MS = 86_400_000
const ROWS = 1000
const plain = { title: '', name: null, at: null } as const

export class Income {
  readonly #database: Database

  constructor({ database }: { database: Database }) {
    this.#database = database
  }

  async report(channel: Channel, { from, to, by }: IncomeQuery): Promise<IncomeReport> {
    const period: Period = { from: new Date(`${from}T00:00:00Z`), to: new Date(Date.parse(`${to}T00:00:00Z`) + DAY_MS) }
    const days = await earnedByDay(this.#database, channel.ownerId, period)
    const rows = by === 'show' ? await this.#byShow(channel, period) : by === 'gift' ? await this.#byGift(channel, period) : by === 'type' ? byType(days) : byDay(days, period)
    return { from, to, by, totals: sumUp(days), rows: rows.slice(0, ROWS) }
  }

  async csv(channel: Channel, query: IncomeQuery): Promise<string> {
    const { rows, by } = await this.report(channel, query)
    const head = [by, 'title', 'began', ...incomeSources, 'beans', 'count']
    const lines = rows.map(({ key, title, name, at, beans, count, ...sums }) => csvLine([key, name ? `${name.en} / ${name.zhCN}` : title, at ?? '', ...incomeSources.map((source) => sums[source]), beans, count]))
    return `${CSV_MARK}${csvLine(head)}${lines.join('')}`
  }

  /** The newest show first; what came in between shows last. */
  async #byShow(channel: Channel, period: Period): Promise<IncomeRow[]> {
    const earned = [...(await giftsByShow(this.#database, channel.id, period)), ...(await othersByShow(this.#database, { hostId: channel.ownerId, channelId: channel.id }, period))]
    const byShow = Map.groupBy(earned, ({ key }) => key)
    const shows = await findShows(this.#database, [...byShow.keys()].filter((key) => key !== BETWEEN_SHOWS))
    const rows = [...byShow].map(([key, parts]) => ({ ...plain, key, title: shows.get(key)?.title ?? '', at: shows.get(key)?.startedAt.toISOString() ?? null, ...sumUp(parts) }))
    return rows.sort((one, other) => (other.at ?? '').localeCompare(one.at ?? ''))
  }

  async #byGift(channel: Channel, period: Period): Promise<IncomeRow[]> {
    const gifts = await earnedByGift(this.#database, channel.id, period)
    return gifts.map(({ giftId, name, beans, count }) => ({ ...plain, key: giftId, name, ...sumUp([{ key: giftId, source: 'gift', beans, count }]) }))
  }
}

function byDay(earned: readonly Earned[], { from, to }: Period): IncomeRow[] {
  const known = Map.groupBy(earned, ({ key }) => key)
  const days = Array.from({ length: (to.getTime() - from.getTime()) / DAY_MS }, (_none, index) => new Date(from.getTime() + index * DAY_MS).toISOString().slice(0, 10))
  return days.map((day) => ({ ...plain, key: day, ...sumUp(known.get(day) ?? []) }))
}

function byType(earned: readonly Earned[]): IncomeRow[] {
  const rows = incomeSources.map((source) => ({ ...plain, key: source, ...sumUp(earned.filter((part) => part.source === source)) }))
  return rows.filter(({ beans, count }) => beans !== '0' || count > 0).sort((one, other) => (BigInt(one.beans) < BigInt(other.beans) ? 1 : -1))
}

export function sumUp(earned: readonly Earned[]): IncomeSums {
  const of = (parts: readonly Earned[]) => String(parts.reduce((sum, { beans }) => sum + beans, 0n))
  const bySource = (source: Earned['source']) => of(earned.filter((part) => part.source === source))
  return { gift: bySource('gift'), guard: bySource('guard'), ticket: bySource('ticket'), beans: of(earned), count: earned.reduce((sum, { count }) => sum + count, 0) }
}
