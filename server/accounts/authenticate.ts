// Finds the signed-in user of each request, and says what a request needs of one.
import type { Request, RequestHandler } from 'express'
import { AppError } from '../core/AppError.ts'
import type { Accounts } from './Accounts.ts'
import { sessionTokenIn } from './sessionCookie.ts'
import type { User } from './userStore.ts'

const users = new WeakMap<Request, User>()

/** Looks the session cookie up once a request. */
export function authenticate(accounts: Accounts): RequestHandler {
  return async (request, _response, next) => {
    const user = await accounts.userOf(sessionTokenIn(request.headers.cookie))
    if (user) users.set(request, user)
    next()
  }
}

export function userOf(request: Request): User | undefined {
  return users.get(request)
}

/** @throws AppError not-logged-in */
export function requireUser(request: Request): User {
  const user = users.get(request)
  if (!user) throw new AppError('not-logged-in', { message: 'Log in first' })
  return user
}
