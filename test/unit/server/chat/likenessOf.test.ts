// Two messages are alike when only case, width, blanks, signs or drawn-out letters differ.
import { expect, test } from 'vitest'
import { likenessOf } from '../../../../server/chat/likenessOf.ts'

test.each(['buy now', 'BUY  NOW!!!', 'ｂｕｙ ｎｏｗ', 'b-u-y, now.'])('%j is like "buynow"', (text) => {
  expect(likenessOf(text)).toBe('buynow')
})

test('letters that are drawn out count as two', () => {
  expect(likenessOf('soooooo')).toBe(likenessOf('sooo'))
})

test('signs and emoji alone are kept', () => {
  expect(likenessOf('?!')).toBe('?!')
  expect(likenessOf('😀')).not.toBe(likenessOf('👋'))
})
