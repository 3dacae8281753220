// How loud a moment of sound is, as a length of the meter.

const FLOOR_DB = -60

/** @param samples between -1 and 1; @returns 0 (silence, -60 dBFS or less) to 1 (full scale). */
export function soundLevel(samples: ArrayLike<number>): number {
  let sum = 0
  for (let index = 0; index < samples.length; index++) sum += (samples[index] ?? 0) ** 2
  const decibels = 10 * Math.log10(sum / Math.max(1, samples.length) + 1e-12)
  return Math.min(1, Math.max(0, 1 - decibels / FLOOR_DB))
}
