// Joins lines that have just come with those that are shown, so that a list grows at its head without losing its tail.

type Line = { readonly id: string }

/** @returns null when the two do not touch: more has come than the newer ones hold, and the list must begin anew. */
export function mergeNewest<T extends Line>(newer: readonly T[], shown: readonly T[]): readonly T[] | null {
  const known = new Set(shown.map(({ id }) => id))
  const fresh = newer.filter(({ id }) => !known.has(id))
  const touching = fresh.length < newer.length || shown.length === 0
  return touching ? [...fresh, ...shown] : null
}
