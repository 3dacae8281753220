/** Log lines are JSON for machines; the terminal shows a person the few that matter. */

export interface LogLine {
  /** Whether a person should see it without asking: a warning or worse. */
  important: boolean
  text: string
}

const IMPORTANT = new Set(['warn', 'error', 'fatal'])
const KNOWN = new Set(['level', 'time', 'pid', 'hostname', 'name', 'msg', 'err'])

/** Reads one line of pino's output. A line that is not JSON (a stack trace, say) is important as it is. */
export function readableLog(line: string): LogLine {
  const entry = parse(line)
  if (!entry) return { important: true, text: line }
  const { level, time, name, msg, err } = entry
  const clock = typeof time === 'string' ? `${time.slice(11, 19)} ` : ''
  const details = Object.entries(entry)
    .filter(([key, value]) => !KNOWN.has(key) && ['string', 'number', 'boolean'].includes(typeof value))
    .map(([key, value]) => ` ${key}=${String(value)}`)
    .join('')
  const text = `${clock}${plain(name)} ${plain(level)}: ${plain(msg)}${details}${cause(err)}`
  return { important: IMPORTANT.has(plain(level)), text }
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function cause(err: unknown): string {
  if (typeof err !== 'object' || err === null || !('message' in err)) return ''
  return ` (${String(err.message)})`
}
