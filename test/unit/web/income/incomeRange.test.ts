// Periods of income are whole days in UTC.
import { expect, test } from 'vitest'
import type { IncomeRow } from '../../../../server/contract/income.ts'
import { lastDays, rangeProblem, tileSums, tilesRange } from '../../../../web/income/incomeRange.ts'

const now = Date.parse('2026-03-31T23:30:00Z')
const row = (key: string, beans: string): IncomeRow => ({ key, title: '', name: null, at: null, gift: beans, guard: '0', ticket: '0', beans, count: 1 })

test('the last days end today, and both ends count', () => {
  expect(lastDays(1, now)).toEqual({ from: '2026-03-31', to: '2026-03-31' })
  expect(lastDays(30, now)).toEqual({ from: '2026-03-02', to: '2026-03-31' })
})

test('what is asked for the tiles reaches back to the first of any month and over thirty days', () => {
  expect(tilesRange(now).from).toBe('2026-03-01')
  const rows = [row('2026-03-01', '1'), row('2026-03-02', '10'), row('2026-03-31', '100')]
  expect(tileSums(rows, now)).toEqual({ month: '111', days30: '110' })
})

test('a period the wrong way round or too long is named', () => {
  expect(rangeProblem({ from: '2026-02-02', to: '2026-02-01' })).toBe('wrongWay')
  expect(rangeProblem({ from: '2025-01-01', to: '2026-01-02' })).toBe('tooLong')
  expect(rangeProblem({ from: '2025-01-01', to: '2026-01-01' })).toBeNull()
})
