// Between a moment (ISO 8601) and what a field of local time holds; an empty field is no limit.

const pad = (value: number): string => String(value).padStart(2, '0')

export function toLocal(iso: string | null): string {
  if (iso === null) return ''
  const at = new Date(iso)
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}T${pad(at.getHours())}:${pad(at.getMinutes())}`
}

export const fromLocal = (text: string): string | null => (text === '' || Number.isNaN(Date.parse(text)) ? null : new Date(text).toISOString())
