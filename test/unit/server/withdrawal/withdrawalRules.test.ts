// The operator's rules of withdrawals, and their arithmetic.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ratesSchema } from '../../../../server/contract/rates.ts'
import type { Rates } from '../../../../server/contract/rates.ts'
import { quoteWithdrawal } from '../../../../server/contract/withdrawalQuote.ts'
import { isOpen, leftOfMonth, monthOf, needsTwo, refusalOf } from '../../../../server/withdrawal/withdrawalRules.ts'

const rates = (change: Partial<Rates> = {}): Rates => ({ ...ratesSchema.parse({}), withdrawalMinimum: '1000', ...change })
const now = new Date('2026-11-23T12:00:00Z')
const asked = { beans: 5000n, now, usedThisMonth: 0n, payee: { verified: true } }

test('money is rounded down, the cut is rounded up', () => {
  expect(quoteWithdrawal(1999n, { beansPerMinorUnit: 10, cutBasisPoints: 0 })).toEqual({ gross: 199n, cut: 0n, money: 199n })
  expect(quoteWithdrawal(1999n, { beansPerMinorUnit: 10, cutBasisPoints: 333 })).toEqual({ gross: 199n, cut: 7n, money: 192n })
  expect(quoteWithdrawal(9n, { beansPerMinorUnit: 10, cutBasisPoints: 500 })).toEqual({ gross: 0n, cut: 0n, money: 0n })
  expect(quoteWithdrawal(100n, { beansPerMinorUnit: 1, cutBasisPoints: 10_000 })).toEqual({ gross: 100n, cut: 100n, money: 0n })
})

test('for any beans and rates nothing is paid twice or made of nothing', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 12n), fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 0, max: 10_000 }), (beans, beansPerMinorUnit, cutBasisPoints) => {
      const { gross, cut, money } = quoteWithdrawal(beans, { beansPerMinorUnit, cutBasisPoints })
      expect(cut + money).toBe(gross)
      expect(money).toBeGreaterThanOrEqual(0n)
      expect(gross * BigInt(beansPerMinorUnit)).toBeLessThanOrEqual(beans)
      expect((gross + 1n) * BigInt(beansPerMinorUnit)).toBeGreaterThan(beans)
      expect(cut * 10_000n).toBeGreaterThanOrEqual(gross * BigInt(cutBasisPoints))
      expect((cut - 1n) * 10_000n).toBeLessThan(gross * BigInt(cutBasisPoints) || 1n)
    }),
  )
})

test('more beans never give less money, and two withdrawals never more than one of their sum', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 9n), fc.bigInt(0n, 10n ** 9n), fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 0, max: 10_000 }), (one, other, beansPerMinorUnit, cutBasisPoints) => {
      const of = (beans: bigint) => quoteWithdrawal(beans, { beansPerMinorUnit, cutBasisPoints }).money
      expect(of(one + other)).toBeGreaterThanOrEqual(of(one))
      expect(of(one) + of(other)).toBeLessThanOrEqual(of(one + other))
    }),
  )
})

test('every rule that is broken is named', () => {
  expect(refusalOf(asked, rates())).toBeNull()
  expect(refusalOf({ ...asked, payee: null }, rates())).toBe('payee-missing')
  expect(refusalOf({ ...asked, payee: { verified: false } }, rates())).toBe('name-unverified')
  expect(refusalOf({ ...asked, payee: { verified: false } }, rates({ withdrawalNeedsName: false }))).toBeNull()
  expect(refusalOf({ ...asked, beans: 999n }, rates())).toBe('below-minimum')
  expect(refusalOf({ ...asked, beans: 1000n }, rates())).toBeNull()
  expect(refusalOf(asked, rates({ withdrawalDays: [22, 24] }))).toBe('not-today')
  expect(refusalOf(asked, rates({ withdrawalDays: [23] }))).toBeNull()
  expect(refusalOf({ ...asked, usedThisMonth: 5001n }, rates({ withdrawalMonthlyCap: '10000' }))).toBe('month-used-up')
  expect(refusalOf({ ...asked, usedThisMonth: 5000n }, rates({ withdrawalMonthlyCap: '10000' }))).toBeNull()
})

test('what gives no money is below any minimum', () => {
  expect(refusalOf({ ...asked, beans: 5n }, rates({ withdrawalMinimum: '0', beansPerMinorUnit: 10 }))).toBe('below-minimum')
  expect(refusalOf(asked, rates({ withdrawalCut: 10_000 }))).toBe('below-minimum')
})

test('days are UTC, and the 31st is the last day of a shorter month', () => {
  expect(isOpen([23], new Date('2026-11-23T23:59:59.999Z'))).toBe(true)
  expect(isOpen([23], new Date('2026-11-24T00:00:00Z'))).toBe(false)
  expect(isOpen([31], new Date('2026-11-30T10:00:00Z'))).toBe(true)
  expect(isOpen([31], new Date('2026-12-30T10:00:00Z'))).toBe(false)
  expect(isOpen([29], new Date('2027-02-28T10:00:00Z'))).toBe(true)
})

test('the month begins at its first moment in UTC, and its cap is never overdrawn', () => {
  expect(monthOf(new Date('2026-11-01T00:00:00Z'))).toEqual(new Date('2026-11-01T00:00:00Z'))
  expect(monthOf(new Date('2026-11-30T23:59:59Z'))).toEqual(new Date('2026-11-01T00:00:00Z'))
  expect(leftOfMonth(rates(), 5n)).toBeNull()
  expect(leftOfMonth(rates({ withdrawalMonthlyCap: '100' }), 250n)).toBe(0n)
})

test('from the threshold on two people are needed', () => {
  expect(needsTwo(999_999n, rates())).toBe(false)
  expect(needsTwo(1_000_000n, rates())).toBe(true)
})
