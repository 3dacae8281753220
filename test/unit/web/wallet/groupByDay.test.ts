// Lines stand under the day of the reader's own calendar.
import { expect, test } from 'vitest'
import { groupByDay } from '../../../../web/wallet/groupByDay.ts'

const at = (day: number, hour: number) => ({ at: new Date(2026, 4, day, hour).toISOString() })

test('lines of one day stand together, in the order they came', () => {
  const days = groupByDay([at(3, 9), at(2, 23), at(2, 0), at(1, 12)])
  expect(days.map(({ lines }) => lines.length)).toEqual([1, 2, 1])
  expect(days.flatMap(({ lines }) => lines)).toEqual([at(3, 9), at(2, 23), at(2, 0), at(1, 12)])
})

test('no lines, no days', () => {
  expect(groupByDay([])).toEqual([])
})
