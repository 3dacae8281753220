// A provider that cannot be reached or refuses: told to operators in the log by its words alone, never with what was sent.
import { AppError } from '../core/AppError.ts'

export function providerFailed(provider: string, error: unknown): AppError {
  if (error instanceof AppError) return error
  const words = error instanceof Error ? error.message : String(error)
  // Only the message: errors of clients carry requests, and those carry signatures and keys.
  return new AppError('provider-unavailable', { cause: new Error(`${provider}: ${words.slice(0, 500)}`), message: 'The payment provider is not available' })
}
