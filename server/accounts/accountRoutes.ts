// HTTP routes of entering and leaving an account, and of the ways back in.
import { Router } from 'express'
import type { Request, Response } from 'express'
import { forgotSchema, resetSchema } from '../contract/accounts.ts'
import type { RecoveryWays } from '../contract/accounts.ts'
import { logInSchema, signUpSchema } from '../contract/http.ts'
import type { UserView } from '../contract/http.ts'
import { bodyOf } from '../core/checked.ts'
import type { Accounts, Entry } from './Accounts.ts'
import { describeDevice } from './describeDevice.ts'
import type { Recovery } from './Recovery.ts'
import { sessionCookie, sessionTokenIn } from './sessionCookie.ts'
import { viewPerson } from './userStore.ts'
import type { User } from './userStore.ts'

export const viewUser = (user: User): UserView => ({ ...viewPerson(user), role: user.role, language: user.language })

export function accountRoutes({ accounts, recovery, sessionSeconds }: { accounts: Accounts; recovery: Recovery; sessionSeconds: number }): Router {
  const routes = Router()

  const asker = (request: Request) => ({ address: request.ip ?? '', device: describeDevice(request.headers['user-agent']) })
  const enter = (request: Request, response: Response, status: number, { user, token }: Entry) => {
    response.append('Set-Cookie', sessionCookie({ token, seconds: sessionSeconds, secure: request.secure }))
    response.status(status).json(viewUser(user))
  }

  routes.post('/api/signup', async (request, response) => {
    enter(request, response, 201, await accounts.signUp({ ...bodyOf(request, signUpSchema), ...asker(request) }))
  })

  routes.post('/api/login', async (request, response) => {
    enter(request, response, 200, await accounts.logIn({ ...bodyOf(request, logInSchema), ...asker(request) }))
  })

  routes.post('/api/logout', async (request, response) => {
    const token = sessionTokenIn(request.headers.cookie)
    if (token) await accounts.logOut(token)
    response.append('Set-Cookie', sessionCookie({ token: '', seconds: 0, secure: request.secure }))
    response.status(204).end()
  })

  routes.get('/api/forgot', (_request, response) => {
    const ways: RecoveryWays = { mail: recovery.mail }
    response.json(ways)
  })

  routes.post('/api/forgot', async (request, response) => {
    await recovery.forgot({ ...bodyOf(request, forgotSchema), address: request.ip ?? '' })
    response.status(202).json({})
  })

  routes.post('/api/reset', async (request, response) => {
    enter(request, response, 200, await recovery.reset({ request: bodyOf(request, resetSchema), ...asker(request) }))
  })

  return routes
}
