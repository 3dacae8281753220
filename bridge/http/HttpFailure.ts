// A request that fails for a reason of the contract; it becomes an ErrorBody in one place.
import { errorStatus } from '../../server/contract/errors.ts'
import type { ErrorBody, ErrorCode } from '../../server/contract/errors.ts'

export class HttpFailure extends Error {
  override readonly name = 'HttpFailure'
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }

  get status(): number {
    return errorStatus[this.code]
  }

  toBody(): ErrorBody {
    return { error: { code: this.code, message: this.message } }
  }
}
