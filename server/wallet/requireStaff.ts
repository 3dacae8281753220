// Lets in only whom the table of permissions lets near the platform's money.
import type { Request } from 'express'
import { requireUser } from '../accounts/authenticate.ts'
import type { User } from '../accounts/userStore.ts'
import { may } from '../contract/permissions.ts'
import type { Action } from '../contract/permissions.ts'
import { AppError } from '../core/AppError.ts'

/** @throws AppError not-logged-in, forbidden */
export function requireStaff(request: Request, action: Action): User {
  const user = requireUser(request)
  if (user.role === 'user' || !may(user.role, action)) throw new AppError('forbidden', { message: 'Your role does not allow this' })
  return user
}
