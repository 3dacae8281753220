// What mediasoup's refusals mean to a caller.
import { AppError } from '../core/AppError.ts'

/** A malformed parameter is bad-request, a codec nobody has unsupported-codecs, anything else media-unavailable. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const name = error instanceof Error ? error.name : ''
  const message = error instanceof Error ? error.message : String(error)
  if (name === 'UnsupportedError') return new AppError('unsupported-codecs', { cause: error, message })
  if (name === 'TypeError' || name === 'RangeError') return new AppError('bad-request', { cause: error, message })
  // The worker died, or the room or transport was closed meanwhile.
  return new AppError('media-unavailable', { cause: error, message: 'the media worker could not do it' })
}

/** Runs a mediasoup call and turns its refusal into an AppError. */
export async function asking<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    throw asAppError(error)
  }
}
