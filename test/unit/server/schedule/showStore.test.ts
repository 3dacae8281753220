// When a reminder is due.
import { expect, test } from 'vitest'
import { dueAt } from '../../../../server/schedule/showStore.ts'

const now = new Date('2030-01-01T12:00:00Z')
const inMinutes = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000)

test('before a show that is some time away; the same time before each', () => {
  const early = [120, 600].map((minutes) => inMinutes(minutes).getTime() - dueAt(inMinutes(minutes), now).getTime())
  expect(early[0]).toBeGreaterThan(0)
  expect(new Set(early).size).toBe(1)
})

test('at its beginning when it is about to begin', () => {
  expect(dueAt(inMinutes(1), now)).toEqual(inMinutes(1))
})
