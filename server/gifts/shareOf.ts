// How much of what is spent becomes the host's.

/**
 * Beans of the host: floor(coins × share / 10,000), so that rounding is always the platform's, never a bean too many.
 * @param share basis points, 0 to 10,000
 */
export function shareOf(coins: bigint, share: number): bigint {
  if (coins < 0n || !Number.isInteger(share) || share < 0 || share > 10_000) throw new RangeError(`A share of ${share} of ${coins} coins`)
  return (coins * BigInt(share)) / 10_000n
}
