import { expect, test } from 'vitest'
import { ninjaProgress } from '../../../../worker-config/worker/ninjaProgress.ts'

test('one line every 5 percent, from the first file to the last', () => {
  const progress = ninjaProgress()
  const shown = Array.from({ length: 200 }, (_, index) => progress(`[${index + 1}/200] Compiling C++ object x.o`)).filter(Boolean)
  expect(shown).toHaveLength(21)
  expect(shown[0]).toBe('  0 %  (1 of 200 files)')
  expect(shown.at(-1)).toBe('100 %  (200 of 200 files)')
})

test('lines without a counter are not progress', () => {
  const progress = ninjaProgress()
  expect(progress("../src/Worker.cpp:12: warning: '[3/4]' unused")).toBeUndefined()
  expect(progress('')).toBeUndefined()
})

test('a total that grows, or a second run, never shows progress going back', () => {
  const progress = ninjaProgress()
  const shown = ['[50/100]', '[50/200]', '[52/200]', '[120/200]'].map((line) => progress(`${line} x`))
  expect(shown).toEqual([' 50 %  (50 of 100 files)', undefined, undefined, ' 60 %  (120 of 200 files)'])
})
