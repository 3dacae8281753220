import fc from 'fast-check'
import { expect, test } from 'vitest'
import { widthOf, wrapTitle } from '../../../../../server/discovery/share/wrapTitle.ts'

test('Latin titles break between words', () => {
  expect(wrapTitle('Ada at the engine: a long evening', { width: 10, lines: 3 })).toEqual(['Ada at the engine: a', 'long evening'])
})

test('Chinese titles break anywhere, but no line begins with closing punctuation', () => {
  expect(wrapTitle('今晚八点，一起唱歌吧', { width: 4, lines: 3 })).toEqual(['今晚八', '点，一起', '唱歌吧'])
})

test('what does not fit ends in an ellipsis', () => {
  const [line] = wrapTitle('很长'.repeat(40), { width: 10, lines: 1 })
  expect(line).toBe('很长很长很长很长很…')
})

test('no line is wider than asked, nor are there more of them, whatever the title', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (title) => {
      const lines = wrapTitle(title, { width: 12, lines: 3 })
      expect(lines.length).toBeLessThanOrEqual(3)
      for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(12.001)
    }),
  )
})
