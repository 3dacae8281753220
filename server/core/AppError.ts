// The one error that carries a code of the contract; it becomes an HTTP or socket reply in exactly two places.
import { errorStatus } from '../contract/errors.ts'
import type { ErrorBody, ErrorCode } from '../contract/errors.ts'

type Details = { readonly cause?: unknown; readonly message?: string; readonly retryAfter?: number; readonly fields?: Record<string, string> }

/** A failure a caller may be told of. `message` is English and free of secrets; `cause` is for the log alone. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly retryAfter: number | undefined
  readonly fields: Record<string, string> | undefined

  constructor(code: ErrorCode, details: Details = {}) {
    super(details.message ?? code.replaceAll('-', ' '), { cause: details.cause })
    this.name = 'AppError'
    this.code = code
    this.retryAfter = details.retryAfter
    this.fields = details.fields
  }

  get status(): number {
    return errorStatus[this.code]
  }

  toBody(): ErrorBody {
    const { code, message, retryAfter, fields } = this
    return { error: { code, message, ...(retryAfter === undefined ? {} : { retryAfter }), ...(fields === undefined ? {} : { fields }) } }
  }
}
