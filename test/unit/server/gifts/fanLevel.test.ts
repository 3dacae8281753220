// Levels of fans.
import { expect, test } from 'vitest'
import { fanLevel, fanPoints, HIGHEST_FAN_LEVEL, nextFanLevelAt } from '../../../../server/gifts/fanLevel.ts'

test('thirty levels, each harder than the one before', () => {
  expect(HIGHEST_FAN_LEVEL).toBe(30)
  const needed = Array.from({ length: HIGHEST_FAN_LEVEL }, (_none, level) => nextFanLevelAt(level) as bigint)
  for (const [index, points] of needed.entries()) {
    expect(points > (needed[index - 1] ?? 0n)).toBe(true)
    expect(fanLevel(points)).toBe(index + 1)
    expect(fanLevel(points - 1n)).toBe(index)
  }
  expect(nextFanLevelAt(HIGHEST_FAN_LEVEL)).toBeNull()
  expect(fanLevel(10n ** 15n)).toBe(HIGHEST_FAN_LEVEL)
})

test('a coin is a point, and so is a whole minute', () => {
  expect(fanPoints({ coins: 7n, watchSeconds: 179n })).toBe(9n)
})
