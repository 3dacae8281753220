// HTTP routes of what guards an account: password, sessions, e-mail, recovery codes, and its deletion.
import { Router } from 'express'
import type { Request, Response } from 'express'
import { accountDeleteSchema, emailChangeSchema, emailConfirmSchema, passwordChangeSchema, recoveryCodesSchema } from '../contract/accounts.ts'
import type { RecoveryCodesView, SessionView } from '../contract/accounts.ts'
import { bodyOf } from '../core/checked.ts'
import type { AccountDeletion } from './AccountDeletion.ts'
import type { Accounts } from './Accounts.ts'
import { requireUser } from './authenticate.ts'
import type { EmailAddresses } from './EmailAddresses.ts'
import type { Profiles } from './Profiles.ts'
import type { Recovery } from './Recovery.ts'
import { sessionCookie, sessionTokenIn } from './sessionCookie.ts'
import { sessionIdOf } from './Sessions.ts'
import { forgottenVisitorCookie } from './Visitors.ts'

export type SecurityRouteDeps = { readonly accounts: Accounts; readonly profiles: Profiles; readonly emails: EmailAddresses; readonly recovery: Recovery; readonly deletion: AccountDeletion }

export function securityRoutes({ accounts, profiles, emails, recovery, deletion }: SecurityRouteDeps): Router {
  const routes = Router()

  const tokenOf = (request: Request): string => sessionTokenIn(request.headers.cookie) ?? ''
  const showAccount = async (request: Request, response: Response): Promise<void> => {
    response.setHeader('Cache-Control', 'no-store')
    response.json(await profiles.view(requireUser(request).id))
  }

  routes.put('/api/me/password', async (request, response) => {
    const { id: userId } = requireUser(request)
    await accounts.changePassword({ userId, token: tokenOf(request), ...bodyOf(request, passwordChangeSchema) })
    recovery.tellChanged(userId)
    response.status(204).end()
  })

  routes.get('/api/me/sessions', async (request, response) => {
    const current = sessionIdOf(tokenOf(request))
    const sessions: SessionView[] = (await accounts.sessionsOf(requireUser(request))).map(({ id, browser, system, openedAt, seenAt }) => ({
      id,
      browser,
      system,
      openedAt: openedAt.toISOString(),
      seenAt: seenAt.toISOString(),
      current: id === current,
    }))
    response.setHeader('Cache-Control', 'no-store')
    response.json(sessions)
  })

  routes.delete('/api/me/sessions', async (request, response) => {
    await accounts.endSessions(requireUser(request).id, tokenOf(request))
    response.status(204).end()
  })

  routes.delete('/api/me/sessions/:id', async (request, response) => {
    await accounts.endSession(requireUser(request), request.params.id)
    response.status(204).end()
  })

  routes.put('/api/me/email', async (request, response) => {
    const user = requireUser(request)
    const { email, password } = bodyOf(request, emailChangeSchema)
    await accounts.confirmPassword(user.id, password)
    await emails.set(user, email)
    await showAccount(request, response)
  })

  routes.post('/api/me/email/send', async (request, response) => {
    await emails.sendAgain(requireUser(request))
    response.status(204).end()
  })

  routes.post('/api/me/email/confirm', async (request, response) => {
    await emails.confirm(requireUser(request).id, bodyOf(request, emailConfirmSchema).code)
    await showAccount(request, response)
  })

  routes.post('/api/me/recovery-codes', async (request, response) => {
    const { id: userId } = requireUser(request)
    await accounts.confirmPassword(userId, bodyOf(request, recoveryCodesSchema).password)
    const view: RecoveryCodesView = { codes: await recovery.newCodes(userId) }
    response.setHeader('Cache-Control', 'no-store')
    response.json(view)
  })

  routes.post('/api/me/delete', async (request, response) => {
    const user = requireUser(request)
    await accounts.confirmPassword(user.id, bodyOf(request, accountDeleteSchema).password)
    await deletion.delete(user)
    response.setHeader('Set-Cookie', [sessionCookie({ token: '', seconds: 0, secure: request.secure }), forgottenVisitorCookie(request.secure)])
    response.status(204).end()
  })

  return routes
}
