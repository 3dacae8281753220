import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { UserId } from '../../../../server/contract/ids.ts'
import { MAX_AMOUNT } from '../../../../server/contract/money.ts'
import { checkLegs } from '../../../../server/wallet/checkLegs.ts'
import { platformAccount, userAccount } from '../../../../server/wallet/ledgerAccounts.ts'
import type { Leg } from '../../../../server/wallet/ledgerAccounts.ts'

const currencies = ['coin', 'bean'] as const
const amount = fc.bigInt({ min: -MAX_AMOUNT, max: MAX_AMOUNT }).filter((value) => value !== 0n)
const legs = fc.array(fc.record({ owner: fc.constantFrom('ada', 'ben'), currency: fc.constantFrom(...currencies), amount }), { maxLength: 6 }).map((parts) => parts.map(({ owner, currency, amount }): Leg => ({ account: userAccount(owner as UserId, currency), amount })))
const sumOf = (of: readonly Leg[], currency: string): bigint => of.reduce((sum, leg) => (leg.account.currency === currency ? sum + leg.amount : sum), 0n)
/** What the platform must take for the legs to balance, or none where they do. */
const counterparts = (of: readonly Leg[]): Leg[] => currencies.map((currency) => ({ account: platformAccount('issue', currency), amount: -sumOf(of, currency) })).filter(({ amount }) => amount !== 0n)

test('legs that balance in each currency pass, whatever they are', () => {
  fc.assert(
    fc.property(legs, (some) => {
      const whole = [...some, ...counterparts(some)]
      fc.pre(whole.every(({ amount }) => amount <= MAX_AMOUNT && amount >= -MAX_AMOUNT))
      expect(() => checkLegs(whole)).not.toThrow()
    }),
  )
})

test('legs that do not balance in some currency are refused, even when all of them together do', () => {
  fc.assert(
    fc.property(legs, (some) => {
      fc.pre(currencies.some((currency) => sumOf(some, currency) !== 0n))
      expect(() => checkLegs(some)).toThrow(RangeError)
    }),
  )
  const account = (currency: 'coin' | 'bean') => userAccount('ada' as UserId, currency)
  expect(() => checkLegs([{ account: account('coin'), amount: 5n }, { account: account('bean'), amount: -5n }])).toThrow('sum to 5')
})

test.each([0n, MAX_AMOUNT + 1n, -MAX_AMOUNT - 1n, 10n ** 30n])('a leg of %s is refused', (wrong) => {
  const account = userAccount('ada' as UserId, 'coin')
  expect(() => checkLegs([{ account, amount: wrong }, { account: platformAccount('issue', 'coin'), amount: -wrong }])).toThrow(RangeError)
})
