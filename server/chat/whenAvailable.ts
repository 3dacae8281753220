// Says `unavailable` when a database is out of reach, so that pages offer to try again instead of showing a fault.
import { AppError } from '../core/AppError.ts'
import { isUnreachable } from '../core/isUnreachable.ts'

/** Runs a step. @throws AppError unavailable when a database is out of reach; else what the step throws */
export async function whenAvailable<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    if (isUnreachable(error)) throw new AppError('unavailable', { cause: error, message: 'The chat cannot be reached right now: try again in a moment' })
    throw error
  }
}
