// How red packets are shared out.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawShare } from '../../../../../server/gifts/packets/drawShare.ts'

/** All shares of a packet, with random numbers from a list. */
function shareOut(coins: bigint, shares: number, randoms: readonly number[]): bigint[] {
  const drawn: bigint[] = []
  for (let left = shares, rest = coins; left > 0; left -= 1) {
    const share = drawShare({ coins: rest, shares: left }, (bound) => BigInt(Math.floor((randoms[drawn.length % randoms.length] ?? 0) * Number(bound))))
    drawn.push(share)
    rest -= share
  }
  return drawn
}

test('whatever chance says, everyone has a coin or more and the shares sum to the whole', () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.bigInt({ min: 0n, max: 1_000_000n }), fc.array(random, { minLength: 1, maxLength: 50 }), (shares, extra, randoms) => {
      const coins = BigInt(shares) + extra
      const drawn = shareOut(coins, shares, randoms)
      expect(drawn).toHaveLength(shares)
      expect(drawn.every((share) => share >= 1n)).toBe(true)
      expect(drawn.reduce((sum, share) => sum + share, 0n)).toBe(coins)
    }),
  )
})

test('who comes first expects no more than who comes last', () => {
  const rounds = 4000
  const sums = [0, 0, 0, 0, 0]
  for (let round = 0; round < rounds; round += 1) shareOut(1000n, 5, Array.from({ length: 5 }, Math.random)).forEach((share, index) => (sums[index] = (sums[index] ?? 0) + Number(share)))
  for (const sum of sums) expect(sum / rounds).toBeGreaterThan(180)
  for (const sum of sums) expect(sum / rounds).toBeLessThan(220)
})

test('fewer coins than shares are no packet', () => {
  expect(() => drawShare({ coins: 4n, shares: 5 }, () => 0n)).toThrow(RangeError)
  expect(() => drawShare({ coins: 4n, shares: 0 }, () => 0n)).toThrow(RangeError)
})
