// Counts in the reader's language, short enough for a card.

/** @returns `950`, `1.2K`, or in Chinese `1.2万`. */
export function formatCount(count: number, language: string): string {
  return new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 }).format(count)
}
