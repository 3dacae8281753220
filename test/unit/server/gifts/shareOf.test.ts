// The host's share of a gift.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shareOf } from '../../../../server/gifts/shareOf.ts'

test.each([
  [1n, 5000, 0n],
  [3n, 5000, 1n],
  [100n, 0, 0n],
  [100n, 10_000, 100n],
  [30_000n, 3333, 9999n],
  [1_000_000_000_000n, 9999, 999_900_000_000n],
])('of %s coins at %s basis points the host has %s beans', (coins, share, beans) => {
  expect(shareOf(coins, share)).toBe(beans)
})

test('it is never more than the share, and less by no whole bean', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.integer({ min: 0, max: 10_000 }), (coins, share) => {
      const rest = coins * BigInt(share) - shareOf(coins, share) * 10_000n
      return rest >= 0n && rest < 10_000n
    }),
  )
})

test.each([-1, 10_001, 0.5, Number.NaN])('%s is no share', (share) => {
  expect(() => shareOf(1n, share)).toThrow(RangeError)
})
