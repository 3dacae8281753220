// Emote-only rooms take every kind of emoji and nothing else.
import { expect, test } from 'vitest'
import { isEmoteOnly } from '../../../../server/chat/isEmoteOnly.ts'

test.each(['😀😀', '👨‍👩‍👧 ❤️', '👍🏽', '🇩🇪', '1️⃣', '❤'])('%s is emoji only', (text) => {
  expect(isEmoteOnly(text)).toBe(true)
})

test.each(['1', '#', 'ha 😀', '哈😀', ':)', 'a'])('%s is not', (text) => {
  expect(isEmoteOnly(text)).toBe(false)
})

test('a long text is judged in no time', () => {
  const started = performance.now()
  for (const emote of ['👨‍👩‍👧', '❤️', '👍🏽']) expect(isEmoteOnly(`${emote.repeat(100)}x`)).toBe(false)
  expect(performance.now() - started).toBeLessThan(200)
})
