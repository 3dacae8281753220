// Log-in never sends anybody to another site.
import { expect, test } from 'vitest'
import { safeNext } from '../../../../web/accounts/safeNext.ts'

test('a path of this site is kept', () => {
  expect(safeNext('/c/anna?mode=hls')).toBe('/c/anna?mode=hls')
})

test.each(['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '', null])('%j leads to the studio', (wanted) => {
  expect(safeNext(wanted)).toBe('/studio')
})
