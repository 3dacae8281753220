// The statement's filters live in the page's address and reach the server as whole days.
import { expect, test } from 'vitest'
import { statementQuerySchema } from '../../../../server/contract/wallet.ts'
import { countFilters, readStatementFilter, statementQuery, writeStatementFilter } from '../../../../web/wallet/statementFilter.ts'

const plain = { currency: 'coin', type: null, direction: null, from: '', to: '' } as const
const full = { currency: 'bean', type: 'gift', direction: 'in', from: '2026-05-01', to: '2026-05-31' } as const

test.each([plain, full])('what is written into an address is read back', (filter) => {
  expect(readStatementFilter(new URLSearchParams(writeStatementFilter(filter)))).toEqual(filter)
})

test('the plain statement has a plain address, and nonsense in an address is left out', () => {
  expect(writeStatementFilter(plain)).toEqual({})
  expect(readStatementFilter(new URLSearchParams('currency=gold&type=theft&direction=up&from=yesterday&to=2026-13-77'))).toEqual(plain)
})

test('only what narrows the statement counts as a filter', () => {
  expect(countFilters(plain)).toBe(0)
  expect(countFilters({ ...plain, currency: 'bean' })).toBe(0)
  expect(countFilters(full)).toBe(4)
})

test('the server understands the query, and the last day is in it whole', () => {
  const query = statementQuerySchema.parse(Object.fromEntries(new URLSearchParams(statementQuery(full, '77'))))
  expect(query).toMatchObject({ currency: 'bean', type: 'gift', direction: 'in', before: '77' })
  expect(new Date(query.from ?? '').getTime()).toBe(new Date(2026, 4, 1).getTime())
  expect(new Date(query.to ?? '').getTime()).toBe(new Date(2026, 5, 1).getTime() - 1)
})
