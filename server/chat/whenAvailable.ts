// Says `unavailable` when a database is out of reach, so that pages offer to try again instead of showing a fault.
import { AppError } from '../core/AppError.ts'

const lost = /^(ECONN|ENOENT|EPIPE|ETIMEDOUT|EAI_AGAIN|PROTOCOL_)|SERVER_SHUTDOWN|CON_COUNT/
const lostNames = ['MaxRetriesPerRequestError', 'AbortError', 'KnexTimeoutError', 'ClusterAllFailedError']
const lostMessages = /Connection is closed|Stream isn't writeable|LOADING Redis|Redis connection is not ready|Connection lost|closed state|Can't add new command|pool is (draining|destroyed)|aborted/i

/** Whether the error means that MySQL or Redis could not be reached, rather than that something was wrong with the request. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return lost.test(code) || lostNames.includes(error.name) || lostMessages.test(error.message)
}

/** Runs a step. @throws AppError unavailable when a database is out of reach; else what the step throws */
export async function whenAvailable<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    if (isUnreachable(error)) throw new AppError('unavailable', { cause: error, message: 'The chat cannot be reached right now: try again in a moment' })
    throw error
  }
}
