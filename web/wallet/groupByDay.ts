// Parts the lines of a statement by day, as the reader's calendar has it.

type Day<T> = { readonly key: string; readonly at: string; readonly lines: readonly T[] }

/** Keeps the order. `at` is that of a day's first line. */
export function groupByDay<T extends { readonly at: string }>(lines: readonly T[]): readonly Day<T>[] {
  const days: { key: string; at: string; lines: T[] }[] = []
  for (const line of lines) {
    const key = new Date(line.at).toDateString()
    const last = days.at(-1)
    if (last?.key === key) last.lines.push(line)
    else days.push({ key, at: line.at, lines: [line] })
  }
  return days
}
