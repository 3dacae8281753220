// Covers the letters of a word with stars, whole characters at a time as a reader sees them.

const segments = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** @param places UTF-16 ranges; what lies between them stays */
export function starOut(text: string, places: ReadonlyArray<readonly [start: number, end: number]>): string {
  const covered = new Uint8Array(text.length)
  for (const [start, end] of places) covered.fill(1, start, end)
  return [...segments.segment(text)].map(({ segment, index }) => (covered.subarray(index, index + segment.length).includes(1) ? '*' : segment)).join('')
}
