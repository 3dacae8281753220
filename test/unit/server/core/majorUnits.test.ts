// Minor units as people write money.
import { expect, test } from 'vitest'
import { majorUnits } from '../../../../server/core/majorUnits.ts'

test('the point stands where the currency has it', () => {
  expect(majorUnits(1234n, 'CNY')).toBe('12.34')
  expect(majorUnits(5n, 'USD')).toBe('0.05')
  expect(majorUnits(-5n, 'USD')).toBe('-0.05')
  expect(majorUnits(1234n, 'JPY')).toBe('1234')
})
