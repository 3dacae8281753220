// The one error pages handle: a code they can translate, whatever way the request went.
import type { ErrorBody, ErrorCode } from '../../server/contract/errors.ts'

/** Codes of the contract, and three that only a page can meet. */
export type FailureCode = ErrorCode | 'network' | 'timeout' | 'unknown'

export class RequestFailed extends Error {
  readonly code: FailureCode
  readonly fields: Readonly<Record<string, string>>
  /** Seconds to wait before trying again, when the server says so. */
  readonly retryAfter: number | null

  constructor(code: FailureCode, details: Partial<ErrorBody['error']> & { readonly cause?: unknown } = {}) {
    super(details.message ?? code, { cause: details.cause })
    this.name = 'RequestFailed'
    this.code = code
    this.fields = details.fields ?? {}
    this.retryAfter = details.retryAfter ?? null
  }

  /** Turns anything thrown into a failure that a page can show. */
  static from(thrown: unknown): RequestFailed {
    if (thrown instanceof RequestFailed) return thrown
    // A chunk of the page that could not be loaded is a TypeError; the rest is a fault of ours or the browser's.
    return new RequestFailed(thrown instanceof TypeError && /fetch|import|load/i.test(thrown.message) ? 'network' : 'unknown', { cause: thrown })
  }
}
