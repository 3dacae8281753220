// What the operator's commands tell a running server: an account changed under it.
import { Router } from 'express'
import { z } from 'zod'
import { userIdSchema } from '../contract/ids.ts'
import { AppError } from '../core/AppError.ts'
import { bearsSecret } from '../core/bearsSecret.ts'
import { bodyOf, checked } from '../core/checked.ts'
import type { Accounts } from './Accounts.ts'

const changedSchema = z.object({ sessionsEnded: z.boolean() })

/** `POST /internal/users/:userId/changed` -> 204. */
export function internalAccountRoutes({ accounts, secret }: { accounts: Accounts; secret: string }): Router {
  const routes = Router()
  routes.post('/internal/users/:userId/changed', (request, response) => {
    if (!bearsSecret(request, secret)) throw new AppError('internal-secret-wrong')
    const userId = checked(userIdSchema, request.params.userId)
    accounts.emit('changed', { userId })
    if (bodyOf(request, changedSchema).sessionsEnded) accounts.emit('sessions-ended', { userId })
    response.status(204).end()
  })
  return routes
}
