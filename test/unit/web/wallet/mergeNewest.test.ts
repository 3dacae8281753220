// The statement grows at its head without losing or doubling a line.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeNewest } from '../../../../web/wallet/mergeNewest.ts'

const lines = (from: number, to: number) => Array.from({ length: Math.max(0, from - to) }, (_, at) => ({ id: String(from - at) }))

test('new lines come before the shown ones, each once', () => {
  expect(mergeNewest(lines(7, 2), lines(5, 0))?.map(({ id }) => id)).toEqual(['7', '6', '5', '4', '3', '2', '1'])
})

test('what does not touch cannot be joined: lines between the two would be missing', () => {
  expect(mergeNewest(lines(50, 20), lines(10, 0))).toBeNull()
})

test('an empty statement takes whatever comes, and nothing new changes nothing', () => {
  expect(mergeNewest(lines(3, 0), [])).toEqual(lines(3, 0))
  expect(mergeNewest(lines(3, 0), lines(3, 0))).toEqual(lines(3, 0))
})

test('joined lines are the whole statement, whatever was shown and whatever came', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 30 }), (shown, more, page) => {
      const top = shown + more
      const joined = mergeNewest(lines(top, Math.max(0, top - page)), lines(shown, 0))
      if (more >= page) expect(joined).toBeNull()
      else expect(joined).toEqual(lines(top, 0))
    }),
  )
})
