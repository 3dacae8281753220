// File sizes as people read them.

/** @returns such as `820 kB`, `1.3 GB` (powers of ten, in the language's own number format). */
export function formatBytes(bytes: number, language: string): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** step
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: value < 10 && step > 1 ? 1 : 0 }).format(value)} ${units[step]}`
}
