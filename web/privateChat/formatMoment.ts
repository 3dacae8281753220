// Times of messages in the reader's language: the hour in a thread, the day above it, the shortest of both in the list.

const dayNumber = (date: Date) => Math.round(new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime() / 86_400_000)

export function formatHour(iso: string, language: string): string {
  return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(iso))
}

/** Whole days before today in the reader's time zone. */
export function daysAgo(iso: string, now = new Date()): number {
  return dayNumber(now) - dayNumber(new Date(iso))
}

export function formatDay(iso: string, language: string, now = new Date()): string {
  const date = new Date(iso)
  return new Intl.DateTimeFormat(language, { weekday: 'short', month: 'long', day: 'numeric', ...(date.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }) }).format(date)
}

/** The hour today, the weekday within a week, else the date. */
export function formatBrief(iso: string, language: string, now = new Date()): string {
  const ago = daysAgo(iso, now)
  if (ago <= 0) return formatHour(iso, language)
  const date = new Date(iso)
  if (ago < 7) return new Intl.DateTimeFormat(language, { weekday: 'short' }).format(date)
  return new Intl.DateTimeFormat(language, { month: 'numeric', day: 'numeric', ...(date.getFullYear() === now.getFullYear() ? {} : { year: '2-digit' }) }).format(date)
}
