// Checks what came in against its schema and says field by field what is wrong.
import type { z } from 'zod'
import { AppError } from './AppError.ts'

/** @throws AppError bad-request with a message per field */
export function checked<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const fields = Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join('.') || 'body', issue.message]))
  const message = Object.entries(fields).map(([field, problem]) => `${field} ${problem}`).join('; ')
  throw new AppError('bad-request', { message, fields })
}

/** A request's JSON body, checked. @throws AppError bad-request */
export function bodyOf<S extends z.ZodType>(request: { body?: unknown }, schema: S): z.infer<S> {
  return checked(schema, request.body ?? {})
}
