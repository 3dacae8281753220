// Tells a database that is away for the moment from a fault in a request.

const lostCodes = /^(ECONN|EPIPE|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|PROTOCOL_)|SERVER_SHUTDOWN|CON_COUNT/
const lostNames = new Set(['MaxRetriesPerRequestError', 'KnexTimeoutError', 'AbortError'])
/** What ioredis, Redis and mysql2 say without a code. */
const lostMessages = /^(Connection is closed|Stream isn't writeable|LOADING |Redis connection is not ready|Connection lost|Can't add new command when connection is in closed state)/

/** Whether the error means that MySQL or Redis could not be reached just now. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, syscall } = error as NodeJS.ErrnoException
  // A socket's file that is not there is a server that is away; any other missing file is not.
  if (code === 'ENOENT') return syscall === 'connect'
  return lostCodes.test(String(code ?? '')) || lostNames.has(error.name) || lostMessages.test(error.message)
}
