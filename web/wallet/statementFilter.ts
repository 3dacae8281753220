// What of the statement is shown: kept in the page's address, sent to the server as whole days of the reader's own clock.
import { transferTypeSchema } from '../../server/contract/wallet.ts'
import type { TransferType } from '../../server/contract/wallet.ts'

export type StatementFilter = {
  readonly currency: 'coin' | 'bean'
  readonly type: TransferType | null
  readonly direction: 'in' | 'out' | null
  /** Days as a date field has them, `2026-05-01`; empty for none. */
  readonly from: string
  readonly to: string
}

const isDay = (text: string | null): text is string => text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))

/** Whatever stands in an address becomes a filter: what is not understood is left out. */
export function readStatementFilter(params: URLSearchParams): StatementFilter {
  const direction = params.get('direction')
  const [from, to] = [params.get('from'), params.get('to')]
  return {
    currency: params.get('currency') === 'bean' ? 'bean' : 'coin',
    type: transferTypeSchema.safeParse(params.get('type')).data ?? null,
    direction: direction === 'in' || direction === 'out' ? direction : null,
    from: isDay(from) ? from : '',
    to: isDay(to) ? to : '',
  }
}

/** The reverse of reading: only what differs from the plain statement. */
export function writeStatementFilter({ currency, type, direction, from, to }: StatementFilter): Record<string, string> {
  const given: readonly (readonly [string, string | null])[] = [['currency', currency === 'coin' ? null : currency], ['type', type], ['direction', direction], ['from', from], ['to', to]]
  return Object.fromEntries(given.filter((field): field is [string, string] => field[1] !== null && field[1] !== ''))
}

/** How many filters besides the currency are set. */
export const countFilters = ({ type, direction, from, to }: StatementFilter): number => [type, direction, from || null, to || null].filter((value) => value !== null).length

/** @returns the query of the server's statement; the last day is in it whole. */
export function statementQuery(filter: StatementFilter, before: string | null = null): string {
  const query = new URLSearchParams({ currency: filter.currency })
  if (filter.type !== null) query.set('type', filter.type)
  if (filter.direction !== null) query.set('direction', filter.direction)
  if (filter.from !== '') query.set('from', new Date(`${filter.from}T00:00:00`).toISOString())
  if (filter.to !== '') query.set('to', new Date(`${filter.to}T23:59:59.999`).toISOString())
  if (before !== null) query.set('before', before)
  return String(query)
}
