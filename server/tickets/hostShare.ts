// What of the coins for a ticket or a minute becomes the host's beans.

/** @param share basis points. @returns beans, rounded down: what is left over stays with the platform */
export const hostShare = (coins: bigint, share: number): bigint => (coins * BigInt(share)) / 10_000n
