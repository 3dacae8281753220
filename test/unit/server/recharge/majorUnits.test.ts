// Decimal strings and minor units, exact both ways.
import { expect, test } from 'vitest'
import { fromMajor, toMajor } from '../../../../server/recharge/majorUnits.ts'

test.each([
  [600n, 2, '6.00'],
  [5n, 2, '0.05'],
  [1_000_000_000_000n, 2, '10000000000.00'],
  [120n, 0, '120'],
])('%d with %d digits is %s, and back', (minor, digits, text) => {
  expect(toMajor(minor, digits)).toBe(text)
  expect(fromMajor(text, digits)).toBe(minor)
})

test('what providers leave out is filled in; anything else is no amount', () => {
  expect(fromMajor('6', 2)).toBe(600n)
  expect(fromMajor('6.5', 2)).toBe(650n)
  for (const text of [undefined, '', '-1', '1e3', '1.005', '0x10', ' 1', '1,000.00']) expect(fromMajor(text, 2)).toBeUndefined()
})
