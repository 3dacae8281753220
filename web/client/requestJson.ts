// Speaks the server's HTTP API: JSON both ways, cookies of the same origin, failures as RequestFailed.
import type { ErrorBody } from '../../server/contract/errors.ts'
import { RequestFailed } from './RequestFailed.ts'

const TIMEOUT_MS = 15_000

type Options = {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** Sent as JSON. */
  readonly body?: unknown
  /** Sent as it is, with its own type. */
  readonly file?: Blob
  readonly signal?: AbortSignal
}

/** @throws RequestFailed with the server's code, `network` when it cannot be reached, `timeout` after 15 s. */
export async function requestJson<T>(path: string, { method = 'GET', body, file, signal }: Options = {}): Promise<T> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  const headers: Record<string, string> = { accept: 'application/json' }
  if (body !== undefined) headers['content-type'] = 'application/json'
  if (file !== undefined) headers['content-type'] = file.type
  let response: Response
  try {
    response = await fetch(path, {
      method,
      headers,
      body: file ?? (body === undefined ? null : JSON.stringify(body)),
      credentials: 'same-origin',
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    })
  } catch (cause) {
    throw new RequestFailed(timeout.aborted ? 'timeout' : 'network', { cause })
  }
  if (response.status === 204) return undefined as T
  const answer: unknown = await response.json().catch(() => null)
  if (!response.ok) {
    const error = (answer as Partial<ErrorBody> | null)?.error
    throw error === undefined ? new RequestFailed(response.status >= 500 ? 'internal' : 'bad-request') : new RequestFailed(error.code, error)
  }
  if (answer === null) throw new RequestFailed('internal', { message: 'The answer is not JSON.' })
  return answer as T
}
