// How red packets are shared out: at random, fairly on average, never less than a coin, never more than is left.

/**
 * The "double average" rule: each share is drawn evenly from 1 up to twice the average of what is left, so that everyone expects the same whoever
 * comes first; the last one takes the rest.
 * @param below a random number from 0 up to, not including, the one given
 */
export function drawShare({ coins, shares }: { coins: bigint; shares: number }, below: (bound: bigint) => bigint): bigint {
  const others = BigInt(shares) - 1n
  if (others < 0n || coins <= others) throw new RangeError(`${coins} coins for ${shares} shares`)
  if (others === 0n) return coins
  const doubled = (2n * coins) / BigInt(shares)
  const most = coins - others
  return 1n + below(doubled < most ? doubled : most)
}
