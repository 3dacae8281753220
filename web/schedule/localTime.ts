// Times as an `<input type="datetime-local">` holds them: the reader's own clock, to the minute, without a zone.

const two = (value: number) => String(value).padStart(2, '0')

/** @returns such as `2030-01-31T20:00` in this browser's time zone. */
export function toLocalInput(time: Date): string {
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}T${two(time.getHours())}:${two(time.getMinutes())}`
}

/** @returns the moment in UTC (ISO 8601); null for what is no time. */
export function fromLocalInput(text: string): string | null {
  const time = new Date(text)
  return text === '' || Number.isNaN(time.getTime()) ? null : time.toISOString()
}

/** The next full hour at least so many hours from now. */
export function nextHour(now: Date, hours: number): Date {
  const time = new Date(now.getTime() + hours * 3_600_000)
  time.setMinutes(0, 0, 0)
  time.setHours(time.getHours() + 1)
  return time
}
