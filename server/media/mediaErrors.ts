// What mediasoup's refusals mean to a caller.
import { AppError } from '../core/AppError.ts'

/** The worker's own word for what it cannot do: `media-unavailable`, or `bad-request` where only the caller's parameters can be at fault. */
type Blame = 'media-unavailable' | 'bad-request'

/** Malformed parameters are bad-request, codecs nobody has unsupported-codecs, a closed worker or transport media-unavailable, the rest `blame`. */
export function asAppError(error: unknown, blame: Blame = 'media-unavailable'): AppError {
  if (error instanceof AppError) return error
  const name = error instanceof Error ? error.name : ''
  const message = error instanceof Error ? error.message : String(error)
  if (name === 'UnsupportedError') return new AppError('unsupported-codecs', { cause: error, message })
  if (name === 'TypeError' || name === 'RangeError') return new AppError('bad-request', { cause: error, message })
  if (name === 'InvalidStateError' || blame === 'media-unavailable') return new AppError('media-unavailable', { cause: error, message: 'the media worker could not do it' })
  return new AppError('bad-request', { cause: error, message })
}

/** Runs a mediasoup call and turns its refusal into an AppError. */
export async function asking<T>(call: () => Promise<T>, blame?: Blame): Promise<T> {
  try {
    return await call()
  } catch (error) {
    throw asAppError(error, blame)
  }
}
