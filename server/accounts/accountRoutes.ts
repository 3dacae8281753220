// HTTP routes of accounts.
import { Router } from 'express'
import type { Request, Response } from 'express'
import { logInSchema, signUpSchema } from '../contract/http.ts'
import type { UserView } from '../contract/http.ts'
import { bodyOf } from '../core/checked.ts'
import type { Accounts } from './Accounts.ts'
import { sessionCookie, sessionTokenIn } from './sessionCookie.ts'
import type { User } from './userStore.ts'

export const viewUser = (user: User): UserView => ({ name: user.name, role: user.role })

/** @param onLoggedOut ends what else lives by that session */
export function accountRoutes({ accounts, sessionSeconds, onLoggedOut }: { accounts: Accounts; sessionSeconds: number; onLoggedOut: (token: string) => void }): Router {
  const routes = Router()

  const enter = (request: Request, response: Response, status: number, { user, token }: { user: User; token: string }) => {
    response.setHeader('Set-Cookie', sessionCookie({ token, seconds: sessionSeconds, secure: request.secure }))
    response.status(status).json(viewUser(user))
  }

  routes.post('/api/signup', async (request, response) => {
    enter(request, response, 201, await accounts.signUp({ ...bodyOf(request, signUpSchema), address: request.ip ?? '' }))
  })

  routes.post('/api/login', async (request, response) => {
    enter(request, response, 200, await accounts.logIn({ ...bodyOf(request, logInSchema), address: request.ip ?? '' }))
  })

  routes.post('/api/logout', async (request, response) => {
    const token = sessionTokenIn(request.headers.cookie)
    if (token) {
      await accounts.logOut(token)
      onLoggedOut(token)
    }
    response.setHeader('Set-Cookie', sessionCookie({ token: '', seconds: 0, secure: request.secure }))
    response.status(204).end()
  })

  return routes
}
