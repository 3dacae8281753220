// Structured logs (JSON lines on standard output) that never hold a secret.
import { pino } from 'pino'
import type { Logger } from 'pino'

export type { Logger }

/** Names under which a secret could stand in a logged object; their values are replaced. */
const secretNames = ['streamKey', 'password', 'token', 'secret', 'authorization', 'cookie', 'Authorization', 'set-cookie']

/** @param name the process: `server`, `bridge`, … */
export function createLogger({ name, level }: { name: string; level: string }): Logger {
  const paths = secretNames.flatMap((secret) => [`["${secret}"]`, `*["${secret}"]`, `*.*["${secret}"]`])
  return pino({ name, level, redact: { paths, censor: '[secret]' }, formatters: { level: (label) => ({ level: label }) }, timestamp: pino.stdTimeFunctions.isoTime })
}
