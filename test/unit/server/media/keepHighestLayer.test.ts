import { expect, test } from 'vitest'
import { missesLayer } from '../../../../server/media/keepHighestLayer.ts'

test('a better layer that flows is missed', () => {
  expect(missesLayer({ current: 0, wanted: 2, scores: [10, 10, 0] })).toBe(true)
  expect(missesLayer({ wanted: 2, scores: [5, 0, 0] })).toBe(true)
})

test('one that does not flow, or is not wanted, is not', () => {
  expect(missesLayer({ current: 1, wanted: 2, scores: [10, 10, 0] })).toBe(false)
  expect(missesLayer({ current: 1, wanted: 1, scores: [10, 10, 10] })).toBe(false)
  expect(missesLayer({ wanted: 2, scores: [] })).toBe(false)
})
