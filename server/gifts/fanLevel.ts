// From points to levels of fans: one table.

/** Points that each level from 1 on takes. */
const levels = [
  10, 50, 150, 300, 600, 1000, 1600, 2500, 3800, 5500, 8000, 11_500, 16_000, 22_000, 30_000, 42_000, 58_000, 80_000, 110_000, 150_000, 210_000, 290_000, 400_000, 550_000, 760_000, 1_050_000,
  1_500_000, 2_000_000, 3_000_000, 5_000_000,
].map(BigInt)

export const HIGHEST_FAN_LEVEL = levels.length
/** Away for longer than that, the badge is grey. */
export const FAN_LIT_MS = 7 * 86_400_000

/** A coin given is a point, and so is a whole minute watched. */
export const fanPoints = ({ coins, watchSeconds }: { coins: bigint; watchSeconds: bigint }): bigint => coins + watchSeconds / 60n

/** 0: no fan yet. */
export const fanLevel = (points: bigint): number => levels.filter((needed) => points >= needed).length

/** The points that the next level takes; null at the highest. */
export const nextFanLevelAt = (level: number): bigint | null => levels[level] ?? null
